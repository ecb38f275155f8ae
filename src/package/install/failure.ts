import path from 'node:path'
import { UserError, type ErrorText, type Place } from '../../errors.ts'
import { distributionName } from '../python-name.ts'
import type { Job } from './job.ts'
import { missingOf, type InstallerRun } from './missing.ts'
import { missingText } from './missing-text.ts'
import type { Ran } from './process.ts'
import type { Wanted } from './requirements.ts'

/** What pip, uv, npm and git say of an index that does not answer as one. */
const network = new RegExp(
  [
    'Temporary failure in name resolution|Name or service not known|Could not resolve host|dns error',
    'Connection (?:refused|reset|aborted|timed out)|Failed to connect to|tcp connect error|error sending request|NewConnectionError',
    'Read timed out|ReadTimeoutError|ConnectTimeout|operation timed out|Max retries exceeded',
    '(?:429|5\\d\\d) (?:(?:Server|Client) Error|Internal Server Error|Too Many Requests|Bad Gateway|Service Unavailable|Gateway)',
    'status (?:code|server error)[ (]+(?:429|5\\d\\d)',
    'ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|UnknownIssuer',
  ].join('|'),
  'i',
)
/** Node's own names, as they are written: names of Python's errors may hold the same letters. */
const networkCodes = /\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL)\b/
/** What pip and uv say when the code of a package that they build has failed. */
const buildFailure = new RegExp([
  'Failed to build |build backend returned an error|Call to `[^`]+` failed',
  'subprocess-exited-with-error|metadata-generation-failed|Failed building wheel|did not run successfully',
].join('|'))
/** The build has not begun: what it needs itself could not be had. */
const buildNeeds = /build-system\.requires|install build dependencies/
/** pip runs git as it runs a build, and tells of its failure in the same words. */
const gitFailure = /× git (?:clone|fetch|checkout|ls-remote|submodule|rev-parse)\b.* did not run successfully/
/** What pip, uv, npm and git say of an index that wants other credentials. */
const refused = new RegExp([
  '\\b40[13] (?:Client Error|Unauthorized|Forbidden)|error 40[13] while|status code 40[13]|\\bE40[13]\\b|ERR_PNPM_FETCH_40[13]',
  '\\bGET \\S+ - 40[13]\\b|Invalid authentication',
  'Unauthorized|lack of valid authentication|requested URL returned error: 40[13]|Authentication failed',
  'could not read (?:Username|Password)',
].join('|'), 'i')

/** Whether an installer failed because the index could not be reached, so that another try may help. */
export function isNetworkFailure(ran: Ran): boolean {
  return !isBuildFailure(ran) && (network.test(ran.stderr) || networkCodes.test(ran.stderr))
}

/** Whether it failed in the code of a package that it built, whatever that code says. */
function isBuildFailure({ stderr }: Ran): boolean {
  return buildFailure.test(stderr) && !buildNeeds.test(stderr) && !gitFailure.test(stderr) && !isRefusedBuild({ stderr })
}

/** Whether it failed because the index has no wheel for the target, or may have none. */
export function isMissingWheel(ran: Ran): boolean {
  return ['wheel', 'either'].includes(missingOf(ran)?.lacks ?? '')
}

/** Whether uv stopped at a source that it was not allowed to build. */
export function isRefusedBuild({ stderr }: Pick<Ran, 'stderr'>): boolean {
  return /Building source distributions(?: for `[^`]+`)? is disabled/.test(stderr)
}

/** A package has nothing that fits the target; others may have nothing, either. */
export class UnfitError extends UserError {
  readonly distribution: string

  constructor(text: ErrorText, distribution: string) {
    super(text)
    this.distribution = distribution
  }
}

/** An installer's failure as one readable error. */
export function installFailure(ran: InstallerRun, wanted: Wanted, job: Job): UserError {
  const error = failureOf(ran, wanted, job)
  const missing = isBuildFailure(ran) || isNetworkFailure(ran) || isRefusal(ran.stderr) ? undefined : missingOf(ran)
  return missing === undefined ? error : new UnfitError(error.text, distributionName(missing.name))
}

function failureOf(ran: InstallerRun, wanted: Wanted, job: Job): UserError {
  const file = wanted.files[0]
  const said = lastLines(ran.stderr)
  const place = placeIn(ran, wanted) ?? (file === undefined ? undefined : { file })
  return new UserError({
    ...failureText(ran, { wanted, job, said: inUsersWords(said, wanted, job) }),
    ...(place === undefined ? {} : { place }),
  })
}

interface Circumstances {
  readonly wanted: Wanted
  readonly job: Job
  /** The end of what the installer said. */
  readonly said: string
}

function failureText(ran: InstallerRun, { wanted, job, said }: Circumstances): ErrorText {
  const file = wanted.files[0]
  if (isBuildFailure(ran)) return buildFailureText(ran, { wanted, job, said })
  if (isNetworkFailure(ran)) {
    return {
      what: 'The package index could not be reached.', why: said,
      cure: 'Run the job again; behind a proxy or with an index of your own, check HTTPS_PROXY and the index settings of the step.',
    }
  }
  if (isRefusal(ran.stderr)) {
    return {
      what: `The ${/\bfatal: /.test(ran.stderr) ? 'repository' : 'package index'}${refusing(ran.stderr)} refused the credentials.`,
      why: said,
      docs: 'packaging.md#private-indexes',
      cure: "Check the user and password (percent-encoded in a URL) in the step's PIP_INDEX_URL, PIP_EXTRA_INDEX_URL or UV_INDEX, "
        + 'in pip.conf or .netrc.',
    }
  }
  if (/Cannot find command 'git'|Git executable not found/i.test(ran.stderr)) {
    const repository = wanted.repositories[0] === undefined ? 'a repository' : job.hide(wanted.repositories[0])
    return {
      what: `git is not here to fetch ${repository}.`, why: said,
      cure: 'Run the job on a runner with git, or ask for a released version of the package.',
    }
  }
  if (ran.untrusted !== undefined) {
    return {
      what: `The package index ${ran.untrusted} is not asked, because it speaks HTTP without TLS.`,
      why: said,
      docs: 'packaging.md#private-indexes',
      cure: `Name it with https, or trust it: a line \`--trusted-host ${ran.untrusted}\` in the list, `
        + "or PIP_TRUSTED_HOST in the step's env.",
    }
  }
  const missing = missingOf(ran)
  if (missing !== undefined) return missingText(missing, { job, file, said })
  if (/DO NOT MATCH THE HASHES|Hash mismatch for/.test(ran.stderr)) {
    const package_ = /Hash mismatch for `([^`]+)`/.exec(ran.stderr)?.[1] ?? /\n\s*(\S+==\S+) from /.exec(ran.stderr)?.[1] ?? 'a package'
    return {
      what: `The index gives another file for ${package_} than ${file === undefined ? 'the list' : path.basename(file)} has the hash of.`,
      why: said, docs: 'packaging.md#python-dependencies',
      cure: 'Where the list is yours, make it again with its tool (`uv lock`, `pip-compile --generate-hashes`, `pipenv lock`, ...) and '
        + 'look at what changed; where the file comes from a mirror or an index of your own, look why it is another.',
    }
  }
  return {
    what: `Installing the Python packages with ${job.tool.kind} failed.`, why: said,
    cure: 'Fix what the installer names; the debug log has its whole output.',
  }
}

/** The build's own last words say more than the installer's trailer. */
function buildFailureText(ran: InstallerRun, { wanted, job, said }: Circumstances): ErrorText {
  const build = ran.build === undefined || ran.build.length === 0
    ? said
    : inUsersWords(ran.build.slice(-shownLines).join('\n'), wanted, job)
  const module = /ModuleNotFoundError: No module named '([^'.]+)/.exec(build)?.[1]
  const [only, other] = [...wanted.locals.map((local) => local.path), ...wanted.repositories.map((line) => job.hide(line))]
  const named = /Failed to build `([^`]+)`/.exec(ran.stderr)?.[1] ?? /Failed building wheel for (\S+)/.exec(ran.stderr)?.[1]
    ?? (other === undefined ? only : undefined)
  const name = named === undefined ? undefined : inUsersWords(named, wanted, job).replace('file://', '')
  return {
    what: name === undefined ? `A package that ${job.tool.kind} builds here failed to build.` : `${name} failed to build.`,
    why: build,
    cure:
      module === undefined
        ? 'Fix what the build names; the debug log has its whole output.'
        : `Its build needs \`${module}\`: name the package that brings it in \`[build-system] requires\` of its pyproject.toml`
          + `${module === 'pkg_resources' ? ' (`setuptools<81` has pkg_resources)' : ''}.`,
    docs: 'packaging.md#no-wheel',
  }
}

/** Files that are made for the installer, in their names' order of lines. */
const madeFile = /(?:\S*\/)?(?:wanted|constraints|lock|source|exported)\.txt/

/** Paths of scratch are told as the user's own. */
function inUsersWords(text: string, wanted: Wanted, job: Job): string {
  const [file] = wanted.files
  const places = file === undefined ? text : text.replace(new RegExp(`${madeFile.source}(?::\\d+)*`, 'g'), path.basename(file))
  return [...job.copies].reduce((rest, [copy, original]) => rest.replaceAll(copy, original), places).replaceAll(`${job.folder}/`, '')
}

/** The user's line that an installer means by a line of the list which was made for it. */
function placeIn({ stderr }: Ran, { places }: Wanted): Place | undefined {
  // uv shows the line with marks below it, pip quotes it.
  const line = /\n\s*`?([^`\n]+?)`?\n\s*\^+/.exec(stderr)?.[1]
    ?? /(?:Invalid requirement: |requirement: )['"]?([^'"\n]+?)['"]?(?: \(from|\n|:|$)/.exec(stderr)?.[1]
  const named = missingOf({ code: 1, stdout: '', stderr })?.name
  const found = [...places ?? []].find(([text]) => text === line)
    ?? [...places ?? []].find(([text]) => named !== undefined && distributionName(nameIn(text)) === distributionName(named))
  return found?.[1]
}

/** The name that a requirement line begins with. */
export function nameIn(line: string): string {
  return /^[A-Za-z0-9._-]+/.exec(line)?.[0] ?? ''
}

/** ` https://host/simple/`, as far as the text names what was asked; user and password left out. */
export function refusing(text: string): string {
  const line = text.split('\n').find((each) => refused.test(each) && /https?:\/\//.test(each))
  const url = /https?:\/\/[^\s)`'"]+/.exec(line ?? '')?.[0].replace(/\/\/[^/]*@/, '//').replace(/[:,.]+$/, '')
  return url === undefined ? '' : ` ${url}`
}

/** Whether it failed because of credentials. */
export function isRefusal(text: string): boolean {
  return refused.test(text)
}

const shownLines = 6

/** The end of what an installer said, without the noise. */
export function lastLines(text: string): string {
  const noise = /^$|^(?:WARNING|\[notice\])|^at .*:\d+:\d+\)?$/
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => !noise.test(line))
  return lines.slice(-shownLines).join('\n')
}
