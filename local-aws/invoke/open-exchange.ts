import { randomBytes, randomUUID } from 'node:crypto'
import { gatewayIn, type Api } from '../api-gateway/state.ts'
import type { Account } from '../kernel/account.ts'
import type { ApiRequest, Exchange } from './exchange.ts'
import { chooseSide, servedSettings } from './stage-view.ts'

/** An API and its owner, wherever it is: on AWS its host name says so, here its id alone. */
export interface Located {
  readonly account: Account
  readonly api: Api
}

/** Finds an API in any account and Region. */
export function locate(accounts: Iterable<Account>, apiId: string): Located | undefined {
  for (const account of accounts) {
    for (const region of account.regions()) {
      const api = gatewayIn(account, region).apis.get(apiId)
      if (api !== undefined) return { account, api }
    }
  }
  return undefined
}

/** The exchange that answers a request to a stage; undefined where the stage does not serve (yet), or its endpoint is disabled. */
export function openExchange(
  { account, api }: Located,
  stageName: string,
  { request, now }: { request: ApiRequest; now: number },
): Exchange | undefined {
  const stage = api.stages.get(stageName)
  const settings = stage && servedSettings(stage, now)
  if (settings === undefined) return undefined
  const { deploymentId, variables, isCanary } = chooseSide(settings, Math.random())
  const definition = api.deployments.get(deploymentId)?.snapshot
  // Developer guide, disabling the default endpoint: 403 Forbidden, after a deployment.
  if (definition === undefined || definition.disableExecuteApiEndpoint) return undefined
  const side = { settings, deploymentId, definition, variables, isCanary }
  return {
    ...newIds(now),
    account,
    api,
    stageName,
    ...side,
    request,
    startedAt: now,
    arrivedAt: performance.now(),
    notes: new Map(),
    authorizer: undefined,
    apiKey: undefined,
  }
}

/** Ids in AWS's shape (recorded: test_lambda_aws_proxy_integration). */
export function newIds(now: number): Pick<Exchange, 'requestId' | 'extendedRequestId' | 'traceId'> {
  const seconds = Math.floor(now / 1000).toString(16).padStart(8, '0')
  return {
    requestId: randomUUID(),
    extendedRequestId: `${randomBytes(11).toString('base64url').slice(0, 15)}=`,
    traceId: `Root=1-${seconds}-${randomBytes(12).toString('hex')}`,
  }
}
