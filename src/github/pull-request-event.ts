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
  }
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
