import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics, DiagnosticsError, type Diagnostic } from '../diagnostics.ts'
import type { CodeSpec } from '../service/service.ts'
import { assemble } from './assemble.ts'
import { resolvedDigest } from './digest.ts'
import { shared, touch, withScratch } from './install/cache.ts'
import { installDependencies } from './install/dependencies.ts'
import type { Installed } from './install/python-dependencies.ts'
import { largestOf } from './inspect/largest.ts'
import { buildPrebuilt } from './prebuilt.ts'
import { runtimeOf } from './runtimes.ts'
import { totalSize } from './tree/entry.ts'
import type { InputDigest, Package, PackageOptions } from './types.ts'
import { writeZip } from './zip/write.ts'

/** What the cache keeps beside a zip. */
interface ZipNote extends Omit<Package, 'path' | 'reused'> {
  readonly warnings: readonly Diagnostic[]
}

/**
 * Installs, collects, checks and zips; or takes the zip from the cache when one was made from the same inputs. Functions that share all
 * that goes in share one install and one zip. Throws DiagnosticsError with everything that is wrong with the package.
 */
export async function buildPackage(code: CodeSpec, inputs: InputDigest, options: PackageOptions): Promise<Package> {
  if (code.package !== undefined) return buildPrebuilt(code, inputs, options)
  const installed = inputs.dependencies === undefined ? undefined : await installFor(code, inputs, options)
  const digest = inputs.pinned || installed === undefined ? inputs.digest : resolvedDigest(inputs, installed.key)
  const zip = path.join(options.cacheDir, 'zips', `${digest}.zip`)
  const { note, reused } = await shared(zip, () => zipFor({ code, digest, zip, installed }, options))
  for (const warning of note.warnings) options.progress.warning(warning.what)
  const { warnings: _shown, ...facts } = note
  return { ...facts, path: deliver(zip, options), reused }
}

/** A pinned zip in the cache needs no install; then the dependencies are not even looked at. */
async function installFor(code: CodeSpec, inputs: InputDigest, options: PackageOptions): Promise<Installed | undefined> {
  if (inputs.pinned && existsSync(path.join(options.cacheDir, 'zips', `${inputs.digest}.json`))) return undefined
  return installDependencies(code, inputs, options)
}

interface ZipRequest {
  readonly code: CodeSpec
  readonly digest: string
  readonly zip: string
  readonly installed: Installed | undefined
}

async function zipFor(request: ZipRequest, options: PackageOptions): Promise<{ readonly note: ZipNote, readonly reused: boolean }> {
  const cached = readNote(request.zip)
  if (cached !== undefined) return { note: cached, reused: true }
  return withScratch(options.cacheDir, async (folder) => {
    const diagnostics = new Diagnostics()
    for (const warning of request.installed?.warnings ?? []) diagnostics.warning(warning)
    const entries = await assemble({ code: request.code, runtime: runtimeOf(request.code), folder, diagnostics, ...(request.installed === undefined ? {} : { installed: request.installed }) }, options)
    if (diagnostics.errors.length > 0) throw new DiagnosticsError(diagnostics.all)
    const written = await writeZip(path.join(folder, 'package.zip'), entries)
    const note: ZipNote = {
      ...written, unzippedSize: totalSize(entries), files: entries.length, inputDigest: request.digest, largest: largestOf(entries),
      resolved: request.installed?.resolved ?? [], warnings: diagnostics.warnings,
    }
    keep(path.join(folder, 'package.zip'), request.zip, note)
    return { note, reused: false }
  })
}

/** The note comes last: where it stands, the zip is whole. */
function keep(from: string, zip: string, note: ZipNote): void {
  mkdirSync(path.dirname(zip), { recursive: true })
  renameSync(from, zip)
  writeFileSync(`${from}.json`, JSON.stringify(note))
  renameSync(`${from}.json`, noteOf(zip))
}

function readNote(zip: string): ZipNote | undefined {
  if (!existsSync(zip) || !existsSync(noteOf(zip))) return undefined
  touch(zip)
  touch(noteOf(zip))
  return JSON.parse(readFileSync(noteOf(zip), 'utf8')) as ZipNote
}

function noteOf(zip: string): string {
  return zip.replace(/\.zip$/, '.json')
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
