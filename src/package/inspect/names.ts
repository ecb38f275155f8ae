import type { Diagnostics } from '../../diagnostics.ts'
import type { Place } from '../../errors.ts'
import { builtinModules, stdlibOf } from '../stdlib.ts'

interface Named {
  readonly path: string
  readonly owner: string
  /** Where the user finds the file: one of the app's own has a place on the disk. */
  readonly place?: Place | undefined
}

/** Names that the zip or Lambda's file system would change, and names that differ only in what some systems do not tell apart. */
export function checkNames(entries: readonly Named[], diagnostics: Diagnostics): void {
  const folded = new Map<string, string>()
  for (const { path, place } of entries) {
    if (/\\/.test(path) || /^\w+:/.test(path) || [...path].some((letter) => letter < ' ')) {
      diagnostics.error({
        what: `The name ${JSON.stringify(path)} cannot be kept in a zip.`,
        why: 'Backslashes, drive letters and control characters mean different things to different unpackers.',
        cure: 'Rename or exclude it.', docs: 'packaging.md#names', place,
      })
    }
    const key = path.normalize('NFC').toLowerCase()
    const other = folded.get(key)
    if (other !== undefined) {
      diagnostics.warning({
        what: `${other} and ${path} differ only in case or accents.`,
        why: 'Lambda tells them apart, but the machine that made one of them may not have.',
        cure: 'Rename one of them.', place,
      })
    }
    folded.set(key, path)
  }
}

/** Who asks for a distribution, by names; for what nobody in the package needs. */
export type Askers = (distribution: string) => readonly string[]

/** Files at the root that Python would import in place of its own: /var/task comes first in sys.path. */
export function checkShadowed(
  entries: readonly Named[], { minor, askers }: { readonly minor: number, readonly askers: Askers }, diagnostics: Diagnostics,
): void {
  const stdlib = stdlibOf(minor)
  for (const { path, owner, place } of entries) {
    const module = /^([^/]+?)(?:\/__init__)?\.py$/.exec(path)?.[1]
    if (module === undefined || !stdlib.has(module) || builtinModules.has(module)) continue
    diagnostics.error({
      what: `${path}${owner === '' ? '' : ` of ${owner}`} takes the place of Python's own module \`${module}\`.`,
      why: 'Every library that imports it would get this file instead, because /var/task comes first in sys.path.',
      cure: owner === '' ? 'Rename it.' : shadowCure({ path, owner, module }, askers(owner), minor),
      docs: 'packaging.md#names',
      place,
    })
  }
}

/** What a dependency asks for cannot be taken out of the list; its file can be left out of the package. */
function shadowCure(
  { path, owner, module }: { readonly path: string, readonly owner: string, readonly module: string }, asking: readonly string[],
  minor: number,
): string {
  const has = `Python 3.${minor} has the module itself`
  if (asking.length === 0) return `Take ${owner} out: ${has}.`
  const line = `site-packages/${path.endsWith('/__init__.py') ? `${module}/` : path}`
  return `${asking.join(' and ')} ${asking.length === 1 ? 'asks' : 'ask'} for ${owner}: add \`${line}\` to \`exclude\`; ${has}.`
}

/** `.pth` files do nothing on Lambda: /var/task is a folder of sys.path, not a site folder. */
export function checkPathFiles(entries: readonly Named[], diagnostics: Diagnostics): void {
  for (const { path, owner, place } of entries) {
    if (!/^[^/]+\.pth$/.test(path) || harmlessPathFile.test(path)) continue
    diagnostics.warning({
      what: `${path}${owner === '' ? '' : ` of ${owner}`} has no effect on Lambda.`,
      why: '.pth files are read in site folders only, and /var/task is none.',
      cure: 'Import what it would have set up in the handler\'s module.', place,
    })
  }
}

/** setuptools' shim for a module that the runtime does not miss, and its old namespaces, which Python finds without it (PEP 420). */
const harmlessPathFile = /^distutils-precedence\.pth$|-nspkg\.pth$/
