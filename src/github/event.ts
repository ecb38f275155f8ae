import { readFileSync } from 'node:fs'
import { UserError } from '../errors.ts'

/** What GitHub says about the run, as one value. */
export interface GitHubEvent {
  /** `push`, `pull_request`, `workflow_dispatch`, ... */
  readonly name: string
  /** The event's own action, such as `opened` or `closed`. */
  readonly action?: string
  /** `owner/name` */
  readonly repository: string
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

/** The part of the event's payload that is read here. */
interface Payload {
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
 * @throws UserError when the repository is unknown: it marks what we own in AWS
 */
export function readEvent(env: Readonly<Record<string, string | undefined>>): GitHubEvent {
  const repository = env['GITHUB_REPOSITORY']
  if (repository === undefined || repository === '') {
    throw new UserError({
      what: 'The repository is unknown',
      why: 'GITHUB_REPOSITORY is not set; everything that is made in AWS is tagged with it',
      cure: 'Run the action in a GitHub workflow, or set GITHUB_REPOSITORY to owner/name',
    })
  }
  const payload = readPayload(env['GITHUB_EVENT_PATH'])
  const serverUrl = env['GITHUB_SERVER_URL'] ?? 'https://github.com'
  const sha = payload.pull_request?.head.sha ?? env['GITHUB_SHA']
  return {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    ...(payload.action === undefined ? {} : { action: payload.action }),
    repository,
    ...(sha === undefined || sha === '' ? {} : { sha }),
    ref: env['GITHUB_REF'] ?? '',
    serverUrl,
    ...(payload.pull_request === undefined ? {} : { pullRequest: pullRequestOf(payload.pull_request, repository) }),
    ...(env['GITHUB_RUN_ID'] === undefined ? {} : { runUrl: `${serverUrl}/${repository}/actions/runs/${env['GITHUB_RUN_ID']}` }),
    ...docsUrl(env, serverUrl),
  }
}

function pullRequestOf(found: NonNullable<Payload['pull_request']>, repository: string): PullRequest {
  // A fork that was deleted since has no repository any more.
  const isFork = found.head.repo?.full_name !== repository
  return { number: found.number, headRef: found.head.ref, baseRef: found.base.ref, isFork }
}

/** GITHUB_ACTION_REPOSITORY and _REF name the action itself; both are empty for `uses: ./`. */
function docsUrl(env: Readonly<Record<string, string | undefined>>, serverUrl: string): { readonly docsUrl?: string } {
  const { GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '' } = env
  return repository === '' || ref === '' ? {} : { docsUrl: `${serverUrl}/${repository}/blob/${ref}/docs` }
}

function readPayload(path: string | undefined): Payload {
  if (path === undefined || path === '') return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Payload
  } catch (cause) {
    throw new UserError({ what: `The event's file ${path} cannot be read`, why: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}
