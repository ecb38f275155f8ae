/** One repository as local GitHub keeps it. Tests make it, and change it while it is served. */
export interface Repository {
  /** `owner/name` */
  readonly name: string
  /** Commits from the oldest to the newest, a line for each branch; the lines share their beginnings. */
  readonly branches: Map<string, readonly string[]>
  /** By number. */
  readonly pullRequests: Map<number, PullRequest>
  readonly comments: Comment[]
  readonly deployments: Deployment[]
  /** Of the next comment or deployment; they grow. */
  nextId: number
}

/** Who holds a token. */
export interface User {
  readonly login: string
  /** `Bot` for a job's own token, and for that of any app. */
  readonly type: 'Bot' | 'User'
}

/** A comment on an issue or a pull request. */
export interface Comment {
  readonly id: number
  /** The number of the pull request. */
  readonly issue: number
  readonly user: User
  body: string
  /** In milliseconds since the epoch. */
  readonly createdAt: number
}

export type DeploymentState = 'error' | 'failure' | 'inactive' | 'in_progress' | 'queued' | 'pending' | 'success'

export interface Deployment {
  readonly id: number
  readonly sha: string
  readonly ref: string
  readonly task: string
  readonly environment: string
  readonly isTransient: boolean
  readonly isProduction: boolean
  /** From the first to the newest. */
  readonly statuses: { readonly state: DeploymentState; readonly url: string; readonly log: string }[]
}

/** A repository with commits and nothing else. */
export function makeRepository(name: string, branches: ReadonlyMap<string, readonly string[]>): Repository {
  return { name, branches: new Map(branches), pullRequests: new Map(), comments: [], deployments: [], nextId: 1001 }
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
