import { createHash, getHashes } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../diagnostics.ts'
import { UserError, type ErrorText } from '../errors.ts'
import type { CodeSpec } from '../service/service.ts'
import { checkPaths, lacksList } from './check-paths.ts'
import { checkUnlisted } from './check-unlisted.ts'
import type { Env } from './env.ts'
import { checkFunction } from './inspect/function.ts'
import { checkLocalState } from './inspect/local-state.ts'
import { moduleIndex } from './inspect/modules.ts'
import { nodeHandlerFile } from './inspect/node-handler.ts'
import { moduleKind } from './inspect/node-source.ts'
import { checkNodeSyntax, type Script } from './inspect/node-syntax.ts'
import { reachedFiles } from './inspect/python-reach.ts'
import { readPython, type PythonSource } from './inspect/python-source.ts'
import { checkPythonSyntax, lookForPythons, type LoadedFile } from './inspect/python-syntax.ts'
import { isForNode, type DependencySource } from './install/dependency-source.ts'
import { findDependencies } from './install/find.ts'
import { readNodeFiles } from './install/node-project.ts'
import type { LocalRequirement, Wanted } from './install/requirements.ts'
import { wrongPython } from './install/requires-python.ts'
import { readWanted } from './install/wanted.ts'
import { checkLinked, linkedFolders, ownFiles } from './linked.ts'
import { runtimeOf, type Runtime } from './runtimes.ts'
import { workspaceOf } from './tree/app.ts'
import { checkPointers } from './tree/pointers.ts'
import { checkSecrets } from './tree/secrets.ts'
import type { Sources } from './tree/sources.ts'
import type { Tree } from './tree/tree.ts'

/** What the checks must know of a function; a FunctionSpec is one. */
export interface CheckedFunction {
  readonly name: string
  readonly code: CodeSpec
  readonly settings: { readonly layers: readonly string[] }
}

/** What the checks look into. */
export interface Surroundings {
  readonly sources: Sources
  /** The environment of the step. */
  readonly env: Env
}

/**
 * Cheap checks before anything else runs, on what lies in the repository: the folder, the zip and the requirements file exist, the
 * handler is in the source and what it loads can be compiled, no secret is there. Every finding is an error or warning in `diagnostics`,
 * with its place. What a layer may hold is a warning where the function has layers.
 */
export async function checkSources(functions: readonly CheckedFunction[], around: Surroundings, diagnostics: Diagnostics): Promise<void> {
  const runtimes = functions.filter(({ code }) => code.package === undefined).map(({ code }) => runtimeOf(code))
  lookForPythons(runtimes.flatMap((runtime) => runtime.family === 'python' ? [runtime.minor] : []), around.env)
  const loaded = functions.flatMap((each) => checkOne(each, around, diagnostics))
  await Promise.all([
    checkPythonSyntax(loaded.flatMap(({ python }) => python), around.env, diagnostics),
    checkNodeSyntax(loaded.flatMap(({ node }) => node), around.env, diagnostics),
  ])
}

/** Files of the app's own whose syntax is looked at, for all functions together. */
interface ToParse {
  readonly python: readonly LoadedFile[]
  readonly node: readonly Script[]
}

/** Answers the files of its own that the handler loads. */
function checkOne({ name, code, settings }: CheckedFunction, { sources, env }: Surroundings, diagnostics: Diagnostics): ToParse {
  if (!checkPaths(code, { functionName: name, env }, diagnostics) || code.package !== undefined) return { python: [], node: [] }
  const runtime = runtimeOf(code)
  const tree = sources.app(code)
  const paths = tree.files.map((file) => file.path)
  diagnostics.all.push(...tree.problems)
  checkSecrets(tree.files, code.include, diagnostics)
  checkPointers(tree.files, diagnostics)
  checkLocalState(code, tree.files, diagnostics)
  const listed = lacksList(code) || checkDependencies(code, { runtime, env, sources }, diagnostics)
  const own = { ...ownFiles(tree, []), paths }
  checkFunction({
    code, runtime, complete: !listed, layers: settings.layers.length > 0, manifest: () => undefined, ...own,
  }, diagnostics)
  const certain = code.runtime !== undefined
  return {
    python: runtime.family === 'python'
      ? loadedFiles(code, own).map((file) => ({ ...file, minor: runtime.minor, isCertain: certain }))
      : [],
    node: runtime.family === 'node' ? handlerScript(code, own).map((file) => ({ ...file, major: runtime.major, isCertain: certain })) : [],
  }
}

interface OwnFiles extends Pick<Tree, 'text' | 'read' | 'diskPath'> {
  readonly paths: readonly string[]
}

function loadedFiles(code: CodeSpec, own: OwnFiles): readonly Pick<LoadedFile, 'path' | 'file' | 'when' | 'unread'>[] {
  const python = (path: string): PythonSource | undefined => path.endsWith('.py') ? own.read(path, readPython) : undefined
  const reached = reachedFiles({ handler: code.handler, index: moduleIndex(own.paths), read: python })
  return [...reached].flatMap(([path, when]) => {
    const file = own.diskPath(path)
    return file === undefined || !path.endsWith('.py') ? [] : [{ path, file, when, unread: python(path)?.unread }]
  })
}

function handlerScript(code: CodeSpec, own: OwnFiles): readonly Pick<Script, 'path' | 'file' | 'text' | 'kind'>[] {
  const path = nodeHandlerFile({ handler: code.handler, paths: own.paths })
  const [file, text] = path === undefined ? [] : [own.diskPath(path), own.text(path)]
  return path === undefined || file === undefined || text === undefined || !/\.[cm]?js$/.test(path)
    ? []
    : [{ path, file, text, kind: moduleKind(path, own.text) }]
}

/** Whether there are dependencies; reads their list as far as that needs no installer. */
function checkDependencies(
  code: CodeSpec,
  { runtime, env, sources }: Surroundings & { readonly runtime: Runtime },
  diagnostics: Diagnostics,
): boolean {
  const source = findDependencies(code, runtime, workspaceOf(code.source, env))
  if (source === undefined) {
    checkUnlisted(code.source, runtime.family, diagnostics)
    return false
  }
  if (code.runtime === undefined) {
    diagnostics.error({
      what: `The dependencies of ${source.file} need a \`runtime\` to be installed for.`,
      cure: "Name the function's runtime, such as `python3.13`.",
      place: { file: source.file },
    })
  }
  try {
    if (isForNode(source.kind)) {
      if (source.kind === 'package') diagnostics.warning(unlocked(source.file))
      readNodeFiles(source, code.source)
      checkLinked(linkedFolders(source, code.source, sources), code, diagnostics)
    } else checkPythonList(source, { runtime, env }, diagnostics)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    diagnostics.error(error.text)
  }
  return true
}

function checkPythonList(
  source: DependencySource,
  { runtime, env }: { readonly runtime: Runtime } & Pick<Surroundings, 'env'>,
  diagnostics: Diagnostics,
): void {
  checkLocals(readWanted(source, env), source.file, diagnostics)
  const wrong = runtime.family === 'python' ? wrongPython(source, runtime) : undefined
  if (wrong !== undefined) diagnostics.error(wrong)
}

function unlocked(file: string): ErrorText {
  return {
    what: `${file} lists dependencies, and no lock pins them.`, why: 'Each run asks for the newest versions that fit, so the '
      + 'same commit may give another package tomorrow.',
    cure: 'Run `npm install` and commit package-lock.json.', docs: 'packaging.md#node', place: { file },
  }
}

/** Folders and files that a list names, and that are not there: often a path of the machine that the list was made on. */
function checkLocals({ locals }: Wanted, file: string, diagnostics: Diagnostics): void {
  for (const local of locals) {
    const place = local.place ?? { file }
    if (!existsSync(local.path)) {
      const why = 'A requirement by its path is built from the repository.'
      diagnostics.error({
        what: `${path.basename(file)} asks for ${local.path}, which does not exist.`, why, cure: absentCure(local.path, file), place,
      })
    } else if (!hasHash(local)) {
      const why = 'The list gives a hash for it, and the file has another.'
      diagnostics.error({
        what: `${local.path} is not the file that ${path.basename(file)} was made with.`, why,
        cure: 'Make the list again with its tool, or bring the file back.', place,
      })
    }
  }
}

/** How far above a list its paths may begin that its tool wrote from the workspace's root. */
const reach = 4

function absentCure(place: string, list: string): string {
  const folder = path.dirname(list)
  const way = path.relative(folder, place)
  const above = Array.from({ length: reach }, (_, depth) => '../'.repeat(depth + 1)).find((up) => existsSync(path.join(folder, up, way)))
  // uv export writes paths from the root of the workspace (uv issue 20238).
  if (above !== undefined && !way.startsWith('..')) return `Write \`${above}${way}\`: the path counts from the list's own folder.`
  // `pip freeze` in a conda environment tells where conda built each package.
  return /^\/(?:home\/conda|croot|tmp\/build|opt\/conda|.*\/feedstock_root)\//.test(place)
    ? 'It is where conda built the package: write the list with `pip list --format=freeze`, which has names and versions.'
    : 'Fix the path, or ask for a released version by its name.'
}

/** Whether a file has one of the hashes that its line gives. */
function hasHash({ path: file, hashes = [] }: LocalRequirement): boolean {
  if (hashes.length === 0 || !statSync(file).isFile()) return true
  const bytes = readFileSync(file)
  return hashes.some((hash) => {
    const [algorithm = '', digest] = hash.split(':')
    return !getHashes().includes(algorithm) || createHash(algorithm).update(bytes).digest('hex') === digest
  })
}
