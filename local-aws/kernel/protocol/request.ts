import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** An HTTP request with its body read. */
export interface RawRequest {
  readonly method: string
  /** Path and query as sent, percent-encoded. */
  readonly target: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * Lambda takes up to 70,167,211 bytes (recorded: "Request must be smaller than 70167211 bytes for the CreateFunction operation") and S3
 * more; beyond this the body is not kept.
 */
export const maxBodyBytes = 300 * 1024 * 1024

/** Reads the whole request; rejects when the client goes away or sends more than {@link maxBodyBytes}. */
export async function readRequest(incoming: IncomingMessage): Promise<RawRequest> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new RangeError(`The request's body is larger than ${maxBodyBytes} bytes.`)
    chunks.push(chunk)
  }
  const target = incoming.url ?? '/'
  return { method: incoming.method ?? 'GET', target, url: parseTarget(target), headers: incoming.headers, body: Buffer.concat(chunks) }
}

/** A target that is no URL (`//`, `*`) stands for the root. */
function parseTarget(target: string): URL {
  try {
    return new URL(`http://127.0.0.1${target.startsWith('/') ? target : `/${target}`}`)
  } catch {
    return new URL('http://127.0.0.1/')
  }
}
