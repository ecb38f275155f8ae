import { pullRequestBody } from './pull-requests.ts'
import type { PullRequest, Repository } from './repository.ts'

/** An event as GitHub writes it into the file that GITHUB_EVENT_PATH names, with the members that are read. */
export function pullRequestEvent(repository: Repository, { number }: Pick<PullRequest, 'number'>, action: string): object {
  const found = repository.pullRequests.get(number)
  if (found === undefined) throw new Error(`there is no pull request ${number}`)
  const [owner] = repository.name.split('/')
  return {
    action, number, pull_request: pullRequestBody(found, repository.name),
    repository: { full_name: repository.name, owner: { login: owner } }, sender: { login: found.author },
  }
}
