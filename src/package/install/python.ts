import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { distributionName } from '../python-name.ts'
import { uvPlatforms, wheelPlatforms } from '../runtimes.ts'
import type { Job, PythonTarget } from './job.ts'
import { localLine, originalOf } from './local-copy.ts'
import { keepHashes, reportedLines, restoreCredentials } from './report.ts'
import type { Wanted } from './requirements.ts'
import { runInstaller } from './run-installer.ts'

const pipFlags = ['--disable-pip-version-check', '--no-input', '--no-warn-script-location']

/** Resolves what floats to lines with exact versions and hashes; what is exact already passes through. */
export async function resolve(wanted: Wanted, job: Job): Promise<Wanted> {
  if (wanted.lines.length + wanted.repositories.length + wanted.locals.length === 0) return wanted
  const file = writeLines(
    job, 'wanted.txt',
    [...wanted.options, ...wanted.lines, ...wanted.repositories, ...wanted.locals.map((local) => localLine(local, job))]
  )
  const constraints = wanted.constraints.length === 0 ? [] : ['-c', writeLines(job, 'constraints.txt', wanted.constraints)]
  const resolved = job.tool.kind === 'uv' ? await resolveWithUv([file, ...constraints], wanted, job) : await resolveWithPip([
    '-r', file, ...constraints,
  ], wanted, job)
  const lines = keepHashes(restoreCredentials(resolved, [...wanted.lines, ...wanted.repositories]), wanted.lines)
  const repositories = lines.filter((line) => /@ (?:git|hg|svn|bzr)\+/.test(line))
  const known = wanted.locals.map((local) => local.path)
  // A folder may need its neighbours by their paths, which it alone tells.
  const found = lines.flatMap((line) => / @ (file:\/\/\S+)/.exec(line)?.[1]
    ?? []).map((url) => originalOf(fileURLToPath(url.replace(/#.*$/, '')), job))
  const neighbours = [...new Set(found)].filter((place) => !known.includes(place)).map((place) => ({ path: place, extras: '', marker: '' }))
  return {
    ...wanted, locals: [...wanted.locals, ...neighbours],
    lines: lines.filter((line) => !/^(?:\.{0,2}\/|file:)| @ (?:file:|(?:git|hg|svn|bzr)\+)/.test(line)), repositories,
    constraints: [], hashed: true,
  }
}

/** Installs exact, hashed lines into an empty folder; nothing is resolved anew. */
export async function installLines(wanted: Wanted, into: string, job: Job): Promise<void> {
  if (wanted.lines.length === 0) return
  const file = writeLines(job, 'lock.txt', [...wanted.options, ...wanted.lines])
  await runInstaller(job.tool.kind === 'uv'
    // Every line is exact and hashed, so no index can slip in a stranger's file: each may be asked.
    ? uvPlatforms(job.target.runtime, job.target.architecture).map((platform) => [
      'pip', 'install', ...uvTarget(job, { into, platform }), ...uvBinary(wanted), ...uvSettings(wanted), ...uvOptions(wanted),
      '--index-strategy', 'unsafe-best-match', '--require-hashes', '-r', file,
    ])
    : pipTargets(job.target).map((target) => [
      '-m', 'pip', 'install', ...pipFlags, '--no-compile', '--target', into, ...target, '--require-hashes', '-r', file,
    ]), wanted, job)
}

/** A folder, archive or repository that is built. */
export interface SourceBuild {
  readonly requirement: string
  /** What its line says to the build, `KEY=VALUE` each. */
  readonly settings: readonly string[]
}

/**
 * Builds and installs one folder, archive or repository, alone and without its dependencies, into an empty folder; what it is built
 * with comes from the same indexes.
 */
export async function installSource(
  { requirement, settings }: SourceBuild, into: string, { wanted, job }: { readonly wanted: Wanted, readonly job: Job }
): Promise<void> {
  const [platform = ''] = uvPlatforms(job.target.runtime, job.target.architecture)
  // Settings of the command reach what the command itself names, with every pip; on a line of a list they do from 23.1 on.
  const options = settings.flatMap((setting) => [job.tool.kind === 'uv' ? '--config-setting' : '--config-settings', setting])
  const isNamed = job.tool.kind === 'pip' && settings.length > 0
  const file = writeLines(job, 'source.txt', [...wanted.options, ...(isNamed ? [] : [requirement])])
  const how = ['--no-deps', ...options, '-r', file, ...(isNamed ? [requirement] : [])]
  await runInstaller([job.tool.kind === 'uv'
    ? ['pip', 'install', ...uvTarget(job, { into, platform }), ...uvOptions(wanted), ...how]
    : ['-m', 'pip', 'install', ...pipFlags, '--no-compile', '--use-pep517', '--target', into, ...how]], wanted, job)
}

async function resolveWithUv(inputs: readonly string[], wanted: Wanted, job: Job): Promise<string[]> {
  const { runtime, architecture } = job.target
  // A folder or repository that tells its needs only when it is built (setup.py) must be allowed to; what comes from an index is held
  // to wheels when it is installed.
  const binaries = [uvBinary(wanted), ...(wanted.locals.length + wanted.repositories.length === 0 ? [] : [[]])]
  const ways = binaries.flatMap((binary) => uvPlatforms(runtime, architecture).map((platform) => ({ binary, platform })))
  const { stdout } = await runInstaller(
    ways.map(({ binary, platform }) => [
      'pip',
      'compile',
      ...inputs,
      '--python-version',
      `3.${runtime.minor}`,
      '--python-platform',
      platform,
      ...binary,
      ...uvSettings(wanted),
      ...uvOptions(wanted),
      ...uvPython(job),
      '--generate-hashes',
      '--no-header',
      '--no-annotate',
      '--quiet',
      ...uvDownloads(job),
    ]),
    wanted,
    job,
  )
  return joined(stdout)
}

async function resolveWithPip(inputs: readonly string[], wanted: Wanted, job: Job): Promise<string[]> {
  const report = path.join(job.folder, 'report.json')
  await runInstaller(
    pipTargets(job.target).map((target) => [
      '-m',
      'pip',
      'install',
      ...pipFlags,
      '--dry-run',
      '--ignore-installed',
      '--quiet',
      '--use-pep517',
      '--report',
      report,
      '--target',
      path.join(job.folder, 'none'),
      ...target,
      ...inputs,
    ]),
    wanted,
    job,
  )
  return reportedLines(report)
}

/** pip's options for the target, to be tried in this order. */
function pipTargets({ runtime, architecture }: PythonTarget): string[][] {
  const python = ['--implementation', 'cp', '--python-version', `3.${runtime.minor}`, '--only-binary=:all:']
  return wheelPlatforms(runtime, architecture).map((tags) => [...python, ...tags.flatMap((tag) => ['--platform', tag])])
}

/** What lines say to builds; where a wheel is taken it says nothing, and uv reads none of it on a line (uv issue 13375, uv 0.8.0). */
function uvSettings({ settings = [], buildable }: Wanted): string[] {
  const names = buildable.map(distributionName)
  const isBuilt = (setting: string): boolean => buildable.includes(':all:') || names.includes(setting.slice(0, setting.indexOf(':')))
  return settings.filter(isBuilt).flatMap((setting) => ['--config-settings-package', setting])
}

/** Without `--only-binary` uv would build archives for this machine and put them into a package for another (uv issue 16019). */
function uvBinary(wanted: Wanted): string[] {
  if (wanted.buildable.includes(':all:')) return (wanted.wheelsOnly ?? []).flatMap((name) => ['--only-binary', name])
  return ['--only-binary', ':all:', ...wanted.buildable.flatMap((name) => ['--no-binary', name])]
}

/** What uv passes over in a requirements file (a warning that `--quiet` swallows), as options. */
function uvOptions(wanted: Wanted): string[] {
  return wanted.options.flatMap((option) => option === '--pre' ? [
    '--prerelease', 'allow',
  ] : /^--trusted-host(?:\s+|=)(\S+)$/.exec(option)?.[1]?.split(' ').flatMap((host) => [
    '--allow-insecure-host', host,
  ]) ?? [])
}

function uvTarget(job: Job, { into, platform }: { readonly into: string, readonly platform: string }): string[] {
  return ['--target', into, '--python-version', `3.${job.target.runtime.minor}`, '--python-platform', platform,
    ...uvPython(job), '--no-compile-bytecode', '--no-installer-metadata', ...uvDownloads(job), '--link-mode', 'copy', '--quiet']
}

/** The interpreter that builds; uv looks for one on PATH alone. */
function uvPython(job: Job): string[] {
  if (job.python !== undefined) return ['--python', job.python]
  return job.fetchesPython ? ['--python', `3.${job.target.runtime.minor}`] : []
}

/** A Python is fetched only where there is none: what is there does for a package of any version. */
export function uvDownloads({ fetchesPython }: Pick<Job, 'fetchesPython'>): string[] {
  return fetchesPython ? [] : ['--no-python-downloads']
}

function writeLines(job: Job, name: string, lines: readonly string[]): string {
  const file = path.join(job.folder, name)
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

/** Joins the continued lines of a requirements text. */
export function joined(text: string): string[] {
  return text.replace(/\\\n\s*/g, ' ').split('\n').map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== ''
    && !line.startsWith('#'))
}
