import path from 'node:path'
import { UserError, type ErrorText, type Place } from '../../errors.ts'
import { distributionName } from '../python-name.ts'
import { isBuildFailure, isNetworkFailure, isRefusal, lacksPython, refusing } from './failure-signs.ts'
import type { Job } from './job.ts'
import { missingOf, type InstallerRun } from './missing.ts'
import { missingText } from './missing-text.ts'
import type { Ran } from './process.ts'
import type { Wanted } from './requirements.ts'

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
  if (lacksPython(ran)) {
    return {
      what: 'There is no Python here for uv to work with, and it could not fetch one.', why: said,
      cure: `Add a step before this one: actions/setup-python with python-version 3.${job.target.runtime.minor}.`,
      docs: 'packaging.md#python-dependencies',
    }
  }
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

const shownLines = 6

/** The end of what an installer said, without the noise. */
export function lastLines(text: string): string {
  const noise = /^$|^(?:WARNING|\[notice\])|^at .*:\d+:\d+\)?$/
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => !noise.test(line))
  return lines.slice(-shownLines).join('\n')
}
