import { defined } from '../defined.ts'
import type { PullRequest } from '../service/pull-request.ts'

/** The part of an event's payload that is read here (docs.github.com, "Webhook events and payloads", pull_request). */
export interface Payload {
  readonly action?: string
  readonly pull_request?: {
    readonly number?: number
    readonly title?: string
    readonly draft?: boolean
    readonly user?: { readonly login?: string } | null
    readonly head: Side
    readonly base?: Side
    readonly merge_commit_sha?: string | null
  }
  /** Of the run that another one follows (the same page, workflow_run). */
  readonly workflow_run?: { readonly head_sha?: string; readonly head_repository?: { readonly full_name?: string } | null }
}

/** Another repository whose commits an event is about. */
export interface Fork {
  /** `owner/name`; missing where it is gone. */
  readonly repository?: string
  /** Its commits that the event names. */
  readonly commits: readonly string[]
}

interface Side {
  readonly sha: string
  readonly ref?: string
  /** Null where a fork is gone. */
  readonly repo?: { readonly full_name?: string } | null
}

/** The pull request that an event is about: `pull_request`, `pull_request_target`, a review of one. */
export function pullRequestIn({ action = '', pull_request: told }: Payload, repository: string): PullRequest | undefined {
  if (told?.number === undefined) return undefined
  const headRepository = told.head.repo?.full_name
  return defined({
    number: told.number,
    action,
    title: told.title ?? '',
    headSha: told.head.sha,
    headRef: told.head.ref ?? '',
    headRepository,
    baseSha: told.base?.sha ?? '',
    baseRef: told.base?.ref ?? '',
    isFork: headRepository !== (told.base?.repo?.full_name ?? repository),
    isDraft: told.draft === true,
    author: told.user?.login ?? '',
  })
}

/** The other repository that the commits of an event come from; undefined where they are this one's. */
export function forkIn({ pull_request: told, workflow_run: run }: Payload, repository: string): Fork | undefined {
  const head = told?.head.repo ?? run?.head_repository
  if ((told === undefined && run === undefined) || head?.full_name === repository) return undefined
  const commits = [told?.head.sha, told?.merge_commit_sha, run?.head_sha].flatMap((each) => each ?? [])
  return defined({ repository: head?.full_name, commits })
}
