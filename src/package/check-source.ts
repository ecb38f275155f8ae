import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../diagnostics.ts'
import { UserError } from '../errors.ts'
import type { CodeSpec } from '../service/service.ts'
import { checkPaths } from './check-paths.ts'
import { checkUnlisted } from './check-unlisted.ts'
import { checkFunction } from './inspect/function.ts'
import { checkLocalState } from './inspect/local-state.ts'
import { moduleIndex } from './inspect/modules.ts'
import { nodeHandlerFile } from './inspect/node-handler.ts'
import { checkNodeSyntax, type Script } from './inspect/node-syntax.ts'
import { reachedFiles } from './inspect/python-reach.ts'
import { readPython, type PythonSource } from './inspect/python-source.ts'
import { checkPythonSyntax, type Loaded } from './inspect/python-syntax.ts'
import { findDependencies } from './install/find.ts'
import { readNodeFiles } from './install/node-project.ts'
import type { Wanted } from './install/requirements.ts'
import { readWanted } from './install/wanted.ts'
import { runtimeOf, type NodeRuntime, type PythonRuntime, type Runtime } from './runtimes.ts'
import { collectApp, workspaceOf } from './tree/app.ts'
import type { Entry } from './tree/entry.ts'
import { checkSecrets } from './tree/secrets.ts'

/** What the checks must know of a function; a FunctionSpec is one. */
export interface CheckedFunction {
  readonly name: string
  readonly code: CodeSpec
  readonly settings: { readonly layers: readonly string[] }
}

/**
 * Cheap checks before anything else runs, on what lies in the repository: the folder, the zip and the requirements file exist, the
 * handler is in the source and what it loads can be compiled, no secret is there. Every finding is an error or warning in `diagnostics`,
 * with its place. What a layer may hold is a warning where the function has layers.
 */
export async function checkSources(functions: readonly CheckedFunction[], diagnostics: Diagnostics): Promise<void> {
  const sources = new Map<string, PythonSource>()
  const loaded = functions.flatMap((each) => checkOne(each, sources, diagnostics))
  await Promise.all([
    checkPythonSyntax(loaded.flatMap(({ python }) => python), process.env, diagnostics),
    checkNodeSyntax(loaded.flatMap(({ node }) => node), process.env, diagnostics),
  ])
}

/** Files of the app's own whose syntax is looked at, for all functions together. */
interface ToParse {
  readonly python: readonly Loaded[]
  readonly node: readonly Script[]
}

/** Answers the files of its own that the handler loads. `sources` holds what was read of the disk for other functions. */
function checkOne({ name, code, settings }: CheckedFunction, sources: Map<string, PythonSource>, diagnostics: Diagnostics): ToParse {
  if (!checkPaths(code, name, diagnostics) || code.package !== undefined) return { python: [], node: [] }
  const runtime = runtimeOf(code)
  const app = collectApp(code, { cacheDir: '', workDir: '', env: process.env }, diagnostics)
  checkSecrets(app, code.include, diagnostics)
  checkLocalState(code, app, diagnostics)
  const listed = checkDependencies(code, runtime, diagnostics)
  const disk = new Map(app.map((entry) => [entry.path, diskOf(entry)]))
  const text = (app: string): string | undefined => {
    const file = disk.get(app)
    return file === undefined ? undefined : readFileSync(file, 'utf8')
  }
  const python = (app: string): PythonSource | undefined => {
    const file = app.endsWith('.py') ? disk.get(app) : undefined
    if (file !== undefined && !sources.has(file)) sources.set(file, readPython(readFileSync(file, 'utf8')))
    return file === undefined ? undefined : sources.get(file)
  }
  checkFunction({ code, runtime, paths: [...disk.keys()], complete: !listed, layers: settings.layers.length > 0, text, python, diskPath: (file) => disk.get(file) }, diagnostics)
  return {
    python: runtime.family === 'python' ? loadedFiles({ code, runtime, disk, python }) : [],
    node: runtime.family === 'node' ? handlerScript({ code, runtime, disk }) : [],
  }
}

/** The files on the disk, by their paths in the package. */
type Disk = ReadonlyMap<string, string | undefined>

interface App {
  readonly code: CodeSpec
  readonly runtime: PythonRuntime
  readonly disk: Disk
  readonly python: (path: string) => PythonSource | undefined
}

function loadedFiles({ code, runtime, disk, python }: App): readonly Loaded[] {
  const reached = reachedFiles({ handler: code.handler, index: moduleIndex([...disk.keys()]), read: python })
  return [...reached].flatMap(([path, when]) => {
    const file = disk.get(path)
    return file === undefined || !path.endsWith('.py') ? [] : [{ path, file, when, minor: runtime.minor, isCertain: code.runtime !== undefined }]
  })
}

function handlerScript({ code, runtime, disk }: { readonly code: CodeSpec, readonly runtime: NodeRuntime, readonly disk: Disk }): readonly Script[] {
  const path = nodeHandlerFile({ handler: code.handler, place: undefined, runtime, paths: [...disk.keys()], read: () => undefined })
  const file = path === undefined ? undefined : disk.get(path)
  return path === undefined || file === undefined || !/\.[cm]?js$/.test(path) ? [] : [{ path, file, major: runtime.major, isCertain: code.runtime !== undefined }]
}

/** Whether there are dependencies; reads their list as far as that needs no installer. */
function checkDependencies(code: CodeSpec, runtime: Runtime, diagnostics: Diagnostics): boolean {
  const source = findDependencies(code, runtime, workspaceOf(code.source, process.env))
  if (source === undefined) {
    checkUnlisted(code.source, runtime.family, diagnostics)
    return false
  }
  if (code.runtime === undefined) {
    diagnostics.error({ what: `The dependencies of ${source.file} need a \`runtime\` to be installed for.`, cure: 'Name the function\'s runtime, such as `python3.13`.', place: { file: source.file } })
  }
  try {
    if (source.kind === 'npm' || source.kind === 'pnpm') readNodeFiles(source, code.source)
    else checkLocals(readWanted(source, process.env), source.file, diagnostics)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    diagnostics.error(error.text)
  }
  return true
}

/** Folders and files that a list names, and that are not there: often a path of the machine that the list was made on. */
function checkLocals({ locals }: Wanted, file: string, diagnostics: Diagnostics): void {
  for (const local of locals.filter((each) => !existsSync(each.path))) {
    diagnostics.error({ what: `${path.basename(file)} asks for ${local.path}, which does not exist.`, why: 'A requirement by its path is built from the repository.', cure: 'Mend the path, or ask for a released version by its name.', place: local.place ?? { file } })
  }
}

function diskOf(entry: Entry): string | undefined {
  return entry.content.kind === 'disk' ? entry.content.file : undefined
}
