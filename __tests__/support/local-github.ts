import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A stand-in for GitHub's API: it knows the history of one repository. */
export interface LocalGitHub {
  /** For GITHUB_API_URL. */
  readonly url: string
  /** Requests so far, as `GET /repos/…`. */
  readonly requests: string[]
  /** What answers in place of the API from now on: a status, or `silence` for a connection that is cut. */
  fault: number | 'silence' | undefined
  readonly close: () => Promise<void>
}

interface History {
  readonly repository: string
  readonly token: string
  /** Commits from the oldest to the newest, a line for each branch; the lines share their beginnings. */
  readonly branches: readonly (readonly string[])[]
}

/**
 * Serves "Compare two commits" as GitHub's REST API documents it (docs.github.com, REST API endpoints for commits): `status` is what head is
 * to base, and 404 for a commit that is not there. Only the members that clients read are answered.
 */
export async function startLocalGitHub({ repository, token, branches }: History): Promise<LocalGitHub> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    if (github.fault === 'silence') return void request.socket.destroy()
    if (github.fault !== undefined) return answer(response, github.fault, { message: 'Server Error' })
    if (request.headers.authorization !== `token ${token}`) return answer(response, 401, { message: 'Bad credentials', status: '401' })
    const [, asked, base = '', head = ''] = /^\/repos\/([^/]+\/[^/]+)\/compare\/([^.]+)\.\.\.([^?]+)/.exec(decodeURIComponent(request.url ?? '')) ?? []
    const comparison = asked === repository ? compare(branches, base, head) : undefined
    if (comparison === undefined) return answer(response, 404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest/commits/commits#compare-two-commits', status: '404' })
    answer(response, 200, comparison)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const github: LocalGitHub = {
    url: `http://127.0.0.1:${port}`, requests, fault: undefined,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
  return github
}

function compare(branches: History['branches'], base: string, head: string): object | undefined {
  const lineOf = (commit: string): readonly string[] | undefined => {
    const branch = branches.find((each) => each.some((one) => one.startsWith(commit)))
    return branch?.slice(0, branch.findIndex((one) => one.startsWith(commit)) + 1)
  }
  const [from, to] = [lineOf(base), lineOf(head)]
  if (from === undefined || to === undefined) return undefined
  const shared = from.filter((commit) => to.includes(commit)).length
  const [behindBy, aheadBy] = [from.length - shared, to.length - shared]
  const status = behindBy === 0 ? (aheadBy === 0 ? 'identical' : 'ahead') : aheadBy === 0 ? 'behind' : 'diverged'
  return { status, ahead_by: aheadBy, behind_by: behindBy, total_commits: aheadBy, commits: to.slice(shared, shared + 1).map((sha) => ({ sha })), files: [] }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
