import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../../diagnostics.ts'
import { distributionName } from '../python-name.ts'
import { shippedDistributions } from '../shipped.ts'

/**
 * Warns of what the packages of `parts` always need and the list does not bring. Folders and repositories are built without their
 * dependencies, because a list with hashes names them all; one that was written by hand may not.
 */
export function warnOfUnmet(
  parts: readonly string[],
  { resolved, file, diagnostics }: { readonly resolved: readonly string[], readonly file: string, readonly diagnostics: Diagnostics }
): void {
  const there = new Set(resolved.map((line) => distributionName(line.split('==', 1)[0] as string)))
  for (const part of parts) {
    for (const { owner, name } of needs(part)) {
      if (there.has(name) || shippedDistributions.has(name)) continue
      diagnostics.warning({
        what: `${owner} needs ${name}, which ${path.basename(file)} does not bring.`,
        why: 'A list whose lines carry hashes is installed as it is; nothing is added to it.',
        cure: `Add ${name} to the list, or make the list anew with its tool.`, place: { file },
      })
    }
  }
}

/** `Requires-Dist` without a marker: what is needed everywhere (https://packaging.python.org/en/latest/specifications/core-metadata/). */
function needs(part: string): { readonly owner: string, readonly name: string }[] {
  return readdirSync(part).filter((name) => name.endsWith('.dist-info')).flatMap((info) => {
    const file = path.join(part, info, 'METADATA')
    const metadata = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n\r?\n/, 1)[0] as string : ''
    return [...metadata.matchAll(/^Requires-Dist:\s*([A-Za-z0-9._-]+)[^;\n]*$/gm)].map((match) => ({
      owner: distributionName(info.split('-', 1)[0] as string), name: distributionName(match[1] as string),
    }))
  })
}
