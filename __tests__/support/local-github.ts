import { makeRepository } from '../../local-github/repository.ts'
import { startLocalGitHub as start, type LocalGitHub } from '../../local-github/server.ts'

export type { LocalGitHub }

interface History {
  readonly repository: string
  readonly token: string
  /** Commits from the oldest to the newest, a line for each branch; the lines share their beginnings. */
  readonly branches: readonly (readonly string[])[]
}

/** GitHub's API of a repository that has commits and nothing else. */
export function startLocalGitHub({ repository, token, branches }: History): Promise<LocalGitHub> {
  const named = new Map(branches.map((commits, index) => [index === 0 ? 'main' : `branch-${index}`, commits]))
  return start({ token, repository: makeRepository(repository, named) })
}
