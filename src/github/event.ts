import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { UserError } from '../errors.ts'
import { defined } from '../defined.ts'
import type { PullRequest } from '../service/pull-request.ts'
import { forkIn, pullRequestIn, type Fork, type Payload } from './pull-request-event.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What GitHub says about the run, as one value. */
export interface GitHubEvent {
  /** Such as `push` or `pull_request`; empty outside of GitHub. */
  readonly name: string
  /** The absolute path of the checked-out repository. */
  readonly workspace: string
  /** The commit that is deployed; for a pull request its head, not the merge commit that GITHUB_SHA names. */
  readonly sha?: string
  /** The pull request that the event is about. */
  readonly pullRequest?: PullRequest
  /** Whose commits the event is about, where they come from another repository. */
  readonly fork?: Fork
  /** Where the docs of the action at its very version lie; missing where the action runs from a local path. */
  readonly docsUrl?: string
}

/**
 * Reads the event from the variables and the file that the runner gives every step.
 * Source: docs.github.com, "Variables reference", "Events that trigger workflows".
 * @throws UserError when the event's file cannot be read
 */
export function readEvent(env: Environment): GitHubEvent {
  const payload = readPayload(env['GITHUB_EVENT_PATH'])
  const repository = env['GITHUB_REPOSITORY'] ?? ''
  const pullRequest = pullRequestIn(payload, repository)
  const sha = pullRequest?.headSha ?? env['GITHUB_SHA']
  return defined({
    name: env['GITHUB_EVENT_NAME'] ?? '', workspace: workspace(env), sha: sha === '' ? undefined : sha, pullRequest,
    fork: forkIn(payload, repository), docsUrl: docsUrl(env),
  })
}

/** The checked-out repository; the working folder where the runner names none. */
export const workspace = (env: Environment): string => env['GITHUB_WORKSPACE'] || process.cwd()

/** The folder that is emptied after the job; the system's own where the runner names none. */
export const temporaryFolder = (env: Environment): string => env['RUNNER_TEMP'] || tmpdir()

const serverUrl = (env: Environment): string => env['GITHUB_SERVER_URL'] || 'https://github.com'

/** The page of a repository, `owner/name`. */
export function repositoryUrl(env: Environment, repository: string): string {
  return `${serverUrl(env)}/${repository}`
}

/** GITHUB_ACTION_REPOSITORY and _REF name the action itself; both are empty for `uses: ./`. */
export function docsUrl(env: Environment): string | undefined {
  const { GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '' } = env
  return repository === '' || ref === '' ? undefined : `${serverUrl(env)}/${repository}/blob/${ref}/docs`
}

function readPayload(path: string | undefined): Payload {
  if (path === undefined || path === '') return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Payload
  } catch (cause) {
    throw new UserError({
      what: `The event's file ${path} cannot be read`,
      why: cause instanceof Error ? cause.message : String(cause),
      cure: 'Run this as a step of GitHub Actions, or let GITHUB_EVENT_PATH name a JSON file that can be read.',
    }, { cause })
  }
}
