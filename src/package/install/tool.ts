import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { Architecture } from '../../service/service.ts'
import type { Env } from '../env.ts'
import type { PythonRuntime } from '../runtimes.ts'
import { machines } from '../runtimes.ts'
import type { PackageOptions } from '../options.ts'
import { installerEnv, pythonSettings } from './installer-env.ts'
import { anyInterpreter, interpreterOf, type Interpreter } from './interpreter.ts'
import { run } from './process.ts'

/** What installs Python packages here. */
export type Tool =
  | { readonly kind: 'uv', readonly program: string, readonly version: string }
  | { readonly kind: 'pip', readonly program: string, readonly version: string }

type Options = Pick<PackageOptions, 'cacheDir' | 'env' | 'progress' | 'secrets'>

/** The uv that is fetched where nothing fits: one version, so that every runner resolves alike. */
const uvVersion = '0.13.9'
/** The first pip that reports what it would install (`--report` with `--dry-run`). */
const reportsSince = 22.2

/**
 * uv where it is on PATH; else pip below the runtime's own minor Python on the same kind of machine, because pip evaluates markers for the
 * machine it runs on (pip issue 11664); else a uv of our own.
 */
export async function findTool(runtime: PythonRuntime, architecture: Architecture, options: Options): Promise<Tool> {
  const env = installerEnv(options.env)
  const uv = await uvAt('uv', env)
  if (uv !== undefined) return uv
  const same = await interpreterOf(runtime.minor, env)
  if (same?.pip !== undefined && Number.parseFloat(same.pip) >= reportsSince && fits(same, architecture)) {
    return { kind: 'pip', program: same.program, version: same.pip }
  }
  return fetchUv(runtime, options)
}

/** uv, fetched where it is not there: for what pip cannot do (reading uv.lock). */
export async function findUv(runtime: PythonRuntime, options: Options): Promise<Tool> {
  return await uvAt('uv', installerEnv(options.env)) ?? fetchUv(runtime, options)
}

function fits(interpreter: Interpreter, architecture: Architecture): boolean {
  return interpreter.platform === 'linux' && interpreter.machine === machines[architecture].wheel
}

async function uvAt(program: string, env: Env): Promise<Tool | undefined> {
  const { code, stdout } = await run(program, ['--version'], { cwd: '/', env })
  const version = /^uv (\d\S*)/.exec(stdout)?.[1]
  return code === 0 && version !== undefined ? { kind: 'uv', program, version } : undefined
}

async function fetchUv(runtime: PythonRuntime, options: Options): Promise<Tool> {
  const env = installerEnv(options.env, { texts: pythonSettings(options.env), secrets: options.secrets })
  const folder = path.join(options.cacheDir, 'tools', `uv-${uvVersion}-${process.platform}-${process.arch}`)
  const program = path.join(folder, 'bin', 'uv')
  if (await uvAt(program, env) === undefined) {
    // What is there does not start: a cache that was restored by half.
    rmSync(folder, { recursive: true, force: true })
    const python = await anyInterpreter(env)
    if (python === undefined) throw noInstaller(runtime)
    options.progress.info(`There is no uv here: fetching uv ${uvVersion} into the cache.`)
    const fresh = `${folder}.${process.pid}.${createHash('sha256').update(String(performance.now())).digest('hex').slice(0, 8)}`
    try {
      mkdirSync(fresh, { recursive: true })
      const { code, stderr } = await run(
        python.program,
        [
          '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--target',
          fresh, `uv==${uvVersion}`,
        ],
        { cwd: fresh, env }
      )
      if (code !== 0) throw new UserError({
        ...noInstaller(runtime).text, why: `Fetching uv with pip failed: ${stderr.trim().split('\n').at(-1) ?? ''}`,
      })
      publish(fresh, folder)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
  }
  return { kind: 'uv', program, version: uvVersion }
}

function noInstaller(runtime: PythonRuntime): UserError {
  return new UserError({
    what: `There is nothing here to install Python packages for ${runtime.name} with.`,
    why: `Neither uv nor Python 3.${runtime.minor} with pip ${reportsSince} or newer was found, nor another Python to fetch uv with.`,
    cure: `Add a step before this one: actions/setup-python with python-version 3.${runtime.minor}, or astral-sh/setup-uv.`,
    docs: 'packaging.md#python-dependencies',
  })
}

/** Moves a finished folder to its place in one step; where another run was first, its folder stays and ours goes. */
export function publish(fresh: string, place: string): void {
  mkdirSync(path.dirname(place), { recursive: true })
  try {
    renameSync(fresh, place)
  } catch (error) {
    if (!existsSync(place) || readdirSync(place).length === 0) throw error
    rmSync(fresh, { recursive: true, force: true })
  }
}
