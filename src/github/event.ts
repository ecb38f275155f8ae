import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { UserError } from '../errors.ts'
import { defined } from '../defined.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What GitHub says about the run, as one value. */
export interface GitHubEvent {
  /** `push`, `pull_request`, `workflow_dispatch`, ... */
  readonly name: string
  /** The event's own action, such as `opened` or `closed`. */
  readonly action?: string
  /** What GitHub sent with the event. */
  readonly payload: Payload
  /** The absolute path of the checked-out repository. */
  readonly workspace: string
  /** `owner/name`; missing outside of GitHub. */
  readonly repository?: string
  /** The commit that is deployed; for a pull request its head, not the merge commit that GITHUB_SHA names. */
  readonly sha?: string
  /** `refs/heads/main`, `refs/pull/7/merge`, ... */
  readonly ref: string
  /** `https://github.com`, or the server of a GitHub Enterprise. */
  readonly serverUrl: string
  readonly pullRequest?: PullRequest
  /** The page of this workflow run. */
  readonly runUrl?: string
  /** Where the docs of the action at its very version lie; missing where the action runs from a local path. */
  readonly docsUrl?: string
}

export interface PullRequest {
  readonly number: number
  readonly headRef: string
  readonly baseRef: string
  /** Whether it comes from another repository, which gets no secrets. */
  readonly isFork: boolean
}

/** The part of an event's payload that is read here. */
export interface Payload {
  readonly action?: string
  readonly pull_request?: {
    readonly number: number
    readonly head: { readonly sha: string; readonly ref: string; readonly repo: { readonly full_name: string } | null }
    readonly base: { readonly ref: string }
  }
}

/**
 * Reads the event from the variables and the file that the runner gives every step.
 * Source: docs.github.com, "Variables reference", "Events that trigger workflows".
 * @throws UserError when the event's file cannot be read
 */
export function readEvent(env: Environment): GitHubEvent {
  const payload = readPayload(env['GITHUB_EVENT_PATH'])
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  const server = serverUrl(env)
  const sha = payload.pull_request?.head.sha ?? env['GITHUB_SHA']
  return defined({
    name: env['GITHUB_EVENT_NAME'] ?? '',
    payload,
    workspace: workspace(env),
    action: payload.action,
    repository,
    sha: sha === '' ? undefined : sha,
    ref: env['GITHUB_REF'] ?? '',
    serverUrl: server,
    pullRequest: payload.pull_request === undefined ? undefined : pullRequestOf(payload.pull_request, repository),
    runUrl: repository === undefined || run === undefined ? undefined : `${server}/${repository}/actions/runs/${run}`,
    docsUrl: docsUrl(env),
  })
}

/** The checked-out repository; the working folder where the runner names none. */
export const workspace = (env: Environment): string => env['GITHUB_WORKSPACE'] || process.cwd()

/** The folder that is emptied after the job; the system's own where the runner names none. */
export const temporaryFolder = (env: Environment): string => env['RUNNER_TEMP'] || tmpdir()

const serverUrl = (env: Environment): string => env['GITHUB_SERVER_URL'] || 'https://github.com'

function pullRequestOf(found: NonNullable<Payload['pull_request']>, repository: string | undefined): PullRequest {
  // A fork that was deleted since has no repository any more.
  const isFork = found.head.repo?.full_name !== repository
  return { number: found.number, headRef: found.head.ref, baseRef: found.base.ref, isFork }
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
