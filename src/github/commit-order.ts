import { isUnknown, type GitHub, type Unknown } from './client.ts'

/** How a commit stands to another one; or why that is not known. */
export type CommitOrder = 'older' | 'not older' | { readonly unknown: string }

/** Asks GitHub which of two commits is older; about each pair once a run. */
export class CommitHistory {
  readonly #github: GitHub
  readonly #known = new Map<string, Promise<CommitOrder>>()

  constructor(github: GitHub) {
    this.#github = github
  }

  /** Whether `commit` is an ancestor of `other`, which may be shortened. Never throws. */
  order(commit: string, other: string): Promise<CommitOrder> {
    const pair = `${commit}...${other}`
    const known = this.#known.get(pair) ?? this.#ask(commit, other)
    this.#known.set(pair, known)
    return known
  }

  async #ask(commit: string, other: string): Promise<CommitOrder> {
    const answer = await this.#github.ask(async ({ rest }, repository) => {
      // GitHub REST API, "Compare two commits": `status` says how head stands to base.
      const { data } = await rest.repos.compareCommitsWithBasehead({ ...repository, basehead: `${commit}...${other}`, per_page: 1 })
      return data.status
    })
    if (isUnknown(answer)) return { unknown: reasonOf(answer) }
    return answer === 'ahead' ? 'older' : 'not older'
  }
}

function reasonOf({ unknown, status }: Unknown): string {
  return status === 404 ? `${unknown}: it knows no such commit, or the token lacks \`contents: read\`` : unknown
}
