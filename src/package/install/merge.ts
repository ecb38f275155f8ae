import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../../diagnostics.ts'
import { distributionsOf, type Distribution } from './normalize.ts'

/** Folders that libraries bring along by mistake and nobody imports: a clash there is no more than a warning. */
const harmless = /^(?:tests?|docs?|examples?|benchmarks?|samples?)\/|(?:^|\/)(?:LICEN[CS]E|README|CHANGELOG|NOTICE|AUTHORS)[^/]*$/i

/**
 * Moves separately installed folders into one. A second `pip install --target` into the same folder would lose parts of namespace
 * packages; here every file arrives, and a path that two distributions fill with different bytes is found.
 */
export function mergeParts(parts: readonly string[], into: string, diagnostics: Diagnostics): void {
  const owners = new Map<string, { readonly name: string, readonly hash: string }>()
  for (const part of parts) for (const distribution of distributionsOf(part)) claim(distribution, owners, diagnostics)
  mkdirSync(into, { recursive: true })
  for (const part of parts) moveAll(part, into)
}

function claim(distribution: Distribution, owners: Map<string, { name: string, hash: string }>, diagnostics: Diagnostics): void {
  for (const [file, hash] of distribution.files) {
    const other = owners.get(file)
    if (other === undefined) owners.set(file, { name: distribution.name, hash })
    else if (other.hash !== hash) report(file, [other.name, distribution.name], diagnostics)
  }
}

function report(file: string, [first, second]: readonly [string, string], diagnostics: Diagnostics): void {
  const what = `${first} and ${second} both bring ${file}, with different content.`
  if (harmless.test(file)) diagnostics.warning({ what, why: 'One of the two is in the package.' })
  else diagnostics.error({ what, why: 'Only one of the two can lie at that path, so the other library would run with a stranger\'s file.', cure: `Take one of ${first} and ${second} out, or ask for versions that do not clash.`, docs: 'packaging.md#collisions' })
}

function moveAll(from: string, into: string): void {
  for (const name of readdirSync(from)) {
    const source = path.join(from, name)
    const place = path.join(into, name)
    if (!existsSync(place)) renameSync(source, place)
    else if (lstatSync(source).isDirectory() && lstatSync(place).isDirectory()) moveAll(source, place)
    else if (!readFileSync(source).equals(readFileSync(place))) copyFileSync(source, place)
  }
}
