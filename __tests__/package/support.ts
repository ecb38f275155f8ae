import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Diagnostics, DiagnosticsError, type Diagnostic } from '../../src/diagnostics.ts'
import { UserError } from '../../src/errors.ts'
import { buildPackage, checkSources, digestInputs, openSources, type Package, type PackageOptions } from '../../src/package/index.ts'
import { silent, type Progress } from '../../src/progress.ts'
import type { CodeSpec } from '../../src/service/service.ts'

/** Files of a folder: text, bytes, a link, or something with a mode. */
export type Files = Readonly<Record<string, string | Buffer | { readonly link: string } | { readonly text: string, readonly mode: number }>>

const folders: string[] = []

/** A new folder outside the repository; `removeFolders` takes it away again. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'package-test-'))
  folders.push(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** Writes files into a folder, by default a new one, and answers it. */
export function write(files: Files, folder = newFolder()): string {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(file, content)
    else if ('link' in content) symlinkSync(content.link, file)
    else {
      writeFileSync(file, content.text)
      chmodSync(file, content.mode)
    }
  }
  return folder
}

export function codeOf(source: string, given: Partial<CodeSpec> = {}): CodeSpec {
  return { source, base: source, handler: 'app.handler', runtime: 'python3.13', architecture: 'x86_64', include: [], exclude: [], places: {}, ...given }
}

export function optionsOf(given: Partial<PackageOptions> = {}): PackageOptions {
  const folder = newFolder()
  const [cacheDir, env] = [given.cacheDir ?? path.join(folder, 'cache'), given.env ?? process.env]
  return { functionName: 'greeting', layers: [], sources: openSources({ env, cacheDir }), cacheDir, workDir: path.join(folder, 'work'), progress: silent, env, ...given }
}

/** A progress that remembers what it was told. */
export function listener(): Progress & { readonly lines: string[], readonly masked: string[] } {
  const lines: string[] = []
  const masked: string[] = []
  const take = (line: string): void => void lines.push(line)
  return { lines, masked, info: take, debug: take, warning: take, notice: take, group: (_heading, work) => work(), mask: (secret) => void masked.push(secret) }
}

/** The options of another run: what was read of the repository is read again. */
export function anotherRun(options: PackageOptions): PackageOptions {
  return { ...options, sources: openSources(options) }
}

/** Digest and build, as a deploy does. */
export async function build(code: CodeSpec, given: PackageOptions = optionsOf()): Promise<Package> {
  const options = anotherRun(given)
  return buildPackage(code, await digestInputs(code, options), options)
}

/** What a user reads of a package that is not fit: the findings of the checks before and of the build, in the order of a run. */
export async function findings(code: CodeSpec, options: PackageOptions = optionsOf()): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics()
  await checkSources([{ name: options.functionName, code, settings: { layers: options.layers } }], options, diagnostics)
  if (diagnostics.errors.length > 0) return diagnostics.all
  try {
    await build(code, options)
    return diagnostics.all
  } catch (error) {
    if (error instanceof DiagnosticsError) return [...diagnostics.all, ...error.diagnostics]
    if (error instanceof UserError) return [...diagnostics.all, { ...error.text, severity: 'error' }]
    throw error
  }
}
