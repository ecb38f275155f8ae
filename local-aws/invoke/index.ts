import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Accounts } from '../kernel/accounts.ts'

/** Answers a request to the invoke URL of any account's API. */
export async function handleInvoke(_request: IncomingMessage, response: ServerResponse, _accounts: Accounts): Promise<void> {
  response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}')
}
