import type { ServerResponse } from 'node:http'
import type { RawAnswer } from './protocol/answer.ts'

/** Sends an answer with the Date `now` of the account's clock, so that a client that lives by it sees no clock skew. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: RawAnswer, now: number): void {
  if (response.destroyed || response.headersSent) return
  const bytes = Buffer.from(body)
  response.writeHead(status, {
    ...headers,
    date: new Date(now).toUTCString(),
    ...(status === 204 || status === 304 ? {} : { 'content-length': headers['content-length'] ?? bytes.length }),
  })
  response.end(bytes)
}
