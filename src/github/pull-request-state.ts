import { defined } from '../defined.ts'
import { isUnknown, type GitHub, type Unknown } from './client.ts'

/** A pull request as it is now. */
export interface PullRequestState {
  readonly isOpen: boolean
  readonly headRef: string
  /** `owner/name`; missing where the fork that it came from is gone. */
  readonly headRepository?: string
  readonly baseRef: string
}

/** Asks for it (GitHub REST API, "Get a pull request"; it needs `pull-requests: read`). */
export async function readPullRequest(github: GitHub, number: number): Promise<PullRequestState | Unknown> {
  return github.ask(async ({ rest }, repository) => {
    const { data } = await rest.pulls.get({ ...repository, pull_number: number })
    // The fork may be gone, whatever the types of the client say.
    const headRepository = (data.head.repo as typeof data.head.repo | null)?.full_name
    return defined({ isOpen: data.state === 'open', headRef: data.head.ref, headRepository, baseRef: data.base.ref })
  })
}

/**
 * Whether the branch of an open pull request is gone. GitHub closes one whose branch is deleted, but not one whose fork is. A branch that
 * is not found counts only where its base is: a token that may not read contents finds none.
 */
export async function isBranchGone(
  github: GitHub, repository: string, { headRef, headRepository, baseRef }: PullRequestState,
): Promise<boolean> {
  if (headRepository === undefined) return true
  if (headRepository !== repository) return false
  return (await isThere(github, headRef)) === false && (await isThere(github, baseRef)) === true
}

/** GitHub REST API, "Get a reference"; it needs `contents: read`. Undefined where GitHub does not say. */
async function isThere(github: GitHub, branch: string): Promise<boolean | undefined> {
  const answer = await github.ask(async ({ rest }, repository) => rest.git.getRef({ ...repository, ref: `heads/${branch}` }))
  if (!isUnknown(answer)) return true
  return answer.status === 404 ? false : undefined
}
