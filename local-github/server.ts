import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { commentEndpoint, commentsEndpoint, deleteCommentEndpoint, editCommentEndpoint, newCommentEndpoint } from './comments.ts'
import { compareEndpoint } from './compare.ts'
import { deleteDeploymentEndpoint, deploymentsEndpoint, newDeploymentEndpoint, newStatusEndpoint } from './deployments.ts'
import { notFound, type Answer, type Endpoint, type Permission } from './endpoint.ts'
import { pullRequestEndpoint } from './pull-requests.ts'
import { refEndpoint } from './refs.ts'
import type { Repository, User } from './repository.ts'
import { userEndpoint } from './user.ts'

/** Every endpoint; a new one is one file and a line here. */
const endpoints: readonly Endpoint[] = [
  compareEndpoint, pullRequestEndpoint, refEndpoint, userEndpoint,
  commentsEndpoint, newCommentEndpoint, commentEndpoint, editCommentEndpoint, deleteCommentEndpoint,
  deploymentsEndpoint, newDeploymentEndpoint, newStatusEndpoint, deleteDeploymentEndpoint,
]

/** A permission's reach; `write` includes `read`. */
export type Permissions = Readonly<Partial<Record<Permission, 'read' | 'write'>>>

export interface LocalGitHubOptions {
  readonly repository: Repository
  readonly token: string
  /** The job's `permissions:`; all of them where nothing is said. */
  readonly permissions?: Permissions
  /** What stands before every path: `/api/v3` on a GitHub Enterprise Server. */
  readonly prefix?: string
  /** Whose token it is; a job's own where nothing is said. */
  readonly user?: User
}

/** GitHub's API of one repository, over HTTP. */
export interface LocalGitHub {
  /** For GITHUB_API_URL. */
  readonly url: string
  readonly repository: Repository
  /** Requests so far, as `GET /repos/…`. */
  readonly requests: string[]
  permissions: Permissions
  /** Whose token it is. */
  user: User
  /** What answers in place of the API from now on: a status, or `silence` for a connection that is cut. */
  fault: number | 'silence' | undefined
  /** Is called with each request before it is answered, and may change the repository; tests make things happen in between with it. */
  onRequest: ((request: string) => void | Promise<void>) | undefined
  readonly close: () => Promise<void>
}

/** Whose the token of a job is. */
const jobUser: User = { login: 'github-actions[bot]', type: 'Bot' }
const everything: Permissions = { contents: 'write', 'pull-requests': 'write', issues: 'write', deployments: 'write' }

export async function startLocalGitHub(options: LocalGitHubOptions): Promise<LocalGitHub> {
  const { repository, token, permissions = everything, prefix = '', user = jobUser } = options
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const github: LocalGitHub = {
    url: `http://127.0.0.1:${port}${prefix}`, repository, requests: [], permissions, user, fault: undefined, onRequest: undefined,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
  return github

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    const body = await bodyOf(request)
    const told = `${method} ${url}`
    github.requests.push(told)
    await github.onRequest?.(told)
    if (github.fault === 'silence') return void request.socket.destroy()
    if (github.fault !== undefined) return send(response, { status: github.fault, body: { message: 'Server Error' } })
    if (headers.authorization !== `token ${token}`) return send(response, { status: 401, body: { message: 'Bad credentials', status: '401' } })
    send(response, answerTo(`${method} ${url.slice(prefix.length)}`, body))
  }

  function answerTo(asked: string, body: unknown): Answer {
    const [method = '', target = ''] = asked.split(' ')
    const { pathname, searchParams } = new URL(target, 'http://github')
    const own = `/repos/${repository.name}`
    const isOwn = pathname.startsWith(`${own}/`)
    const path = decodeURIComponent(isOwn ? pathname.slice(own.length) : pathname)
    const endpoint = endpoints.find((each) => each.method === method && (each.isGlobal === true) !== isOwn && each.path.test(path))
    if (endpoint === undefined) return notFound('')
    const { needs } = endpoint
    if (needs.length > 0 && !needs.some(([name, reach]) => grants(github.permissions[name], reach))) return refused
    const caught = endpoint.path.exec(path)?.slice(1) ?? []
    return endpoint.answer({ repository, caught, query: searchParams, body, url: github.url, path: pathname, user: github.user })
  }
}

/** As GitHub answers a job's token that lacks a permission (community discussions; docs.github.com, "Troubleshooting the REST API"). */
const refused: Answer = {
  status: 403, body: { message: 'Resource not accessible by integration', documentation_url: 'https://docs.github.com/rest', status: '403' },
}

function grants(given: 'read' | 'write' | undefined, asked: 'read' | 'write'): boolean {
  return given === 'write' || given === asked
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const text = Buffer.concat(pieces).toString()
  return text === '' ? undefined : (JSON.parse(text) as unknown)
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}
