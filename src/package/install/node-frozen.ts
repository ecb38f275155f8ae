import { readFileSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { DependencySource } from './dependency-source.ts'

/**
 * Throws a UserError where the tool had to choose a version that the user's lock does not have. Yarn and bun are shown a part of the
 * workspace alone, so they may take entries out of the lock, and their own check (`--frozen-lockfile`) would refuse that.
 */
export function checkFrozen({ file, kind }: DependencySource, root: string): void {
  if (kind !== 'yarn' && kind !== 'bun') return
  const known = pinnedIn(file)
  const added = [...pinnedIn(path.join(root, path.basename(file)))].filter((each) => !known.has(each))
  if (added.length === 0) return
  throw new UserError({
    what: `${path.basename(file)} does not fit package.json: it lacks ${added.slice(0, 5).join(', ')}.`,
    cure: `Run \`${kind} install\` and commit the lock.`, docs: 'packaging.md#node', place: { file },
  })
}

/** `name@version` of all that a lock pins; its own workspace left out. */
function pinnedIn(file: string): ReadonlySet<string> {
  const text = readFileSync(file, 'utf8').replace(/\r\n/g, '\n')
  const form = path.basename(file) === 'bun.lock' ? /^ {4}"[^"]+": \["([^"]+)"/gm : /^ {2}resolution: "([^"]+?)(?:::[^"]*)?"/gm
  const pinned = [...text.matchAll(form)].map((match) => match[1] as string)
  const classic = text.matchAll(/^"?((?:@[^/\n]+\/)?[^@\n]+)@[^\n]*:\n {2}version "([^"]+)"/gm)
  return new Set([...pinned, ...[...classic].map(([, name, version]) => `${name ?? ''}@${version ?? ''}`)].filter(isOutside))
}

function isOutside(resolution: string): boolean {
  return !/@(?:workspace|link|portal|file|root):/.test(resolution)
}
