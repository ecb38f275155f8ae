import { expect } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../../src/errors.ts'
import { readBinary } from '../../../src/package/inspect/binary.ts'
import { anyInterpreter } from '../../../src/package/install/interpreter.ts'
import { findUv, publish } from '../../../src/package/install/tool.ts'
import { buildPackage, digestInputs, openSources, type Package, type PackageOptions } from '../../../src/package/index.ts'
import { runtimeNamed, type PythonRuntime } from '../../../src/package/runtimes.ts'
import { readZip, type ZipEntry } from '../../../src/package/zip/read.ts'
import { silent } from '../../../src/progress.ts'
import type { Architecture, CodeSpec } from '../../../src/service/service.ts'
import { anotherRun, newFolder } from '../support.ts'

/** This machine as a target: what is built for it can be imported here. */
export const hostArchitecture: Architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64'
export const otherArchitecture: Architecture = hostArchitecture === 'arm64' ? 'x86_64' : 'arm64'
export const hostMinor = Number(execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }))
export const hostRuntime = `python3.${hostMinor}`
/** A minor that this machine's `python3` is not. */
export const otherRuntime = hostMinor === 12 ? 'python3.13' : 'python3.12'

/** Fetched once for the whole lane; everything else starts empty in each test file. */
const tools = path.join(import.meta.dirname, '..', '..', '..', '.cache', 'package-installs')

export function installOptions(given: Partial<PackageOptions> = {}): PackageOptions {
  const cacheDir = given.cacheDir ?? newFolder()
  const env = given.env ?? { ...process.env }
  return { functionName: 'greeting', layers: [], cacheDir, workDir: path.join(cacheDir, 'work'), progress: silent, env, sources: openSources({ env, cacheDir }), ...given }
}

/** The environment with uv on PATH. */
export async function withUv(): Promise<Record<string, string | undefined>> {
  mkdirSync(tools, { recursive: true })
  const uv = await findUv(runtimeNamed(hostRuntime) as PythonRuntime, { cacheDir: tools, env: process.env, progress: silent })
  return { ...process.env, PATH: `${path.dirname(uv.program)}${path.delimiter}${process.env['PATH'] ?? ''}` }
}

/** The environment without any uv, so that pip does the work. */
export function withoutUv(): Record<string, string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => !existsSync(path.join(folder, 'uv')))
  return { ...process.env, PATH: folders.join(path.delimiter) }
}

/** The environment of a machine on which no Python is to be found: a PATH of links to all programs but Python's own. */
export function withoutPython(env: Record<string, string | undefined>): Record<string, string | undefined> {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => existsSync(folder))
  const programs = folders.flatMap((folder) => readdirSync(folder).map((name): [string, string] => [name, path.join(folder, name)])).reverse()
  const links = new Map(programs.filter(([name]) => !/^(?:python|pypy|pip|uv)/.test(name) || name === 'uv'))
  const bin = newFolder()
  for (const [name, program] of links) symlinkSync(program, path.join(bin, name))
  return { ...env, PATH: bin, HOME: newFolder(), PYENV_ROOT: '/nowhere', RUNNER_TOOL_CACHE: '/nowhere', pythonLocation: undefined }
}

/** The environment with a tool on PATH, fetched once for the whole lane: it appears whole or not at all to the test file that runs beside. */
export function toolEnvironment(name: string, version: string): Record<string, string | undefined> {
  const place = path.join(tools, `${name.replace('/', '-')}-${version}`)
  if (!existsSync(place)) {
    const fresh = path.join(tools, `${path.basename(name)}-${process.pid}`)
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', fresh, `${name}@${version}`])
    publish(fresh, place)
  }
  const bin = path.join(place, 'node_modules', '.bin')
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` }
}

export const pnpmEnvironment = (): Record<string, string | undefined> => toolEnvironment('pnpm', '10.14.0')

/** An index that does not answer says nothing about the code, and the report must not read as if it did. */
export class IndexDidNotAnswer extends Error {}

/** Digest and build; where the index is at fault the test fails with {@link IndexDidNotAnswer}. */
export async function install(code: CodeSpec, given: PackageOptions): Promise<Package> {
  const options = anotherRun(given)
  try {
    return await buildPackage(code, await digestInputs(code, options), options)
  } catch (error) {
    if (error instanceof UserError && /index|registry/.test(error.text.what) && /could not be reached/.test(error.text.what)) {
      throw new IndexDidNotAnswer(`NO NETWORK, NOT A DEFECT: ${error.text.what} ${error.text.why ?? ''}`)
    }
    throw error
  }
}

/** Lists the zip, has two other programs check it, and unpacks it into an empty folder. */
export function unpack(made: Package): { readonly folder: string, readonly entries: readonly ZipEntry[], readonly paths: readonly string[] } {
  expect(execFileSync('unzip', ['-t', '-q', made.path], { encoding: 'utf8' })).toContain('No errors detected')
  execFileSync('python3', ['-c', 'import sys, zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None', made.path])
  const folder = newFolder()
  execFileSync('unzip', ['-q', made.path, '-d', folder])
  const entries = readZip(readFileSync(made.path), made.path)
  return { folder, entries, paths: entries.map((entry) => entry.path) }
}

/** Runs code in a Python that sees the folder and the standard library, nothing else; answers what it printed. */
export async function cleanPython(folder: string, code: string): Promise<string> {
  const python = await anyInterpreter({ PATH: process.env['PATH'] })
  const run = `import sys; sys.path[:] = [p for p in sys.path if "site-packages" not in p]; sys.path.insert(0, ${JSON.stringify(folder)})\n${code}`
  return execFileSync(python?.program ?? 'python3', ['-I', '-S', '-B', '-c', run], { encoding: 'utf8', env: {}, cwd: '/' }).trim()
}

/** The machines and the newest glibc of all native files. */
export function natives(entries: readonly ZipEntry[]): { readonly machines: readonly number[], readonly glibc: number, readonly count: number } {
  const found = entries.filter((entry) => /\.so(?:\.|$)|\.node$/.test(entry.path)).map((entry) => readBinary(entry.read())).filter((binary) => binary?.format === 'elf')
  return { machines: [...new Set(found.map((binary) => binary.machine))], glibc: Math.max(0, ...found.map((binary) => binary.glibc ?? 0)), count: found.length }
}
