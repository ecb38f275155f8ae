import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics } from '../../diagnostics.ts'
import type { Rule } from '../tree/ignore.ts'
import { walk } from '../tree/walk.ts'

interface Copied {
  readonly from: string
  readonly to: string
  /** What is left out. */
  readonly rules: readonly Rule[]
  /** Nothing from outside of it is copied; that a link leads there is told where the folder's tree is checked. */
  readonly workspace: string
}

/**
 * Copies a folder of the user's own. A link inside it stays one; what a link out of it leads to is copied in its place, because from the
 * copy it would lead to nothing.
 */
export function copyFolder({ from, to, rules, workspace }: Copied): void {
  mkdirSync(to, { recursive: true })
  const entries = walk(from, { rules, never: [], workspace, keepLinks: true, owner: '', diagnostics: new Diagnostics() })
  for (const { path: name, content } of entries) {
    const place = path.join(to, name)
    mkdirSync(path.dirname(place), { recursive: true })
    if (content.kind === 'disk') copyFileSync(content.file, place)
    else if (content.kind === 'link') symlinkSync(content.target, place)
  }
}
