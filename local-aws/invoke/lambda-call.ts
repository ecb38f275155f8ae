import { AwsError } from '../kernel/call.ts'
import { invokeFunction, resourcePolicy, Trail, type Invoked } from '../lambda/index.ts'
import { lambdaOf } from '../api-gateway/integration-uri.ts'
import type { Exchange } from './exchange.ts'
import { badGateway, configurationError, integrationTimeout } from './failure.ts'
import { mayInvoke, sourceArn } from './permission.ts'
import { withVariables } from './stage-view.ts'

/** One invocation of a function on API Gateway's behalf. */
export interface Invocation {
  /** URI with stage variables still in it. */
  readonly uri: string
  /** What follows `{apiId}/` in the source ARN. */
  readonly sourceTail: string
  /** Role of the integration; with it the function's own policy does not count (developer guide, Lambda integrations). */
  readonly credentials?: string | undefined
  readonly event: unknown
  readonly timeoutInMillis: number
}

/** Invokes a function after asking its policy of that qualifier; a refusal is API Gateway's configuration error, a slow one its timeout. */
export async function callLambda(exchange: Exchange, invocation: Invocation): Promise<Invoked> {
  const target = lambdaOf(withVariables(invocation.uri, exchange.variables))
  if (target === undefined) throw configurationError('Execution failed due to configuration error: Invalid endpoint address')
  const { account, api } = exchange
  // Developer guide, stage variables: a function of another account needs its full ARN and policy; only the API's own account is modelled.
  if (target.accountId !== account.id) throw invalidPermissions()
  const place = { account, region: target.region, name: target.name, qualifier: target.qualifier }
  // A credentials role is not checked against IAM.
  if (!invocation.credentials) {
    const arn = sourceArn({ region: target.region, accountId: api.accountId, apiId: api.id, tail: invocation.sourceTail })
    const statements = resourcePolicy(place)?.Statement ?? []
    if (!mayInvoke(statements, { sourceArn: arn, sourceAccount: api.accountId })) throw invalidPermissions()
  }
  const payload = Buffer.from(JSON.stringify(invocation.event))
  const trail = new Trail()
  return withTimeout(invoke({ ...place, payload, trail }), { milliseconds: invocation.timeoutInMillis, name: target.name, trail })
}

/** AWS knowledge center, Lambda permission errors of API Gateway: these words stand in the execution log. */
function invalidPermissions(): Error {
  return configurationError('Execution failed due to configuration error: Invalid permissions on Lambda function')
}

/** What Lambda refuses (no such alias, throttled, pending) is a 500 for the client; which text the log has then is unverified. */
async function invoke(input: Parameters<typeof invokeFunction>[0]): Promise<Invoked> {
  try {
    return await invokeFunction(input)
  } catch (error) {
    // azul issue 7883: a version that is gone, behind an alias that invocations still resolve to it
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException')
      throw badGateway(`Execution failed due to configuration error: ${error.message}`)
    if (error instanceof AwsError) throw configurationError(`Execution failed due to configuration error: ${error.message}`)
    throw error
  }
}

interface Limit {
  readonly milliseconds: number
  readonly name: string
  readonly trail: Trail
}

/** Counts real milliseconds: the function's code runs in real time, however fast the virtual clock is. */
async function withTimeout(running: Promise<Invoked>, { milliseconds, name, trail }: Limit): Promise<Invoked> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // A slow handler is the user's; whatever else took so long is ours, and its next occurrence should tell why.
      if (!trail.isInHandler) process.stderr.write(`[LOCAL AWS] ${name} has not answered within ${milliseconds} ms; ${trail.tell()}\n`)
      reject(integrationTimeout())
    }, milliseconds)
  })
  try {
    return await Promise.race([running, late])
  } finally {
    clearTimeout(timer)
    // A function that ends after its timeout is nobody's business any more.
    running.catch(() => undefined)
  }
}
