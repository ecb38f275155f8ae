import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ErrorText } from '../../errors.ts'
import { commonFolder, writtenFrom } from '../../paths.ts'
import type { NodeRuntime } from '../runtimes.ts'
import type { RefusedImport } from './node-module-rules.ts'
import type { NodeImport } from './node-source.ts'
import { packageOf, type Missing } from './node-resolve.ts'
import { aliasFile } from './typescript-paths.ts'

/** An import that Node would not load, and what is wrong with it. */
export interface MissingImport {
  /** The file that imports. */
  readonly file: string
  readonly found: NodeImport
  readonly problem: Missing
    /** TypeScript in node_modules, whose types Node does not strip. */
    | { readonly is: 'typescript', readonly file: string }
    /** An ES module that is asked for by `require`, which Lambda switches off. */
    | { readonly is: 'module', readonly file: string }
    | RefusedImport
}

interface Surroundings {
  readonly runtime: NodeRuntime
  /** The app's folder on the user's disk. */
  readonly folder: string
  /** The folder that the user writes paths from. */
  readonly base: string
  readonly paths: readonly string[]
  readonly diskPath: (path: string) => string | undefined
}

/** What is said of an import that fails, with the cure that fits why. */
export function missingText(missing: MissingImport, around: Surroundings): ErrorText {
  const { file, found } = missing
  const disk = around.diskPath(file)
  return {
    ...described(missing, around), docs: 'packaging.md#imports',
    place: disk === undefined ? undefined : { file: disk, line: found.line },
  }
}

function described(missing: MissingImport, around: Surroundings): ErrorText {
  const { file, found: { name }, problem } = missing
  const imports = `${file} imports \`${name}\``
  switch (problem.is) {
    case 'above': return {
      what: `${imports}, which leads above the root of the package.`,
      why: 'On Lambda the content of the source folder lies at the root, and nothing of yours above it.',
      cure: outsideCure(missing, around),
    }
    case 'hidden': return {
      what: `${imports}, which ${packageOf(name)} does not export.`,
      why: `${problem.folder}/package.json has \`exports\`, and nothing there answers \`${missing.found.by}\` of this name.`,
      cure: hiddenCure(missing),
    }
    case 'unbuilt': return {
      what: `${imports}, which leads to ${problem.file}, and that is not in the package.`,
      why: `${problem.folder === '' ? '' : `${problem.folder}/`}package.json names a file that is not there.`,
      cure: problem.folder === ''
        ? 'Fix the path in package.json, or make the file in a step before this one.'
        : 'If the package is one of yours, build it in a step before this one; else ask for another version of it.',
    }
    case 'typescript': return {
      what: `${imports}, which leads to ${problem.file}.`,
      why: 'Node strips types of your own files at most, and of nothing in node_modules (https://nodejs.org/api/typescript.html).',
      cure: 'Compile the package in a step before this one and let its package.json name the JavaScript; or bundle the app '
        + '(esbuild, rollup).',
    }
    case 'module': return {
      what: `${imports} with \`require\`, and ${problem.file} is an ES module.`,
      why: `Lambda switches \`require\` of ES modules off in ${around.runtime.name}.`,
      cure: 'Use `import` (or `await import()`), set `runtime: nodejs24.x`, ask for an older version that has CommonJS, or '
        + 'bundle the app (esbuild, rollup).',
    }
    case 'scheme': return {
      what: `${imports}, a URL that Node does not load.`,
      why: 'It loads `node:`, `file:` and `data:` alone; others are for browsers, Deno, Bun and bundlers.',
      cure: 'Add the package to "dependencies" of package.json and import it by its name, or bundle the app.',
    }
    case 'json': return {
      what: `${imports} without saying that it is JSON.`,
      why: 'Node: ERR_IMPORT_ATTRIBUTE_MISSING.', cure: `Write \`import ... from '${name}' with { type: 'json' }\`.`,
    }
    case 'unexported': return {
      what: `${file} imports ${problem.names.map((each) => `\`${each}\``).join(', ')} from \`${name}\`, and ${problem.file} does not `
        + `export ${problem.names.length === 1 ? 'it' : 'them'}.`,
      why: 'ES modules are linked before anything runs: Node does not load the handler.',
      cure: 'Fix the import, or export the name there.',
    }
    case 'absent': return {
      what: `${imports}, which nothing in the package or the runtime ${around.runtime.name} has.`,
      cure: absentCure(missing, { ...around, near: problem.near }),
    }
  }
}

function hiddenCure({ found: { name, by } }: MissingImport): string {
  if (name === packageOf(name)) {
    const how = by === 'require' ? `\`import\`, or a version of ${name} that can be required` : `a version of ${name} that can be imported`
    return `Use ${how}, or bundle the app (esbuild, rollup).`
  }
  return `Import a name that ${packageOf(name)} exports, or ask for a version that exports this one.`
}

/** A file outside of the source folder: it may well be there at home. */
function outsideCure({ file, found: { name } }: MissingImport, { folder, base }: Surroundings): string {
  const wanted = path.resolve(folder, path.dirname(file), name)
  const there = ['', '.js', '.mjs', '.cjs', '.json', '/index.js'].map((ending) => wanted + ending)
    .find((candidate) => existsSync(candidate))
  if (there === undefined) return 'Fix the path.'
  const above = writtenFrom(base, commonFolder(folder, path.dirname(there)))
  return `${there} lies outside of the source folder: set \`source: ${above}\` with the handler's path from there, copy the file in, `
    + 'or bundle the app (esbuild, rollup).'
}

function absentCure(missing: MissingImport, around: Surroundings & { readonly near: string | undefined }): string {
  const { found: { name } } = missing
  if (around.near !== undefined) return `Write the whole path, as of ${around.near}: an ES module adds no ending and no index.`
  if (name.startsWith('.')) return relativeCure(missing, around)
  if (name.startsWith('node:')) return 'Fix the name, or choose a `runtime` that has it.'
  const alias = aliasFile(name, path.join(around.folder, path.dirname(missing.file)))
  if (alias !== undefined) return `It is an alias of ${alias}, which the compiler leaves as it is: bundle the app (esbuild, `
    + 'rollup), let tsc-alias write the paths, or use "imports" of package.json.'
  if (name.startsWith('#')) return 'It must be in "imports" of the package.json at the root of the package: put that file into the '
    + 'source folder, or bundle the app (esbuild, rollup).'
  const other = otherCase(packageOf(name), around.paths)
  if (other !== undefined) return `The package is called \`${other}\`: Lambda's file system tells cases apart.`
  return listedCure(packageOf(name), around) ?? besideCure(name, around) ?? `Add ${packageOf(name)} to "dependencies" of `
    + 'package.json and commit the lock.'
}

function relativeCure({ file, found: { name } }: MissingImport, { folder, paths }: Surroundings): string {
  const wanted = path.posix.join(path.posix.dirname(file), name)
  const other = paths.find((candidate) => folded(stem(candidate)) === folded(stem(wanted)) || folded(candidate) === folded(wanted))
  if (other !== undefined) return `${other} is written in another way (case, or accents): Lambda's file system tells them apart.`
  const left = ['', '.js', '.mjs', '.cjs', '.json'].map((ending) => path.join(folder, wanted + ending))
    .find((candidate) => existsSync(candidate))
  if (left !== undefined) return `${left} is there and left out of the package: check .lambdaignore, \`exclude\` and the default patterns.`
  return 'Fix the path, or check that the file is not excluded.'
}

/** A package that is there under a name in another case. */
function otherCase(name: string, paths: readonly string[]): string | undefined {
  const start = `node_modules/${name}/`.toLowerCase()
  return paths.find((each) => each.toLowerCase().startsWith(start))?.slice('node_modules/'.length, start.length - 1)
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function stem(file: string): string {
  return file.replace(/\.(?:[cm]?[jt]s|json)$/, '')
}

/** Where a package.json of the app, or of a folder above it, names the package. */
function listedCure(name: string, { folder, base }: Surroundings): string | undefined {
  for (let at = folder, isOwn = true; ; at = path.dirname(at), isOwn = false) {
    const file = path.join(at, 'package.json')
    const kind = existsSync(file) ? kindIn(file, name) : undefined
    if (kind === 'devDependencies') return `It is in "devDependencies" of ${file}, which are not installed: move it to `
      + '"dependencies" and commit the lock.'
    if (kind === 'peerDependencies') return `It is only in "peerDependencies" of ${file}, which are for those who use a package: add `
      + 'it to "dependencies" and commit the lock.'
    if (kind !== undefined && isOwn) return `It is in "${kind}" of ${file}, and the lock does not bring it: run the install `
      + 'again and commit the lock.'
    if (kind !== undefined && !isWorkspace(at)) {
      const list = locks.map((each) => path.join(at, each)).find((each) => existsSync(each)) ?? file
      return `${path.relative(folder, file)} lists it, and is not read, because it lies above the source folder: set `
        + `\`requirements: ${writtenFrom(base, list)}\`.`
    }
    if (kind !== undefined) return `Only ${file} lists it, and a member of a workspace gets its own dependencies: add `
      + `${name} to "dependencies" of the package.json in ${folder} and commit the lock.`
    if (existsSync(path.join(at, '.git')) || path.dirname(at) === at) return undefined
  }
}

const locks = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock']

/** Whether the packages below a folder are members of a workspace, with lists of their own. */
function isWorkspace(folder: string): boolean {
  return existsSync(path.join(folder, 'pnpm-workspace.yaml'))
    || /"workspaces"\s*:/.test(readFileSync(path.join(folder, 'package.json'), 'utf8'))
}

function kindIn(file: string, name: string): string | undefined {
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>
    return [
      'dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies',
    ].find((kind) => manifest[kind]?.[name] !== undefined)
  } catch {
    return undefined
  }
}

/** A folder or file of the user's own, asked for as if it were a package. */
function besideCure(name: string, { folder, base, paths }: Surroundings): string | undefined {
  const first = name.split('/', 1)[0] as string
  if (paths.some((candidate) => candidate.startsWith(`${first}/`)
    || stem(candidate) === name)) return `It looks like your own ${first}: write its path with \`./\` or \`../\`, as in \`./${name}\`.`
  const above = path.dirname(folder)
  return existsSync(path.join(above, first))
    ? `${path.join(above, first)} lies outside of the source folder: set \`source: ${writtenFrom(base, above)}\` with the handler's `
      + 'path from there, or bundle the app (esbuild, rollup).'
    : undefined
}
