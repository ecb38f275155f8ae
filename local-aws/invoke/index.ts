import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Accounts } from '../kernel/accounts.ts'
import { mayLog } from '../api-gateway/account-role.ts'
import { gatewayIn } from '../api-gateway/state.ts'
import { countRequest } from '../cloudwatch/index.ts'
import { writeAccessLog } from './access-log.ts'
import { answer } from './answer.ts'
import type { ApiResponse, Exchange } from './exchange.ts'
import { writeExecutionLog } from './execution-log.ts'
import { locate, openExchange } from './open-exchange.ts'
import { parseTarget, readApiRequest } from './read-request.ts'
import type { Route } from './router.ts'

/** Answers one request to an invoke URL, then logs it as the stage asks: as on AWS, the log comes after the answer. */
export async function handleInvoke(incoming: IncomingMessage, outgoing: ServerResponse, accounts: Pick<Accounts, 'all'>): Promise<void> {
  const target = parseTarget(incoming.url ?? '')
  if (target === undefined) return send(incoming, outgoing, { ...forbidden(), now: Date.now() })
  const request = await readApiRequest(incoming, target)
  const located = locate(accounts.all(), target.apiId)
  const now = located?.account.clock.now() ?? Date.now()
  const exchange = located && openExchange(located, target.stageName, { request, now })
  if (exchange === undefined) return send(incoming, outgoing, { ...forbidden(), now })
  const { response, route } = await answer(exchange)
  send(incoming, outgoing, { ...response, now })
  const { api, stageName: stage, startedAt: at } = exchange
  const { name: apiName } = api.definition
  countRequest(exchange.account, { region: api.region, apiName, stage, status: response.status, at })
  await log(exchange, route, response)
}

/** Logs arrive late, and not at all where the account's role cannot write them. */
async function log(exchange: Exchange, route: Route | undefined, response: ApiResponse): Promise<void> {
  const { account, api, settings } = exchange
  if (settings.accessLogSettings === undefined && Object.keys(settings.methodSettings).length === 0) return
  const { logDelivery } = account.settings.windows
  await account.lateWork.after(logDelivery, async () => {
    if (!(await mayLog(account, gatewayIn(account, api.region).cloudwatchRoleArn))) return
    await Promise.all([writeAccessLog(exchange, route), writeExecutionLog(exchange, route, response)])
  })
}

/** An unknown stage, a disabled endpoint, and an API that is not there (an EDGE or Regional host name resolves for any id). */
function forbidden(): ApiResponse {
  return {
    status: 403,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', 'ForbiddenException'],
    ],
    body: Buffer.from('{"message":"Forbidden"}'),
  }
}

function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body, now }: ApiResponse & { readonly now: number },
): void {
  const length: [string, string] = ['Content-Length', String(body.length)]
  const all = [...headers, length, ['Date', new Date(now).toUTCString()] as const]
  outgoing.writeHead(status, all.flat())
  outgoing.end(incoming.method === 'HEAD' ? undefined : body)
}
