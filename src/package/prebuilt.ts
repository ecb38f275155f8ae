import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics, DiagnosticsError } from '../diagnostics.ts'
import { errorLines } from '../errors.ts'
import type { CodeSpec } from '../service/service.ts'
import { readBinary } from './inspect/binary.ts'
import { checkFunction } from './inspect/function.ts'
import { largestOf } from './inspect/largest.ts'
import { checkLimits, checkWithLayers } from './inspect/limits.ts'
import { checkNames, checkShadowed } from './inspect/names.ts'
import { checkNative } from './inspect/native.ts'
import { readNodePackage, type NodePackage } from './inspect/node-package.ts'
import { runtimeOf } from './runtimes.ts'
import { looksSecret, secretReason } from './tree/secrets.ts'
import type { InputDigest } from './digest.ts'
import type { PackageOptions } from './options.ts'
import type { Package } from './package.ts'
import { once } from './tree/tree.ts'
import { readZip, type ZipEntry } from './zip/read.ts'

/** A zip that the user made: its bytes are taken as they are, and checked like our own. */
export async function buildPrebuilt(code: CodeSpec, inputs: InputDigest, options: PackageOptions): Promise<Package> {
  const source = code.package ?? ''
  const bytes = readFileSync(source)
  const entries = readZip(bytes, source).filter((entry) => !entry.path.endsWith('/'))
  const sizes = { unzipped: entries.reduce((sum, entry) => sum + entry.size, 0), files: entries.length, largest: largestOf(entries) }
  const diagnostics = new Diagnostics()
  checkLimits(sizes, diagnostics)
  // Lambda unpacks all of it, so that damage anywhere counts: reading checks an entry's size and CRC.
  if (diagnostics.errors.length === 0) for (const entry of entries) entry.read()
  checkWithLayers(sizes, { count: options.layers.length, zippedBytes: options.layerBytes }, diagnostics)
  checkEntries(entries, code, { layers: options.layers.length > 0, diagnostics })
  checkHandler(entries, code, { options, diagnostics })
  if (diagnostics.errors.length > 0) throw new DiagnosticsError(diagnostics.all)
  for (const warning of diagnostics.warnings) options.progress.warning(errorLines(warning).join('\n'))
  const place = path.join(options.workDir, `${options.functionName}.zip`)
  mkdirSync(options.workDir, { recursive: true })
  copyFileSync(source, place)
  return {
    path: place, sha256: createHash('sha256').update(bytes).digest('base64'), size: bytes.length, unzippedSize: sizes.unzipped,
    files: entries.length, inputDigest: inputs.digest, largest: sizes.largest, resolved: [], reused: false,
  }
}

function checkEntries(entries: readonly ZipEntry[], code: CodeSpec, { layers, diagnostics }: {
  readonly layers: boolean
  readonly diagnostics: Diagnostics
}): void {
  const runtime = runtimeOf(code)
  const file = code.package ?? ''
  // Nothing in a zip says what belongs to whom, so each top-level part counts as one distribution.
  const named = entries.map((entry) => ({ ...entry, owner: entry.path.includes('/') ? entry.path.split('/', 1)[0] as string : '' }))
  checkNames(named, diagnostics)
  if (runtime.family === 'python') {
    checkShadowed(named.map(({ path: name }) => ({ path: name, owner: '' })), { minor: runtime.minor, askers: () => [] }, diagnostics)
  }
  checkNative(named.map((entry) => ({
    path: entry.path, owner: entry.owner, executable: (entry.mode & 0o111) !== 0,
    binary: () => readBinary(entry.read()),
  })), { runtime, architecture: code.architecture, layers, diagnostics })
  const seen = new Set<string>()
  const libraries = librariesOf(entries)
  for (const entry of entries) {
    const what = wrongWith(entry, seen, libraries)
    seen.add(entry.path)
    if (what !== undefined) diagnostics.error({
      what: `${entry.path} in ${file} ${what}.`, cure: 'Build the zip again without that.', place: { file },
      docs: 'packaging.md#prebuilt-zips',
    })
  }
}

/** Folders of dependencies, and of the tests that libraries without a record bring along. */
const theirs = /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|tests?)\//

/** The top folders that installers' records (`*.dist-info/RECORD`) call theirs: what lies there is its authors' business. */
function librariesOf(entries: readonly ZipEntry[]): ReadonlySet<string> {
  const records = entries.filter((entry) => /^[^/]+\.dist-info\/RECORD$/.test(entry.path))
  return new Set(records.flatMap((entry) => entry.read().toString('utf8').split('\n').filter((line) => line.includes('/'))
    .map((line) => line.replace(/^"/, '').split('/', 1)[0] as string)))
}

function wrongWith(entry: ZipEntry, seen: ReadonlySet<string>, theirFolders: ReadonlySet<string>): string | undefined {
  if (entry.path.startsWith('/') || entry.path.split('/').includes('..')) return 'leads out of the folder that Lambda unpacks to'
  if (seen.has(entry.path)) return 'is there twice'
  if (entry.mode !== 0 && (entry.mode & 0o170000) !== 0o120000
    && (entry.mode & 0o004) === 0) return 'may not be read by others than its owner, so Lambda could not read it'
  // In folders only names are looked at: nothing says for certain whose they are, and reading all of a zip takes long.
  const own = !entry.path.includes('/') || (looksSecret(entry.path) && !theirs.test(entry.path)
    && !theirFolders.has(entry.path.split('/', 1)[0] as string))
  const reason = own ? secretReason(entry, entry.size < 1_000_000 ? entry.read() : Buffer.alloc(0)) : undefined
  return reason === undefined ? undefined : `looks like a secret: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
}

function checkHandler(entries: readonly ZipEntry[], code: CodeSpec, { options, diagnostics }: {
  readonly options: PackageOptions
  readonly diagnostics: Diagnostics
}): void {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  const single = singleFolder(entries)
  // The texts are there, but nothing tells the app's own files from libraries', whose imports are their authors' business.
  const own = (path: string): boolean => !path.includes('/') || path === handlerFile(code)
  const text = (path: string): string | undefined => own(path) ? byPath.get(path)?.read().toString('utf8') : undefined
  const manifest = (path: string): NodePackage | undefined => readNodePackage(byPath.get(path)?.read().toString('utf8') ?? '')
  const found = new Diagnostics()
  const files = { paths: [...byPath.keys()], text, read: once(text), manifest, diskPath: () => undefined }
  checkFunction({ code, runtime: runtimeOf(code), complete: true, layers: options.layers.length > 0, ...files }, found)
  // Where all lies in one folder, that is why the handler is not found, and the one thing to say.
  if (single === undefined || found.errors.length === 0) diagnostics.all.push(...found.all)
  else {
    diagnostics.error({
      what: `All of ${code.package ?? ''} lies in one folder, ${single}/.`, why: 'Lambda looks for the handler at the root of the zip.',
      cure: `Zip the content of ${single}, not the folder itself.`, docs: 'packaging.md#prebuilt-zips',
    })
  }
}

function handlerFile(code: CodeSpec): string {
  return `${code.handler.slice(0, code.handler.lastIndexOf('.')).replaceAll('.', '/')}.py`
}

/** The one folder that everything lies in, apart from what the Finder of macOS adds to its zips. */
function singleFolder(entries: readonly ZipEntry[]): string | undefined {
  const own = entries.filter((entry) => !entry.path.startsWith('__MACOSX/') && entry.path !== '.DS_Store')
  const tops = new Set(own.map((entry) => entry.path.split('/', 1)[0] as string))
  const [top] = tops
  return tops.size === 1 && own.every((entry) => entry.path.includes('/')) ? top : undefined
}
