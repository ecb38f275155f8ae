import type { Repository, User } from './repository.ts'

/** A permission of a job's token, as workflows write it. */
export type Permission = 'contents' | 'pull-requests' | 'issues' | 'deployments'

/** A request to an endpoint of one repository. */
export interface Asked {
  readonly repository: Repository
  /** What the path's pattern has caught, in order. */
  readonly caught: readonly string[]
  readonly query: URLSearchParams
  /** The body as JSON; undefined where there is none. */
  readonly body: unknown
  /** The URL of the API, for links in answers. */
  readonly url: string
  /** The request's path, without what stands before every path. */
  readonly path: string
  /** Whose token it is. */
  readonly user: User
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One endpoint of GitHub's REST API. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** The path behind `/repos/{owner}/{repo}`, or the whole of it where it is of no repository. */
  readonly path: RegExp
  readonly isGlobal?: boolean
  /** What the token needs; one of several is enough, and none where there is none. */
  readonly needs: readonly (readonly [Permission, 'read' | 'write'])[]
  readonly answer: (asked: Asked) => Answer
}

/** GitHub's answer for what is not there, or not to be seen. */
export function notFound(docs: string): Answer {
  return { status: 404, body: { message: 'Not Found', documentation_url: `https://docs.github.com/rest/${docs}`, status: '404' } }
}
