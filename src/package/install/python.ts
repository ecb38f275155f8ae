import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { uvPlatforms, wheelPlatforms } from '../runtimes.ts'
import { installFailure, isMissingWheel, isNetworkFailure, isRefusedBuild } from './failure.ts'
import type { Job, PythonTarget } from './job.ts'
import { isOfPackage } from './local-folder.ts'
import type { Failed } from './missing.ts'
import { runWithRetry, type Ran } from './process.ts'
import { keepHashes, reportedLines, restoreCredentials } from './report.ts'
import type { LocalRequirement, Wanted } from './requirements.ts'

const pipFlags = ['--disable-pip-version-check', '--no-input', '--no-warn-script-location']

/** Resolves what floats to lines with exact versions and hashes; what is exact already passes through. */
export async function resolve(wanted: Wanted, job: Job): Promise<Wanted> {
  if (wanted.lines.length + wanted.repositories.length + wanted.locals.length === 0) return wanted
  const file = writeLines(job, 'wanted.txt', [...wanted.options, ...wanted.lines, ...wanted.repositories, ...wanted.locals.map((local) => localLine(local, job))])
  const constraints = wanted.constraints.length === 0 ? [] : ['-c', writeLines(job, 'constraints.txt', wanted.constraints)]
  const resolved = job.tool.kind === 'uv' ? await resolveWithUv([file, ...constraints], wanted, job) : await resolveWithPip(['-r', file, ...constraints], wanted, job)
  const lines = keepHashes(restoreCredentials(resolved, [...wanted.lines, ...wanted.repositories]), wanted.lines)
  const repositories = lines.filter((line) => /@ (?:git|hg|svn|bzr)\+/.test(line))
  return { ...wanted, lines: lines.filter((line) => !/^(?:\.{0,2}\/|file:)| @ (?:file:|(?:git|hg|svn|bzr)\+)/.test(line)), repositories, constraints: [], hashed: true }
}

/** Installs exact, hashed lines into an empty folder; nothing is resolved anew. */
export async function installLines(wanted: Wanted, into: string, job: Job): Promise<void> {
  if (wanted.lines.length === 0) return
  const file = writeLines(job, 'lock.txt', [...wanted.options, ...wanted.lines])
  await must(job.tool.kind === 'uv'
    // Every line is exact and hashed, so no index can slip in a stranger's file: each may be asked.
    ? uvPlatforms(job.target.runtime, job.target.architecture).map((platform) => ['pip', 'install', ...uvTarget(job, { into, platform }), ...uvBinary(wanted), ...uvOptions(wanted), '--index-strategy', 'unsafe-best-match', '--require-hashes', '-r', file])
    : pipTargets(job.target).map((target) => ['-m', 'pip', 'install', ...pipFlags, '--no-compile', '--target', into, ...target, '--require-hashes', '-r', file]), wanted, job)
}

/** Builds and installs one folder, archive or repository, alone and without its dependencies, into an empty folder; what it is built with comes from the same indexes. */
export async function installSource(requirement: string, into: string, { wanted, job }: { readonly wanted: Wanted, readonly job: Job }): Promise<void> {
  const [platform = ''] = uvPlatforms(job.target.runtime, job.target.architecture)
  const file = writeLines(job, 'source.txt', [...wanted.options, requirement])
  await must([job.tool.kind === 'uv'
    ? ['pip', 'install', ...uvTarget(job, { into, platform }), ...uvOptions(wanted), '--no-deps', '-r', file]
    : ['-m', 'pip', 'install', ...pipFlags, '--no-compile', '--target', into, '--no-deps', '-r', file]], wanted, job)
}

/** A requirement for a copy of the folder: building in place would leave `build/` and `*.egg-info` in the user's tree. */
export function localLine(local: LocalRequirement, job: Job): string {
  const copy = path.join(job.folder, 'local', local.path.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-100), path.basename(local.path))
  rmSync(path.dirname(copy), { recursive: true, force: true })
  mkdirSync(path.dirname(copy), { recursive: true })
  if (!statSync(local.path).isDirectory()) cpSync(local.path, copy)
  else cpSync(local.path, copy, { recursive: true, filter: (from) => from === local.path || isOfPackage(from, local.path) })
  return `${copy}${local.extras}${local.marker === '' ? '' : ` ; ${local.marker}`}`
}

async function resolveWithUv(inputs: readonly string[], wanted: Wanted, job: Job): Promise<string[]> {
  const { runtime, architecture } = job.target
  // A folder or repository that tells its needs only when it is built (setup.py) must be allowed to; what comes from an index is held to wheels when it is installed.
  const binaries = [uvBinary(wanted), ...(wanted.locals.length + wanted.repositories.length === 0 ? [] : [[]])]
  const ways = binaries.flatMap((binary) => uvPlatforms(runtime, architecture).map((platform) => ({ binary, platform })))
  const { stdout } = await must(ways.map(({ binary, platform }) => ['pip', 'compile', ...inputs, '--python-version', `3.${runtime.minor}`,
    '--python-platform', platform, ...binary, ...uvOptions(wanted), ...uvPython(job), '--generate-hashes', '--no-header', '--no-annotate', '--quiet', '--no-python-downloads']), wanted, job)
  return joined(stdout)
}

async function resolveWithPip(inputs: readonly string[], wanted: Wanted, job: Job): Promise<string[]> {
  const report = path.join(job.folder, 'report.json')
  await must(pipTargets(job.target).map((target) => ['-m', 'pip', 'install', ...pipFlags, '--dry-run', '--ignore-installed', '--quiet', '--report', report,
    '--target', path.join(job.folder, 'none'), ...target, ...inputs]), wanted, job)
  return reportedLines(report)
}

/** Runs the first way of several that works; the error is the last one's. */
async function must(ways: readonly (readonly string[])[], wanted: Wanted, job: Job): Promise<Ran> {
  let last: Ran | undefined
  for (const args of ways) {
    last = await runWithRetry(job.tool.program, [...args, ...(job.tool.kind === 'pip' ? ['--log', pipLog(job)] : [])], { cwd: job.folder, env: job.env, hide: job.hide, onLine: (line) => job.options.progress.debug(line), passing: isNetworkFailure })
    if (last.code === 0) return last
    if (!isMissingWheel(last) && !isRefusedBuild(last)) break
  }
  throw installFailure(job.tool.kind === 'pip' ? withLog(last as Ran, job) : last as Ran, wanted, job)
}

function pipLog(job: Job): string {
  return path.join(job.folder, 'pip.log')
}

/** An index that refuses the credentials is to pip one without the package, a package without a wheel one without versions, and what git says is not shown: only its log knows better. */
function withLog(ran: Ran, job: Job): Failed {
  const log = existsSync(pipLog(job)) ? readFileSync(pipLog(job), 'utf8') : ''
  const refusals = log.split('\n').flatMap((line) => /Could not fetch URL .*: 40[13] .*|\bfatal: .*/.exec(line)?.[0] ?? [])
  return { ...ran, log, stderr: `${job.hide([...new Set(refusals)].join('\n'))}\n${ran.stderr}` }
}

/** pip's options for the target, to be tried in this order. */
function pipTargets({ runtime, architecture }: PythonTarget): string[][] {
  const python = ['--implementation', 'cp', '--python-version', `3.${runtime.minor}`, '--only-binary=:all:']
  return wheelPlatforms(runtime, architecture).map((tags) => [...python, ...tags.flatMap((tag) => ['--platform', tag])])
}

/** Without `--only-binary` uv would build archives for this machine and put them into a package for another (uv issue 16019). */
function uvBinary(wanted: Wanted): string[] {
  return wanted.buildable.includes(':all:') ? [] : ['--only-binary', ':all:', ...wanted.buildable.flatMap((name) => ['--no-binary', name])]
}

/** What uv passes over in a requirements file (a warning that `--quiet` swallows), as options. */
function uvOptions(wanted: Wanted): string[] {
  return wanted.options.flatMap((option) => option === '--pre' ? ['--prerelease', 'allow'] : /^--trusted-host(?:\s+|=)(\S+)$/.exec(option)?.[1]?.split(' ').flatMap((host) => ['--allow-insecure-host', host]) ?? [])
}

function uvTarget(job: Job, { into, platform }: { readonly into: string, readonly platform: string }): string[] {
  return ['--target', into, '--python-version', `3.${job.target.runtime.minor}`, '--python-platform', platform,
    ...uvPython(job), '--no-compile-bytecode', '--no-installer-metadata', '--no-python-downloads', '--link-mode', 'copy', '--quiet']
}

/** The interpreter that builds; uv looks for one on PATH alone. */
function uvPython(job: Job): string[] {
  return job.python === undefined ? [] : ['--python', job.python]
}

function writeLines(job: Job, name: string, lines: readonly string[]): string {
  const file = path.join(job.folder, name)
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

/** Joins the continued lines of a requirements text. */
export function joined(text: string): string[] {
  return text.replace(/\\\n\s*/g, ' ').split('\n').map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== '' && !line.startsWith('#'))
}
