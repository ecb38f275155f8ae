import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics, DiagnosticsError } from '../../diagnostics.ts'
import type { Architecture } from '../../service/service.ts'
import type { PythonRuntime } from '../runtimes.ts'
import type { DependencySource } from './dependency-source.ts'
import type { PackageOptions } from '../options.ts'
import { distributionName } from '../python-name.ts'
import { workspaceOf } from '../tree/app.ts'
import { shared, withScratch } from './cache.ts'
import { nameIn } from './failure.ts'
import { hideCredentials, pythonCredentialFiles } from './credentials.ts'
import { indexEnv } from './indexes.ts'
import { noteInstalled, readInstalled, type Installed } from './installed.ts'
import { installerEnv, pythonSettings } from './installer-env.ts'
import { hasPython, interpreterOf } from './interpreter.ts'
import { exportUvLock } from './locks/uv.ts'
import type { Job } from './job.ts'
import { mergeParts } from './merge.ts'
import { distributionsOf, normalize } from './normalize.ts'
import { localLine } from './local-copy.ts'
import type { Resolution } from './resolution.ts'
import { installLines, installSource, resolve } from './python.ts'
import type { Wanted } from './requirements.ts'
import { findTool, findUv, publish } from './tool.ts'
import { tellAllUnfit } from './unfit.ts'
import { warnOfUnmet } from './unmet.ts'
import { digestLocal } from './wanted.ts'

export interface PythonRequest {
  readonly source: DependencySource
  readonly wanted: Wanted
  /** Hex: what the wanted packages are decided by. */
  readonly digest: string
  /** The folder of the app, whose dependencies a workspace's lock is asked for. */
  readonly project: string
  readonly runtime: PythonRuntime
  readonly architecture: Architecture
}

/** The number of the form that the cache holds; a change of `normalize` raises it. */
const form = 3

/** Installs what a lock pins, or finds it in the cache. */
export function installPython(request: PythonRequest, options: PackageOptions): Promise<Installed> {
  const key = keyOf(targetOf(request), request.digest)
  return installOnce(key, request, { options, lockOf: (job) => lockIn(request, job) })
}

/** Resolves what floats to exact versions, without installing them. */
export function resolvePython(request: PythonRequest, options: PackageOptions): Promise<Resolution> {
  return withScratch(options.cacheDir, async (folder) => {
    const job = await startJob(request, folder, options)
    const lock = await tellAllUnfit(await lockIn(request, job), (list) => resolve(list, job))
    const pins = [...lock.lines, ...lock.repositories].map(pinOf).sort()
    const neighbours = lock.locals.slice(request.wanted.locals.length).map(digestLocal)
    const key = keyOf(targetOf(request), [...pins, ...neighbours, request.digest].join('\n'))
    return {
      key, packages: pins.map((pin) => job.hide(pin)),
      install: () => installOnce(key, request, { options, lockOf: () => Promise.resolve(lock) }),
    }
  })
}

interface Install {
  readonly options: PackageOptions
  /** What is installed: exact lines, folders and repositories. */
  readonly lockOf: (job: Job) => Promise<Wanted>
}

function installOnce(key: string, request: PythonRequest, { options, lockOf }: Install): Promise<Installed> {
  return shared(path.join(options.cacheDir, key), async () => readInstalled(folderOf(key, options), key)
    ?? withScratch(options.cacheDir, async (folder) => {
      const job = await startJob(request, folder, options)
      const { source, runtime, architecture } = request
      const { kind, version } = job.tool
      options.progress.info(`Installing ${path.basename(source.file)} for ${runtime.name} on ${architecture} with ${kind} ${version}.`)
      return fill(await lockOf(job), { key, job, options })
    }))
}

async function startJob(request: PythonRequest, folder: string, options: PackageOptions): Promise<Job> {
  const { wanted, source, runtime, architecture, project } = request
  const hide = hideCredentials({ env: options.env, texts: textsOf(wanted), files: pythonCredentialFiles(options.env) }, options.progress)
  // uv alone reads its lock, and pip builds nothing for a platform that it is told.
  const needsUv = source.kind === 'uv' || wanted.buildable.length > 0
  const tool = needsUv ? await findUv(runtime, options) : await findTool(runtime, architecture, options)
  const texts = [...pythonSettings(options.env, wanted.files), ...textsOf(wanted)]
  const env = installerEnv({ ...options.env, ...indexEnv(tool.kind, options.env) }, { texts, secrets: options.secrets })
  const python = await interpreterOf(runtime.minor, installerEnv(options.env))
  const fetchesPython = tool.kind === 'uv' && python === undefined && !(await hasPython(installerEnv(options.env)))
  if (fetchesPython) options.progress.info('There is no Python here: uv works with one of its own, which it fetches where it has none.')
  return {
    target: { runtime, architecture }, tool, python: python?.program, fetchesPython, folder, env: { ...env, GIT_OPTIONAL_LOCKS: '0' },
    hide, options, workspace: workspaceOf(project, options.env), copies: new Map(),
  }
}

/** The list as it was read; uv's own lock is read by uv. */
async function lockIn({ source, project, wanted }: PythonRequest, job: Job): Promise<Wanted> {
  return source.kind === 'uv' ? { ...await exportUvLock(source.file, project, job), options: wanted.options } : wanted
}

function targetOf({ runtime, architecture }: PythonRequest): string {
  return `${form}/${runtime.name}/${architecture}`
}

/** Whatever a user may have written a URL into. */
function textsOf(wanted: Wanted): readonly string[] {
  return [...wanted.options, ...wanted.lines, ...wanted.repositories, ...wanted.constraints]
}

/** Installs into scratch, checks, and moves the finished folder into the cache. */
async function fill(lock: Wanted, { key, job, options }: { key: string, job: Job, options: PackageOptions }): Promise<Installed> {
  const built = [
    ...lock.locals.map((local) => ({ requirement: localLine(local, job), settings: local.settings ?? [] })),
    ...lock.repositories.map((requirement) => ({ requirement, settings: settingsOf(nameIn(requirement), lock) })),
  ]
  const parts = ['index', ...built.map((_, index) => `source-${index}`)].map((name) => path.join(job.folder, name))
  for (const part of parts) mkdirSync(part, { recursive: true })
  await tellAllUnfit(lock, (list) => installLines(list, parts[0] as string, job))
  for (const [index, source] of built.entries()) await installSource(source, parts[index + 1] as string, { wanted: lock, job })
  const diagnostics = new Diagnostics()
  for (const part of parts) normalize(part)
  const resolved = parts.flatMap((part) => distributionsOf(part)).map(({ name, version }) => `${name}==${version}`).sort()
  warnOfUnmet(parts.slice(1), { resolved, file: lock.files[0] ?? '', diagnostics })
  const own = Object.fromEntries(lock.locals.flatMap((local, index) => ownCode(parts[index + 1] as string, local.path)))
  const tree = path.join(job.folder, 'result', 'tree')
  mergeParts(parts, tree, diagnostics)
  if (diagnostics.errors.length > 0) throw new DiagnosticsError(diagnostics.all)
  noteInstalled(path.join(job.folder, 'result'), { resolved, own, warnings: diagnostics.warnings })
  publish(path.join(job.folder, 'result'), folderOf(key, options))
  return { folder: path.join(folderOf(key, options), 'tree'), key, resolved, own, warnings: diagnostics.warnings }
}

/** What the lines say to the build of a package. */
function settingsOf(name: string, { settings = [] }: Wanted): readonly string[] {
  const prefix = `${distributionName(name)}:`
  return settings.filter((setting) => setting.startsWith(prefix)).map((setting) => setting.slice(prefix.length))
}

/** The files that were built from a folder of the repository, each with the file that it was made from, as far as that is found. */
function ownCode(part: string, folder: string): readonly (readonly [string, string])[] {
  const files = distributionsOf(part).flatMap(({ files: all }) => [...all.keys()])
  return files.flatMap((file) => {
    const disk = ['', 'src', 'lib'].map((place) => path.join(folder, place, file)).find((place) => existsSync(place))
    return disk === undefined ? [] : [[file, disk] as const]
  })
}

/**
 * A resolved line as any installer would say it: of a version uv names every file and pip the one that it takes, and each spells names
 * its way.
 */
function pinOf(line: string): string {
  return line.replace(/\s--hash[=\s]\S+/g, '').replace(/^[A-Za-z0-9._-]+/, distributionName)
}

function folderOf(key: string, options: PackageOptions): string {
  return path.join(options.cacheDir, 'dependencies', key)
}

function keyOf(target: string, content: string): string {
  return createHash('sha256').update(`${target}\n${content}`).digest('hex')
}
