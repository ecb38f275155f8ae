import type { IncomingMessage } from 'node:http'
import type { ApiRequest } from './exchange.ts'

/** Where an invoke URL points. */
export interface InvokeTarget {
  readonly apiId: string
  readonly stageName: string
  readonly path: string
  readonly fullPath: string
  readonly queryString: string
}

/** `/restapis/{id}/{stage}/_user_request_/{path}` or `/_aws/execute-api/{id}/{stage}/{path}`; undefined for anything else. */
export function parseTarget(url: string): InvokeTarget | undefined {
  const at = url.indexOf('?')
  const [pathname, queryString] = at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
  const match =
    /^\/restapis\/([^/]+)\/([^/]+)\/_user_request_(\/.*)?$/.exec(pathname) ??
    /^\/_aws\/execute-api\/([^/]+)\/([^/]+)(\/.*)?$/.exec(pathname)
  if (match === null) return undefined
  const [, apiId = '', stageName = '', rest = ''] = match
  // Slashes before the path are one for routing, and stay in requestContext.path (recorded: test_lambda_aws_proxy_integration, prepended
  // slash).
  return { apiId, stageName, path: `/${rest.replace(/^\/+/, '')}`, fullPath: `/${stageName}${rest}`, queryString }
}

/** Reads a request to an invoke URL to its end. */
export async function readApiRequest(incoming: IncomingMessage, target: InvokeTarget): Promise<ApiRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return {
    method: incoming.method ?? 'GET',
    path: target.path,
    fullPath: target.fullPath,
    query: [...new URLSearchParams(target.queryString)],
    headers: pairs(incoming.rawHeaders),
    body: Buffer.concat(chunks),
    sourceIp: (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    protocol: `HTTP/${incoming.httpVersion}`,
  }
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at] ?? '', flat[2 * at + 1] ?? ''])
}
