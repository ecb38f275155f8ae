import type { Diagnostics } from '../../diagnostics.ts'
import type { ErrorText } from '../../errors.ts'
import type { Architecture } from '../../service/service.ts'
import { machines, type Runtime } from '../runtimes.ts'
import { checkLibraries } from './libraries.ts'
import type { NativeFile } from './native-file.ts'

export interface NativeCheck {
  readonly runtime: Runtime
  readonly architecture: Architecture
  /** Layers may hold the libraries that a file needs. */
  readonly layers: boolean
  readonly diagnostics: Diagnostics
}

/**
 * What Python or Node may load on Linux, or would load elsewhere in its place. Launchers and libraries of other systems (`.exe`, `.dll`,
 * `.dylib`) are data here: setuptools, pip and distlib ship them beside pure Python.
 */
const nativeName = /\.so(?:\.[\d.]+)?$|\.(?:node|pyd)$/

/**
 * Whether the native files run on the target: machine, glibc, Python's tag, and the libraries that they need. Of a dependency one fitting
 * file is enough, because wheels carry files for other systems along (debuggers); the app's own must all fit.
 */
export function checkNative(files: readonly NativeFile[], check: NativeCheck): void {
  const byOwner = new Map<string, { readonly file: NativeFile, readonly problem: ErrorText | undefined }[]>()
  for (const file of files) {
    if (!nativeName.test(file.path) && !(file.executable && !/\.[a-z]{1,4}$/.test(file.path))) continue
    const problem = problemOf(file, check)
    if (problem === 'not native') continue
    byOwner.set(file.owner, [...byOwner.get(file.owner) ?? [], { file, problem }])
  }
  for (const [owner, found] of byOwner) {
    const problems = found.filter(({ problem }) => problem !== undefined)
    if (owner !== '' && problems.length < found.length) continue
    for (const { file, problem } of owner === '' ? problems : problems.slice(0, 1)) check.diagnostics.error({
      ...problem as ErrorText, place: file.place,
    })
  }
  checkLibraries(files.filter((file) => nativeName.test(file.path)), check)
}

function problemOf(file: NativeFile, check: NativeCheck): ErrorText | undefined | 'not native' {
  const binary = file.binary()
  if (binary === undefined) return 'not native'
  const whose = file.owner === '' ? file.path : `${file.path} of ${file.owner}`
  const target = `${check.runtime.name} on ${check.architecture}`
  const cure = file.owner === ''
    ? `Build it for ${target}, or exclude it.`
    : `Choose a version of ${file.owner} with a wheel for ${target}, or change \`architecture\` or \`runtime\`.`
  const docs = 'packaging.md#native-files'
  if (binary.format !== 'elf') return {
    what: `${whose} is built for ${binary.format === 'windows' ? 'Windows' : 'macOS'}.`, why: 'Lambda runs Linux.',
    cure, docs,
  }
  if (binary.bits === 32 || binary.machine !== machines[check.architecture].elf) {
    return { what: `${whose} is built for ${machineName(binary.machine)}, the function runs on ${check.architecture}.`, cure, docs }
  }
  const tag = /\.(?:cpython-|cp)(3\d+t?)[-.]/.exec(file.path)?.[1]
  if (tag !== undefined && check.runtime.family === 'python' && tag !== `3${check.runtime.minor}` && !/\.abi3\./.test(file.path)) {
    return {
      what: `${whose} is built for Python ${tag.replace(/^3/, '3.')}, the function runs ${check.runtime.name}.`,
      why: 'Python passes over an extension with another version\'s tag.', cure, docs,
    }
  }
  if (binary.glibc !== undefined && binary.glibc > check.runtime.glibc) {
    return {
      what: `${whose} needs glibc 2.${binary.glibc}, ${check.runtime.name} has 2.${check.runtime.glibc}.`,
      why: 'The loader would say: version `GLIBC_2.' + String(binary.glibc) + '\' not found.', cure, docs,
    }
  }
  return undefined
}

function machineName(machine: number): string {
  const known = Object.entries(machines).find(([, { elf }]) => elf === machine)
  return known?.[0] ?? (machine === 3 ? '32-bit x86' : machine === 40 ? '32-bit ARM' : `machine ${machine}`)
}
