import type { components } from '@octokit/openapi-types'
import { notFound, type Endpoint } from './endpoint.ts'
import type { PullRequest } from './repository.ts'

type Whole = components['schemas']['pull-request']
type Side = { readonly ref: string; readonly sha: string; readonly label: string; readonly repo: { readonly full_name: string } | null }

/** The members that clients read. `head.repo` is null where a fork is gone, also where the description of the API says that it never is. */
type Answered = Pick<Whole, 'number' | 'state' | 'title' | 'draft' | 'updated_at' | 'closed_at' | 'merged'> & {
  readonly user: { readonly login: string }
  readonly head: Side
  readonly base: Side
}

/**
 * "Get a pull request" (docs.github.com, REST API endpoints for pull requests). Its table of permissions asks for `pull-requests: read`;
 * for public repositories none is needed, which is not modelled.
 */
export const pullRequestEndpoint: Endpoint = {
  method: 'GET',
  path: /^\/pulls\/(\d+)$/,
  needs: [['pull-requests', 'read'], ['contents', 'read']],
  answer: ({ repository, caught: [number] }) => {
    const found = repository.pullRequests.get(Number(number))
    return found === undefined ? notFound('pulls/pulls#get-a-pull-request') : { status: 200, body: pullRequestBody(found, repository.name) }
  },
}

/** A pull request as answers and events have it. */
export function pullRequestBody({ number, state, title, draft, author, head, base, updatedAt }: PullRequest, repository: string): Answered {
  const updated = new Date(updatedAt).toISOString()
  const side = ({ ref, sha }: { ref: string; sha: string }, name: string | null): Side =>
    ({ ref, sha, label: `${name?.split('/')[0] ?? 'unknown'}:${ref}`, repo: name === null ? null : { full_name: name } })
  return {
    number, state, title, draft, updated_at: updated, closed_at: state === 'closed' ? updated : null, merged: false,
    user: { login: author }, head: side(head, head.repository), base: side(base, repository),
  }
}
