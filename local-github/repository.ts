/** One repository as local GitHub keeps it. Tests make it, and change it while it is served. */
export interface Repository {
  /** `owner/name` */
  readonly name: string
  /** Commits from the oldest to the newest, a line for each branch; the lines share their beginnings. */
  readonly branches: Map<string, readonly string[]>
  /** By number. */
  readonly pullRequests: Map<number, PullRequest>
}

export interface PullRequest {
  readonly number: number
  readonly title: string
  readonly author: string
  state: 'open' | 'closed'
  draft: boolean
  readonly head: { ref: string; sha: string; /** `owner/name`; null once a fork is gone. */ repository: string | null }
  readonly base: { readonly ref: string; readonly sha: string }
  /** When it last changed, in milliseconds since the epoch. */
  updatedAt: number
}

/** What a pull request is made from; everything else of it has a value of its own. */
export type NewPullRequest = Pick<PullRequest, 'number'> & Partial<Pick<PullRequest, 'title' | 'author' | 'state' | 'draft'>> & {
  readonly headRef?: string
  readonly headSha?: string
  readonly headRepository?: string | null
}

/** Opens a pull request, and with it the branch that it comes from where that is one of this repository. */
export function openPullRequest(repository: Repository, made: NewPullRequest): PullRequest {
  const { number, title = `Change ${number}`, author = 'octocat', state = 'open', draft = false } = made
  const { headRef = `change-${number}`, headSha = number.toString(16).padStart(40, 'f'), headRepository = repository.name } = made
  const pullRequest: PullRequest = {
    number, title, author, state, draft, updatedAt: Date.now(),
    head: { ref: headRef, sha: headSha, repository: headRepository }, base: { ref: 'main', sha: '0'.repeat(40) },
  }
  repository.pullRequests.set(number, pullRequest)
  if (headRepository === repository.name) repository.branches.set(headRef, [headSha])
  return pullRequest
}
