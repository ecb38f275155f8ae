import { copyFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics, DiagnosticsError, type Diagnostic } from '../diagnostics.ts'
import { errorLines } from '../errors.ts'
import type { CodeSpec } from '../service/service.ts'
import { assemble } from './assemble.ts'
import { digestFile, resolveInputs, type InputDigest } from './digest.ts'
import { prune, shared, touch, withScratch } from './install/cache.ts'
import type { DependencySource } from './install/dependency-source.ts'
import { installDependencies } from './install/dependencies.ts'
import type { Installed } from './install/installed.ts'
import { checkFunction } from './inspect/function.ts'
import { largestOf } from './inspect/largest.ts'
import { checkWithLayers } from './inspect/limits.ts'
import { readNodePackage, type NodePackage } from './inspect/node-package.ts'
import { checkPackage } from './inspect/package.ts'
import { buildPrebuilt } from './prebuilt.ts'
import { runtimeOf } from './runtimes.ts'
import { entryBytes, totalSize, type Entry } from './tree/entry.ts'
import { linkedFolders, ownFiles } from './linked.ts'
import { checkBuilt } from './check-built.ts'
import type { PackageOptions } from './options.ts'
import type { Package } from './package.ts'
import { writeZip } from './zip/write.ts'

/** What the cache keeps beside a zip. */
interface ZipNote {
  readonly made: Omit<Package, 'path' | 'reused'>
  readonly warnings: readonly Diagnostic[]
  /** What handlers and imports are looked up in. */
  readonly paths: readonly string[]
  /** What each package.json of the dependencies says, by its path in the package. */
  readonly manifests: Readonly<Record<string, NodePackage>>
}

/** Its number is the note's form: notes of another form are as good as none. */
const noteSuffix = '.note2.json'

/**
 * Installs, collects, checks and zips; or takes the zip from the cache when one was made from the same inputs. Functions that share all
 * that goes in share one install and one zip. Throws DiagnosticsError with everything that is wrong with the package.
 */
export async function buildPackage(code: CodeSpec, given: InputDigest, options: PackageOptions): Promise<Package> {
  if (code.package !== undefined) return buildPrebuilt(code, given, options)
  const inputs = await resolveInputs(code, given, options)
  const { digest } = inputs
  const zip = path.join(options.cacheDir, 'zips', `${digest}.zip`)
  const { note, reused } = await shared(zip, async () => {
    const cached = await readNote(zip)
    if (cached !== undefined) return { note: cached, reused: true }
    // A zip in the cache needs no install; then the dependencies are not even looked at.
    const installed = await installedOf(code, inputs, options)
    return { note: await makeZip({ code, digest, zip, installed }, options), reused: false }
  })
  const diagnostics = new Diagnostics()
  for (const warning of note.warnings) diagnostics.warning(warning)
  if (inputs.dependencies !== undefined) checkAgainst(note, code, { dependencies: inputs.dependencies, options, diagnostics })
  checkWithLayers({ unzipped: note.made.unzippedSize, largest: note.made.largest }, {
    count: options.layers.length, zippedBytes: options.layerBytes,
  }, diagnostics)
  if (diagnostics.errors.length > 0) throw new DiagnosticsError(diagnostics.all)
  for (const warning of diagnostics.warnings) options.progress.warning(errorLines(warning).join('\n'))
  return { ...note.made, path: deliver(zip, options), reused }
}

async function installedOf(code: CodeSpec, inputs: InputDigest, options: PackageOptions): Promise<Installed | undefined> {
  const { resolution, dependencies, asksForNothing } = inputs
  if (resolution !== undefined) return resolution.install()
  return dependencies === undefined || asksForNothing === true ? undefined : installDependencies(code, dependencies, options)
}

interface Against {
  readonly dependencies: DependencySource
  readonly options: PackageOptions
  readonly diagnostics: Diagnostics
}

/** What depends on the function's own handler, for zips from the cache, too. */
function checkAgainst({ paths, manifests }: ZipNote, code: CodeSpec, { dependencies, options, diagnostics }: Against): void {
  const linked = linkedFolders(dependencies, code.source, options.sources)
  const { text, read, diskPath } = ownFiles(options.sources.app(code), linked)
  checkFunction({
    code, runtime: runtimeOf(code), paths, complete: true, layers: options.layers.length > 0, text, read,
    manifest: (path) => manifests[path], diskPath,
  }, diagnostics)
}

interface ZipRequest {
  readonly code: CodeSpec
  readonly digest: string
  readonly zip: string
  readonly installed: Installed | undefined
}

function makeZip(request: ZipRequest, options: PackageOptions): Promise<ZipNote> {
  return withScratch(options.cacheDir, async (folder) => {
    const diagnostics = new Diagnostics()
    for (const warning of request.installed?.warnings ?? []) diagnostics.warning(warning)
    const { code, installed } = request
    const runtime = runtimeOf(code)
    const entries = assemble({ code, runtime, diagnostics, ...(installed === undefined ? {} : { installed }) }, options)
    await checkBuilt(entries, request, {
      runtime, layers: options.layers.length > 0, app: options.sources.app(code), env: options.env, diagnostics,
    })
    checkPackage(entries, code, { runtime, layers: options.layers.length > 0, diagnostics })
    if (diagnostics.errors.length > 0) throw new DiagnosticsError(diagnostics.all)
    const written = await writeZip(path.join(folder, 'package.zip'), entries)
    const note: ZipNote = {
      made: {
        ...written, unzippedSize: totalSize(entries), files: entries.length, inputDigest: request.digest, largest: largestOf(entries),
        resolved: request.installed?.resolved ?? [],
      },
      warnings: diagnostics.warnings,
      paths: entries.map((entry) => entry.path),
      manifests: manifestsIn(entries),
    }
    keep(path.join(folder, 'package.zip'), request.zip, note)
    prune(options.cacheDir)
    return note
  })
}

function manifestsIn(entries: readonly Entry[]): Readonly<Record<string, NodePackage>> {
  const files = entries.filter((entry) => entry.owner !== ''
    && /(?:^|\/)node_modules\/.*package\.json$/.test(entry.path) && entry.content.kind !== 'link')
  return Object.fromEntries(files.flatMap((entry) => {
    const found = readNodePackage(entryBytes(entry).toString('utf8'))
    return found === undefined ? [] : [[entry.path, found]]
  }))
}

/** The note comes last: where it stands, the zip is whole. */
function keep(from: string, zip: string, note: ZipNote): void {
  mkdirSync(path.dirname(zip), { recursive: true })
  renameSync(from, zip)
  writeFileSync(`${from}.json`, JSON.stringify(note))
  renameSync(`${from}.json`, noteOf(zip))
}

/**
 * The note of a zip that is there, whole and what the note says: a disk that was full or a cache that was restored by half must not go
 * live.
 */
async function readNote(zip: string): Promise<ZipNote | undefined> {
  try {
    const note = JSON.parse(readFileSync(noteOf(zip), 'utf8')) as ZipNote
    if (statSync(zip).size !== note.made.size || await digestFile(zip, 'base64') !== note.made.sha256) return undefined
    touch(zip)
    touch(noteOf(zip))
    return note
  } catch {
    return undefined
  }
}

function noteOf(zip: string): string {
  return zip.replace(/\.zip$/, noteSuffix)
}

/** The zip under the function's name in the run's own folder; the cache may be cleaned meanwhile. */
function deliver(zip: string, options: PackageOptions): string {
  const place = path.join(options.workDir, `${options.functionName}.zip`)
  mkdirSync(options.workDir, { recursive: true })
  rmSync(place, { force: true })
  try {
    linkSync(zip, place)
  } catch {
    copyFileSync(zip, place)
  }
  return place
}
