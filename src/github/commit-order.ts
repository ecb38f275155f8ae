import { refuseCancelled } from '../cancellation.ts'

/** How a commit stands to another one; or why that is not known. */
export type CommitOrder = 'older' | 'not older' | { readonly unknown: string }

/** Which repository is asked, and with what. */
export interface CommitSource {
  /** `owner/name`. */
  readonly repository: string
  /** Missing where the workflow gives none. */
  readonly token: string | undefined
}

/** Milliseconds; a deploy does not wait longer for what is a warning at most. */
const patience = 10_000

/** Asks GitHub which of two commits is older; about each pair once a run. */
export class CommitHistory {
  readonly #source: CommitSource
  readonly #known = new Map<string, Promise<CommitOrder>>()

  constructor(source: CommitSource) {
    this.#source = source
  }

  /** Whether `commit` is an ancestor of `other`, which may be shortened. Never throws. */
  order(commit: string, other: string): Promise<CommitOrder> {
    const pair = `${commit}...${other}`
    const known = this.#known.get(pair) ?? this.#ask(commit, other)
    this.#known.set(pair, known)
    return known
  }

  async #ask(commit: string, other: string): Promise<CommitOrder> {
    const { repository, token } = this.#source
    const [owner = '', repo = ''] = repository.split('/')
    if (token === undefined) return { unknown: 'the input `github-token` is empty' }
    refuseCancelled()
    try {
      const { getOctokit } = await import('@actions/github')
      const octokit = getOctokit(token)
      // GitHub REST API, "Compare two commits": `status` says how head stands to base.
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
        owner, repo, basehead: `${commit}...${other}`, per_page: 1, request: { signal: AbortSignal.timeout(patience) },
      })
      return data.status === 'ahead' ? 'older' : 'not older'
    } catch (error) {
      return { unknown: reasonOf(error) }
    }
  }
}

function reasonOf(error: unknown): string {
  const { status, message = String(error) } = error as { readonly status?: number; readonly message?: string }
  const [first = ''] = message.split('\n')
  if (status === 404) return `GitHub answered 404 (${first}): it knows no such commit, or the token lacks \`contents: read\``
  return status === undefined ? first : `GitHub answered ${status} (${first})`
}
