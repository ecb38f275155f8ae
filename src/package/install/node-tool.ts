import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { Env } from '../env.ts'
import type { PackageOptions } from '../options.ts'
import type { DependencySource } from './dependency-source.ts'
import { run } from './process.ts'
import { publish } from './tool.ts'

/** What installs Node's packages here. */
export interface NodeTool {
  readonly kind: 'npm' | 'pnpm' | 'yarn classic' | 'yarn' | 'bun'
  /** As the user calls it. */
  readonly name: string
  readonly program: string
  /** Arguments before all others. */
  readonly args: readonly string[]
  readonly env?: Env
  /** Where it decides what the tool understands. */
  readonly version?: string
}

interface Where {
  /** The copy of the project, whose settings may name the tool. */
  readonly cwd: string
  readonly env: Env
  readonly options: Pick<PackageOptions, 'cacheDir' | 'progress'>
}

/** Fetched where none is there that reads the lock; one version each, so that every runner installs alike. */
const versions = { 'yarn classic': '1.22.22', 'yarn': '4.18.1', 'bun': '1.4.5', 'pnpm': '10.14.0' }
/** By the lock's own version: what wrote it, and reads it. */
const pnpmOfLock: Readonly<Record<string, string>> = { 5: '7.33.7', 6: '8.15.9' }

/** The tool of a lock: the one on PATH where it reads the lock's form, else one of our own, fetched with npm. Throws a UserError. */
export async function findNodeTool(source: DependencySource, where: Where): Promise<NodeTool> {
  switch (source.kind) {
    case 'pnpm': return findPnpm(source.file, where)
    case 'yarn': return findYarn(source.file, where)
    case 'bun': {
      const here = await versionAt('bun', where)
      return here !== undefined ? { kind: 'bun', name: 'bun', program: 'bun', args: [] } : fetchBun(source, where)
    }
    default: return { kind: 'npm', name: 'npm', program: 'npm', args: [] }
  }
}

/** Yarn 1 and what came after it have a lock and options of their own each; Corepack asks nobody before it fetches one. */
async function findYarn(file: string, where: Where): Promise<NodeTool> {
  const isClassic = !/^__metadata:/m.test(readFileSync(file, 'utf8'))
  const kind = isClassic ? 'yarn classic' : 'yarn'
  const env = { COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' }
  const here = await versionAt('yarn', { ...where, env: { ...where.env, ...env } })
  if (here !== undefined && here.startsWith('1.') === isClassic) {
    return { kind, name: 'yarn', program: 'yarn', args: [], env, version: here }
  }
  const wanted = named('yarn', file)
  const version = wanted !== undefined && wanted.startsWith('1.') === isClassic ? wanted : versions[kind]
  const name = isClassic ? 'yarn' : '@yarnpkg/cli-dist'
  const folder = await fetch({ name, version, file }, where)
  const program = path.join(folder, 'node_modules', name, 'bin', 'yarn.js')
  return { kind, name: 'yarn', program: process.execPath, args: [program], env, version }
}

/** pnpm takes the version that `packageManager` names by itself, from 10 on; so does Corepack. */
async function findPnpm(file: string, where: Where): Promise<NodeTool> {
  const env = { COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' }
  const here = await versionAt('pnpm', { ...where, env: { ...where.env, ...env } })
  if (here !== undefined) return { kind: 'pnpm', name: 'pnpm', program: 'pnpm', args: [], env, version: here }
  const major = /^lockfileVersion: '?(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  const version = named('pnpm', file) ?? pnpmOfLock[major] ?? versions.pnpm
  const folder = await fetch({ name: 'pnpm', version, file }, where)
  const program = path.join(folder, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs')
  return { kind: 'pnpm', name: 'pnpm', program: process.execPath, args: [program], env, version }
}

/** The version of a tool that the project's manifest names (`packageManager`). */
function named(tool: 'yarn' | 'pnpm', lock: string): string | undefined {
  const text = readText(path.join(path.dirname(lock), 'package.json'))
  return new RegExp(`"packageManager"\\s*:\\s*"${tool}@(\\d[^"+]*)`).exec(text)?.[1]
}

async function fetchBun({ file }: DependencySource, where: Where): Promise<NodeTool> {
  const name = `@oven/bun-${process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`
  const folder = await fetch({ name, version: versions.bun, file }, where)
  return { kind: 'bun', name: 'bun', program: path.join(folder, 'node_modules', name, 'bin', 'bun'), args: [] }
}

interface Fetched {
  readonly name: string
  readonly version: string
  readonly file: string
}

/** The folder in the cache that a package of npm's is installed into. */
async function fetch({ name, version, file }: Fetched, { env, options }: Where): Promise<string> {
  const folder = path.join(options.cacheDir, 'tools', `${name.replace('/', '-')}-${version}`)
  if (existsSync(path.join(folder, 'node_modules', name, 'package.json'))) return folder
  rmSync(folder, { recursive: true, force: true })
  options.progress.info(`Nothing here reads ${path.basename(file)}: fetching ${name} ${version} into the cache.`)
  const fresh = `${folder}.${process.pid}.${Math.random().toString(16).slice(2, 10)}`
  try {
    mkdirSync(fresh, { recursive: true })
    const args = ['install', '--no-audit', '--no-fund', '--no-update-notifier', '--ignore-scripts', '--prefix', fresh, `${name}@${version}`]
    const { code, stderr, absent } = await run('npm', args, { cwd: fresh, env })
    if (code !== 0) throw noTool(file, absent === true ? 'npm is not here to fetch it with.' : stderr.trim().split('\n')[0] ?? '')
    publish(fresh, folder)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return folder
}

function noTool(file: string, why: string): UserError {
  const lock = path.basename(file)
  const cures: Readonly<Record<string, string>> = {
    'bun.lock': 'Add a step with oven-sh/setup-bun before this one.',
    'pnpm-lock.yaml': 'Add a step with pnpm/action-setup before this one.',
  }
  return new UserError({
    what: `There is nothing here to install ${lock} with.`, why,
    cure: cures[lock]
      ?? 'Add a step with actions/setup-node before this one, and for Yarn 2 and newer the command `corepack enable` after it.',
    docs: 'packaging.md#node', place: { file },
  })
}

async function versionAt(program: string, { cwd, env }: Pick<Where, 'cwd' | 'env'>): Promise<string | undefined> {
  const { code, stdout } = await run(program, ['--version'], { cwd, env })
  return code === 0 ? /^v?(\d\S*)/.exec(stdout.trim())?.[1] : undefined
}

function readText(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
