import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

/** A program that runs handlers. */
export interface Interpreter {
  readonly language: 'python' | 'node'
  readonly command: string
  /** Such as `3.12.1` or `24.21.0`. */
  readonly version: string
  /** What tells runtimes apart: the minor of Python 3, the major of Node. */
  readonly release: number
}

const run = promisify(execFile)
const PYTHON_PROBE = 'import json,sys;print(json.dumps(["%d.%d.%d" % sys.version_info[:3],sys.version_info[1],sys.executable]))'
const found = new Map<string, Promise<Interpreter | undefined>>()

/**
 * The program for a runtime such as `python3.13` or `nodejs22.x`: that release where this machine has it, else the nearest; `undefined`
 * where it has none.
 */
export function interpreterFor(runtime: string): Promise<Interpreter | undefined> {
  let search = found.get(runtime)
  if (search === undefined) found.set(runtime, (search = findInterpreter(runtime)))
  return search
}

/** The release that a runtime's name asks for. */
export function askedRelease(runtime: string): { language: 'python' | 'node'; release: number } | undefined {
  const [, python, node] = /^(?:python3\.(\d+)|nodejs(\d+)\.x)$/.exec(runtime) ?? []
  if (python !== undefined) return { language: 'python', release: Number(python) }
  return node === undefined ? undefined : { language: 'node', release: Number(node) }
}

async function findInterpreter(runtime: string): Promise<Interpreter | undefined> {
  const asked = askedRelease(runtime)
  if (asked === undefined) return undefined
  const { language, release } = asked
  const [probe, names] = language === 'python' ? [probePython, /^python3(\.\d+)?$/] as const : [probeNode, /^node$/] as const
  const candidates = await programs(names)
  // Those that bear the release in their name first: most of the time nothing else needs to be started.
  const named = candidates.filter((file) => file.includes(`${release}`))
  const exact = await firstThat(named, async (file) => ((await probe(file))?.release === release ? probe(file) : undefined))
  if (exact !== undefined) return exact
  const all = (await Promise.all([process.execPath, ...candidates].map(probe))).filter((each) => each !== undefined)
  return all.sort((a, b) => Math.abs(a.release - release) - Math.abs(b.release - release) || b.release - a.release)[0]
}

/** Programs of such a name on PATH and among pyenv's versions, whose shims run only the version that is selected. */
async function programs(name: RegExp): Promise<string[]> {
  const pyenv = path.join(process.env['PYENV_ROOT'] ?? path.join(homedir(), '.pyenv'), 'versions')
  const versions = (await list(pyenv)).map((version) => path.join(pyenv, version, 'bin'))
  const folders = [...versions, ...(process.env['PATH'] ?? '').split(path.delimiter)].filter((folder) => path.basename(folder) !== 'shims')
  const files = await Promise.all(
    folders.map(async (folder) => (await list(folder)).filter((file) => name.test(file)).map((file) => path.join(folder, file))),
  )
  return files.flat()
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

async function firstThat(
  files: readonly string[],
  look: (file: string) => Promise<Interpreter | undefined>,
): Promise<Interpreter | undefined> {
  for (const file of files) {
    const match = await look(file)
    if (match !== undefined) return match
  }
  return undefined
}

async function probePython(file: string): Promise<Interpreter | undefined> {
  const answer = await run(file, ['-I', '-c', PYTHON_PROBE], { timeout: 10_000 }).catch(() => undefined)
  if (answer === undefined) return undefined
  const [version, release, command] = JSON.parse(answer.stdout) as [string, number, string]
  return { language: 'python', command, version, release }
}

async function probeNode(file: string): Promise<Interpreter | undefined> {
  const answer = await run(file, ['-p', 'process.versions.node'], { timeout: 10_000 }).catch(() => undefined)
  const version = answer?.stdout.trim() ?? ''
  if (!/^\d+\.\d+\.\d+$/.test(version)) return undefined
  return { language: 'node', command: file, version, release: Number(version.split('.')[0]) }
}
