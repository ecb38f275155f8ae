import type { components } from '@octokit/openapi-types'
import { notFound, type Endpoint } from './endpoint.ts'
import type { Repository } from './repository.ts'

type Comparison = Pick<components['schemas']['commit-comparison'], 'status' | 'ahead_by' | 'behind_by' | 'total_commits'> & {
  readonly commits: readonly { readonly sha: string }[]
  readonly files: readonly never[]
}

/**
 * "Compare two commits" as GitHub's REST API documents it (docs.github.com, REST API endpoints for commits): `status` is what head is to
 * base, and 404 for a commit that is not there. Only the members that clients read are answered.
 */
export const compareEndpoint: Endpoint = {
  method: 'GET',
  path: /^\/compare\/([^.]+)\.\.\.([^/]+)$/,
  needs: [['contents', 'read']],
  answer: ({ repository, caught: [base = '', head = ''] }) => {
    const comparison = compare(repository, base, head)
    return comparison === undefined ? notFound('commits/commits#compare-two-commits') : { status: 200, body: comparison }
  },
}

function compare({ branches }: Repository, base: string, head: string): Comparison | undefined {
  const lineOf = (commit: string): readonly string[] | undefined => {
    const branch = [...branches.values()].find((each) => each.some((one) => one.startsWith(commit)))
    return branch?.slice(0, branch.findIndex((one) => one.startsWith(commit)) + 1)
  }
  const [from, to] = [lineOf(base), lineOf(head)]
  if (from === undefined || to === undefined) return undefined
  const shared = from.filter((commit) => to.includes(commit)).length
  const [behindBy, aheadBy] = [from.length - shared, to.length - shared]
  const status = behindBy === 0 ? (aheadBy === 0 ? 'identical' : 'ahead') : aheadBy === 0 ? 'behind' : 'diverged'
  const commits = to.slice(shared, shared + 1).map((sha) => ({ sha }))
  return { status, ahead_by: aheadBy, behind_by: behindBy, total_commits: aheadBy, commits, files: [] }
}
