import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics, DiagnosticsError } from '../../diagnostics.ts'
import type { Architecture } from '../../service/service.ts'
import { workspaceOf } from '../tree/app.ts'
import type { Sources } from '../tree/sources.ts'
import type { DependencySource } from './dependency-source.ts'
import type { PackageOptions } from '../options.ts'
import { shared, withScratch } from './cache.ts'
import { hideCredentials, nodeCredentialFiles } from './credentials.ts'
import { isNetworkFailure } from './failure-signs.ts'
import { installerEnv, nodeSettings } from './installer-env.ts'
import { installArgs, runsScripts, takesMachine } from './node-args.ts'
import { checkFrozen } from './node-frozen.ts'
import { dropForeign } from './node-foreign.ts'
import { nodeFailure } from './node-failure.ts'
import { lockedPackages, projectOf, readNodeLock, shippedFolders, type NodeLock } from './node-lock.ts'
import { collectModules, generatedIn, resolvedIn } from './node-modules.ts'
import { dropNewSettings, nameMachine, narrowManifests } from './node-narrow.ts'
import { checkOptional } from './node-optional.ts'
import { installedFolders, warnOfScripts } from './node-manifest.ts'
import { findNodeTool, type NodeTool } from './node-tool.ts'
import { copyProject, linkedExcludes, settingFiles, type ProjectCopy } from './node-project.ts'
import { runWithRetry, type Ran } from './process.ts'
import { noteInstalled, readInstalled, type Installed } from './installed.ts'
import type { Resolution } from './resolution.ts'
import { publish } from './tool.ts'

export interface NodeRequest {
  readonly source: DependencySource
  /** The app's folder. */
  readonly project: string
  readonly architecture: Architecture
}

/** The number of the form that the cache holds. */
const form = 3

/**
 * Hex digest over the lock, the manifests that it was made from, the folders and files of the repository that it leads to, and what an
 * earlier step has generated into the user's own `node_modules`.
 */
export function digestNodeInputs(source: DependencySource, folder: string, sources: Sources): string {
  const lock = readNodeLock(source)
  const project = projectOf(lock, folder)
  const hash = createHash('sha256').update(`${source.kind}\0${path.relative(lock.root, project)}\n`)
  const listed = ['package.json', ...settingFiles].map((name) => path.join(lock.root, name))
  for (const file of [source.file, ...listed, ...[project, ...lock.members].map((each) => path.join(each, 'package.json'))]) {
    if (existsSync(file)) hash.update(readFileSync(file, 'utf8').replace(/\r\n/g, '\n')).update('\0')
  }
  for (const linked of shippedFolders(lock, project)) hash.update(sources.folder(linked, linkedExcludes).digest)
  for (const file of lock.files.filter((each) => statSync(each).isFile())) hash.update(readFileSync(file)).update('\0')
  for (const modules of ownModules(lock, project)) for (const name of generatedIn(modules)) hash.update(sources.folder(path
    .join(modules, name), []).digest)
  return hash.digest('hex')
}

/** The `node_modules` of the user's own checkout. */
function ownModules(lock: NodeLock, project: string): readonly string[] {
  return [...new Set([lock.root, project])].map((folder) => path.join(folder, 'node_modules'))
}

/**
 * Installs `node_modules` from the lock, for Linux and the function's architecture, without development tools; or finds it in the cache.
 */
export function installNode(request: NodeRequest, options: PackageOptions): Promise<Installed> {
  return installOnce(request, { key: inputKey(request, options), options })
}

/** Resolves a package.json that has no lock, without installing anything. */
export function resolveNode(request: NodeRequest, options: PackageOptions): Promise<Resolution> {
  return withScratch(options.cacheDir, async (folder) => {
    const lock = await resolve(await startJob(request, folder, options))
    const key = keyOf(`${inputKey(request, options)}\n${lock}`)
    return { key, packages: lockedPackages(lock), install: () => installOnce(request, { key, options, lock }) }
  })
}

interface Install {
  readonly key: string
  readonly options: PackageOptions
  /** The text of the lock to install from, where the user has none. */
  readonly lock?: string
}

function installOnce(request: NodeRequest, { key, options, lock }: Install): Promise<Installed> {
  return shared(path.join(options.cacheDir, key), async () => readInstalled(placeOf(key, options), key)
    ?? withScratch(options.cacheDir, async (folder) => {
      const job = await startJob(request, folder, options)
      if (lock !== undefined) writeFileSync(path.join(job.copy.root, 'package-lock.json'), lock)
      return install(job, key)
    }))
}

function inputKey({ source, project, architecture }: NodeRequest, options: PackageOptions): string {
  return keyOf(`node${form}/${architecture}\n${digestNodeInputs(source, project, options.sources)}`)
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function placeOf(key: string, options: PackageOptions): string {
  return path.join(options.cacheDir, 'dependencies', key)
}

/** One install: a copy of the project, and how its installer is run. */
interface NodeJob {
  readonly request: NodeRequest
  readonly options: PackageOptions
  readonly lock: NodeLock
  readonly member: string
  readonly copy: ProjectCopy
  readonly tool: NodeTool
  /** A scratch folder of its own. */
  readonly folder: string
  readonly run: (args: readonly string[]) => Promise<void>
}

async function startJob(request: NodeRequest, folder: string, options: PackageOptions): Promise<NodeJob> {
  const { source } = request
  const lock = readNodeLock(source)
  const member = projectOf(lock, request.project)
  const folders = [lock.root, member]
  const hide = hideCredentials({ env: options.env, texts: [], files: nodeCredentialFiles(options.env, folders) }, options.progress)
  const env = installerEnv(options.env, { texts: nodeSettings(options.env, folders), secrets: options.secrets })
  const workspace = workspaceOf(lock.root, options.env)
  const copy = copyProject({ lock, kind: source.kind, project: member, workspace }, path.join(folder, 'work'))
  if (source.kind === 'yarn' || source.kind === 'bun') {
    const { architecture } = request
    narrowManifests({ copy, architecture, isRun: runsScripts(architecture) })
  }
  // Asked where it is run: Corepack takes the version that the manifest names there, or its own.
  const tool = await findNodeTool(source, { cwd: copy.root, env, options })
  if (tool.kind === 'yarn' && tool.version?.startsWith('2.') === true) dropNewSettings(copy.root)
  if (tool.kind === 'pnpm' && !takesMachine(tool.version)) nameMachine(copy.root, request.architecture)
  const onLine = (line: string): void => options.progress.debug(line)
  return {
    request, options, lock, member, copy, folder, tool,
    run: async (args) => {
      const passing = (ran: Ran): boolean => isNetworkFailure(withWords(ran))
      const how = { cwd: copy.root, env: { ...env, ...tool.env }, hide, onLine, passing }
      const ran = await runWithRetry(tool.program, [...tool.args, ...args], how)
      if (ran.code !== 0) throw nodeFailure(tool.name, source, withWords({ ...ran, stdout: hide(ran.stdout) }))
    },
  }
}

/** Yarn says on stdout what is wrong. */
function withWords(ran: Ran): Ran {
  return ran.stderr.trim() === '' ? { ...ran, stderr: ran.stdout } : ran
}

/** Has npm write a lock into the copy, which downloads no package; answers its text. */
async function resolve({ run, copy }: NodeJob): Promise<string> {
  await run(['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'])
  return readFileSync(path.join(copy.root, 'package-lock.json'), 'utf8')
}

async function install(
  { request: { source, architecture }, options, lock, member, copy, folder, tool, run }: NodeJob,
  key: string,
): Promise<Installed> {
  options.progress.info(`Installing ${path.basename(source.file)} for Linux on ${architecture} with ${tool.kind}.`)
  await run(installArgs(tool, { architecture, member: path.relative(copy.root, copy.project) }))
  checkFrozen(source, copy.root)
  const tree = path.join(folder, 'result', 'tree')
  mkdirSync(path.join(tree, 'node_modules'), { recursive: true })
  const diagnostics = new Diagnostics()
  const workspace = workspaceOf(lock.root, options.env)
  const modules = { ...copy, into: path.join(tree, 'node_modules'), own: ownModules(lock, member), workspace }
  const collected = collectModules(modules, diagnostics)
  warnOfScripts([lock.root, member, ...installedFolders(shippedFolders(lock, member), collected)], diagnostics)
  if (source.kind === 'yarn' || source.kind === 'bun') dropForeign(path.join(tree, 'node_modules'), architecture)
  checkOptional(path.join(tree, 'node_modules'), { source, architecture, diagnostics })
  if (diagnostics.errors.length > 0) throw new DiagnosticsError(diagnostics.all)
  const { warnings } = diagnostics
  const resolved = resolvedIn(path.join(tree, 'node_modules'))
  noteInstalled(path.join(folder, 'result'), { resolved, warnings })
  publish(path.join(folder, 'result'), placeOf(key, options))
  return { folder: path.join(placeOf(key, options), 'tree'), key, resolved, warnings }
}
