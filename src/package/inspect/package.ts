import type { Diagnostics } from '../../diagnostics.ts'
import type { CodeSpec } from '../../service/service.ts'
import type { Runtime } from '../runtimes.ts'
import { entryBytes, executableMode, placeOf, totalSize, type Entry } from '../tree/entry.ts'
import { recordedFiles } from '../tree/installed-files.ts'
import type { TreeFile } from '../tree/scan.ts'
import { readBinary, type Binary } from './binary.ts'
import { largestOf } from './largest.ts'
import { checkLimits } from './limits.ts'
import { distributionName } from '../python-name.ts'
import { checkNames, checkPathFiles, checkShadowed, type Askers } from './names.ts'
import { checkNative } from './native.ts'

export interface PackageCheck {
  readonly runtime: Runtime
  /** Layers may hold what the package does not. */
  readonly layers: boolean
  readonly diagnostics: Diagnostics
}

/** Everything that can be said of a package without knowing the handler. */
export function checkPackage(entries: readonly Entry[], code: CodeSpec, { runtime, layers, diagnostics }: PackageCheck): void {
  const named = entries.map((entry) => ({ path: entry.path, owner: entry.owner, place: placeOf(entry) }))
  checkNames(named, diagnostics)
  if (runtime.family === 'python') {
    checkShadowed(named, { minor: runtime.minor, askers: askersIn(entries) }, diagnostics)
    checkPathFiles(named, diagnostics)
  }
  const files = entries.filter((entry) => entry.content.kind !== 'link')
  const byPath = new Map(entries.filter((entry) => entry.owner === '').map((entry) => [entry.path, entry]))
  const recorded = recordedFiles([...byPath.values()], (path) => {
    const record = byPath.get(path)
    return record === undefined ? undefined : entryBytes(record).toString('utf8')
  })
  const natives = files.map((entry) => ({
    path: entry.path, owner: entry.owner === ''
      ? recorded.get(entry.path)?.owner ?? ''
      : entry.owner, executable: entry.mode === executableMode, place: placeOf(entry), binary: () => binaryOf(entry),
  }))
  // What an installer chose for Linux may carry extensions for Windows along; what somebody copied in may have none but those.
  checkNative(natives.filter(({ path }, index) => files[index]?.owner === '' || !path.endsWith('.pyd')), {
    runtime, architecture: code.architecture, layers, diagnostics,
  })
  checkLimits({ unzipped: totalSize(entries), files: entries.length, largest: largestOf(entries) }, diagnostics)
}

/** Reads what the distributions of a package need (`Requires-Dist`), once somebody wants to know. */
function askersIn(entries: readonly Entry[]): Askers {
  const metadata = (): readonly Entry[] => entries.filter((entry) => /^[^/]+\.dist-info\/METADATA$/.test(entry.path))
  return (distribution) => metadata().flatMap((entry) => {
    const head = entryBytes(entry).toString('utf8').split(/\r?\n\r?\n/, 1)[0] as string
    const needed = [...head.matchAll(/^Requires-Dist:\s*([A-Za-z0-9._-]+)/gm)].map((match) => distributionName(match[1] as string))
    return needed.includes(distributionName(distribution)) ? [entry.path.split('-', 1)[0] as string] : []
  })
}

/** The app's own files were looked at when they were read. */
function binaryOf(entry: Entry | TreeFile): Binary | undefined {
  return 'sha256' in entry ? entry.binary : readBinary(entryBytes(entry))
}
