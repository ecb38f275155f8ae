import type { ServerResponse } from 'node:http'
import { clock } from './clock.ts'
import type { RawAnswer } from './protocol/answer.ts'

/** Sends an answer with a Date of the virtual clock, so that a client under scaled time sees no clock skew. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: RawAnswer): void {
  if (response.destroyed || response.headersSent) return
  const bytes = Buffer.from(body)
  response.writeHead(status, { ...headers, date: new Date(clock.now()).toUTCString(), ...(status === 204 || status === 304 ? {} : { 'content-length': headers['content-length'] ?? bytes.length }) })
  response.end(bytes)
}
