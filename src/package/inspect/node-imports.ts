import { builtinModules } from 'node:module'
import type { Diagnostics } from '../../diagnostics.ts'
import type { NodeRuntime } from '../runtimes.ts'
import { bareCode } from './node-source.ts'

export interface NodeImportCheck {
  readonly runtime: NodeRuntime
  /** The handler's file. */
  readonly start: string
  readonly paths: readonly string[]
  readonly layers: boolean
  readonly text: (path: string) => string | undefined
  readonly diskPath: (path: string) => string | undefined
}

const builtin = new Set(builtinModules)
/** The SDK of JavaScript v3 that the runtimes carry (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html). */
const shipped = /^@(?:aws-sdk|smithy|aws-crypto|aws)\//
/** Statements at the start of a line: what runs when the file is loaded, as far as a look without a parser can tell. */
const statement = /^(?:import\s+(?:[^'"();]*?\sfrom\s*)?|export\s+[^'"();]*?\sfrom\s*|(?:const|let|var)\s+[^=;\n]+=\s*require\s*\(\s*|require\s*\(\s*)(["'])( +)\1/gmd

/** Follows static imports of the app's own files from the handler on and reports those that the package and the runtime lack. */
export function checkNodeImports(check: NodeImportCheck, diagnostics: Diagnostics): void {
  const there = new Set(check.paths)
  const waiting = [check.start]
  const seen = new Set<string>()
  const told = new Set<string>()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const source = seen.has(file) || file.startsWith('node_modules/') ? undefined : check.text(file)
    seen.add(file)
    for (const { name, line, isExact } of source === undefined ? [] : importsOf(source, file)) {
      if (/^\.{1,2}(?:\/|$)/.test(name)) {
        const near = relative(file, name, there)
        const found = isExact ? exact(file, name, there) : near
        if (found !== undefined) waiting.push(found)
        else tell(name, { file, line }, near === undefined ? 'Fix the path, or check that the file is not excluded.' : `Write the whole path, as of ${near}: an ES module adds no ending and no index.`)
      } else if (!answered(name, file, there) && packageOf(name) !== ownName(file, check)) {
        tell(name, { file, line }, `Add ${packageOf(name)} to "dependencies" of package.json and commit the lock.`)
      }
    }
  }

  function tell(name: string, at: { readonly file: string, readonly line: number }, cure: string): void {
    if (told.has(name)) return
    told.add(name)
    const disk = check.diskPath(at.file)
    const text = { what: `${at.file} imports \`${name}\`, which nothing in the package or the runtime ${check.runtime.name} has.`, cure, docs: 'packaging.md#imports',
      ...(disk === undefined ? {} : { place: { file: disk, line: at.line } }) }
    if (check.layers) diagnostics.warning(text)
    else diagnostics.error(text)
  }
}

interface Import {
  readonly name: string
  readonly line: number
  /** `import` takes the path as it is written; `require` tries endings. */
  readonly isExact: boolean
}

/** Erased when Node strips types (https://nodejs.org/api/typescript.html); of `import { type X } from` Node 24.21 leaves `import { } from`, which loads the module. */
const erased = /^(?:import|export)\s+type\s*(?:[{*]|\s[\w$]+\s+from\b)/

/** The imports of one file; none where it cannot be read. */
function importsOf(source: string, file: string): readonly Import[] {
  const code = bareCode(source) ?? ''
  return [...code.matchAll(statement)].filter(([text]) => !/\.[cm]?ts$/.test(file) || !erased.test(text)).map((match) => {
    const [start, end] = match.indices?.[2] ?? [0, 0]
    return { name: source.slice(start, end), line: code.slice(0, match.index).split('\n').length, isExact: /^(?:im|ex)port\b/.test(match[0]) }
  })
}

/** The name of the package that a file belongs to: a package with `exports` may import itself. */
function ownName(file: string, check: NodeImportCheck): string | undefined {
  const folders = file.split('/').slice(0, -1)
  for (let depth = folders.length; depth >= 0; depth--) {
    const manifest = check.text([...folders.slice(0, depth), 'package.json'].join('/'))
    if (manifest !== undefined) return /"exports"\s*:/.test(manifest) ? /"name"\s*:\s*"([^"]+)"/.exec(manifest)?.[1] : undefined
  }
  return undefined
}

function answered(name: string, file: string, there: ReadonlySet<string>): boolean {
  const bare = name.replace(/^node:/, '')
  if (name.startsWith('node:') || builtin.has(bare) || name.startsWith('#') || name.startsWith('/') || name.includes(':') || shipped.test(name)) return true
  const folders = file.split('/').slice(0, -1)
  const roots = [...folders.keys(), folders.length].map((depth) => [...folders.slice(0, depth), 'node_modules'].join('/'))
  return roots.some((root) => there.has(`${root}/${packageOf(name)}/package.json`) || there.has(`${root}/${name}.js`) || there.has(`${root}/${packageOf(name)}/index.js`))
}

function packageOf(name: string): string {
  return name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')
}

function relative(file: string, name: string, there: ReadonlySet<string>): string | undefined {
  const stem = joined(file, name)
  const folder = stem === '' ? '' : `${stem}/`
  return [stem, ...['.js', '.json', '.node', '.mjs', '.cjs', '.ts'].map((suffix) => stem + suffix), ...['index.js', 'index.json', 'package.json'].map((index) => folder + index)].find((candidate) => there.has(candidate))
}

/** What an ES module names is a URL of one file (https://nodejs.org/api/esm.html#mandatory-file-extensions). */
function exact(file: string, name: string, there: ReadonlySet<string>): string | undefined {
  const path = joined(file, name.replace(/[?#].*$/, '').replace(/(?:%[0-9a-f]{2})+/gi, decoded))
  return there.has(path) ? path : undefined
}

function decoded(text: string): string {
  return Buffer.from(text.replaceAll('%', ''), 'hex').toString()
}

function joined(file: string, name: string): string {
  const path: string[] = []
  for (const part of [...file.split('/').slice(0, -1), ...name.split('/')]) {
    if (part === '..') path.pop()
    else if (part !== '.' && part !== '') path.push(part)
  }
  return path.join('/')
}
