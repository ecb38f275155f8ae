import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
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
  const isNamespace = (file: string): boolean => unifyNamespace(file, parts)
  for (const part of parts) for (const distribution of distributionsOf(part)) claim(distribution, owners, { isNamespace, diagnostics })
  mkdirSync(into, { recursive: true })
  for (const part of parts) moveAll(part, into)
}

/**
 * What every `__init__.py` of such a namespace does, however it is written
 * (https://packaging.python.org/en/latest/guides/packaging-namespace-packages/).
 */
const namespaceInit = '__path__ = __import__(\'pkgutil\').extend_path(__path__, __name__)\n'

/** Whether a file does no more than declare a namespace of the old kinds; then all parts get it in one form. */
function unifyNamespace(file: string, parts: readonly string[]): boolean {
  const places = file.endsWith('/__init__.py') ? parts.map((part) => path.join(part, file)).filter((place) => existsSync(place)) : []
  const isAll = places.length > 0 && places.every((place) => declaresNamespace(readFileSync(place, 'utf8')))
  if (isAll) for (const place of places) writeFileSync(place, namespaceInit)
  return isAll
}

function declaresNamespace(text: string): boolean {
  const code = text.replace(/^\s*(?:"{3}[\s\S]*?"{3}|'{3}[\s\S]*?'{3})/, '').replace(/#[^\n]*/g, '')
  return /\bextend_path\b|\bdeclare_namespace\b/.test(code) && !/^\s*(?:def|class)\b/m.test(code) && code.trim().split('\n').length <= 12
}

interface Claims {
  readonly isNamespace: (file: string) => boolean
  readonly diagnostics: Diagnostics
}

function claim(
  distribution: Distribution, owners: Map<string, { name: string, hash: string }>, { isNamespace, diagnostics }: Claims
): void {
  for (const [file, hash] of distribution.files) {
    const other = owners.get(file)
    if (other === undefined) owners.set(file, { name: distribution.name, hash })
    else if (other.hash !== hash && !isNamespace(file)) report(file, [other.name, distribution.name], diagnostics)
  }
}

function report(file: string, [first, second]: readonly [string, string], diagnostics: Diagnostics): void {
  const what = `${first} and ${second} both bring ${file}, with different content.`
  if (harmless.test(file)) diagnostics.warning({ what, why: 'One of the two is in the package.' })
  else diagnostics.error({
    what, why: 'Only one of the two can lie at that path, so the other library would run with a stranger\'s file.',
    cure: `Take one of ${first} and ${second} out, or ask for versions that do not clash.`,
    docs: 'packaging.md#collisions',
  })
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
