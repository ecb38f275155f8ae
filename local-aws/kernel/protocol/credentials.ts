import type { IncomingHttpHeaders } from 'node:http'

/** Who calls which service where, as the SigV4 scope says; the signature itself is not verified. */
export interface Caller {
  readonly accessKeyId: string
  readonly region: string
  /** Signing name, such as `apigateway` or `monitoring`. */
  readonly service: string
}

const scope = /Credential=([^/\s,]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/i

/** Reads the Authorization header, or a presigned URL's query; undefined when the request is not signed. */
export function readCaller(headers: IncomingHttpHeaders, url: URL): Caller | undefined {
  const presigned = url.searchParams.get('X-Amz-Credential')
  const [, accessKeyId, region, service] = scope.exec(headers.authorization ?? (presigned === null ? '' : `Credential=${presigned}`)) ?? []
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined
  return { accessKeyId, region, service }
}
