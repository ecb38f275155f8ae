import { withoutEvidence } from './unverified.ts'
import { AwsError } from './aws-error.ts'
import type { Call } from './call.ts'
import type { EngineAnswer } from './engine-client.ts'
import { underOurAddress } from './engine-services.ts'
import { validate } from './model/validate.ts'
import type { Operation, ServiceModel } from './model/service-model.ts'
import { authorize, isLimited } from './policy/authorize.ts'
import { handlerToken } from './policy/caller.ts'
import { tagsFrom } from './policy/request-context.ts'
import { writeOutput, type RawAnswer } from './protocol/answer.ts'
import type { RawRequest } from './protocol/request.ts'
import type { Service, Services } from './service.ts'

/** One call with all that is needed to carry it out. */
export interface Work {
  readonly call: Call
  readonly model: ServiceModel
  readonly operation: Operation
  readonly service: Service
  readonly services: Services
  readonly request: RawRequest
  /** Paths of members in the request's body that the model does not have. */
  readonly unknown: readonly string[]
}

/**
 * Carries a call out as AWS would, in AWS's order: rate, permission, the model's constraints, then the service. Throws AwsError for a
 * refusal.
 */
export async function perform(work: Work): Promise<RawAnswer> {
  const { model, operation, service } = work
  const { account } = work.call
  const { settings } = account
  if (settings.rates) account.rates.take({ ...work.call, noisyNeighbour: settings.noisyNeighbour })
  const isJudged = isLimited(settings) && model.isBare !== true && work.request.headers['x-amz-security-token'] !== handlerToken
  const withheld = isJudged
    ? await authorize({ call: work.call, model, operation, tagsOf: tagsFrom(work.services, account) })
    : new Set<string>()
  const call = { ...work.call, withheld }
  refuseUnknown(work)
  if (model.name !== 's3' && model.name !== 'cloudwatch' && model.isBare !== true) validate(model, operation, call.params)
  // CloudWatch's other protocols (CBOR, query) are not read: what comes in them goes to the engine.
  const isRead = model.name !== 'cloudwatch' || work.request.headers['x-amz-target'] !== undefined
  const handler = isRead ? service.handlers[call.operation] : undefined
  if (handler !== undefined) return writeOutput(model, operation, await handler(call))
  if (!service.forwards)
    throw new AwsError('NotImplementedException', `Local AWS does not have ${call.service} ${call.operation}.`, { status: 501 })
  service.before?.(call)
  const rule = service.rules?.[call.operation]
  await rule?.before?.(call)
  const answer = await forward(work)
  if (model.isBare === true) return plainAnswer(underOurAddress(account.engine, work.request, answer))
  const mended = service.mend?.(call, answer) ?? answer
  return plainAnswer(rule?.after === undefined ? mended : await rule.after(call, mended))
}

/** unverified: AWS's front end may ignore a member that it does not know; a client of ours that sends one has a mistake. */
function refuseUnknown({ call, unknown }: Work): void {
  if (unknown.length === 0 || !call.account.settings.unverified) return
  const message = `Unknown member${unknown.length === 1 ? '' : 's'} in ${call.operation}: ${unknown.join(', ')}`
  throw withoutEvidence(call.account, new AwsError('SerializationException', message))
}

function forward({ call, request, model }: Work): Promise<EngineAnswer> {
  const { method, target, headers, body } = request
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || notForwarded.has(name) ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  )
  const service = model.name === 'cloudwatch' ? 'monitoring' : model.name
  const length = body.length > 0 || method === 'PUT' || method === 'POST' ? { body } : {}
  return call.account.engine.send({
    account: call.account.id,
    region: call.region,
    service,
    method,
    path: target,
    headers: Object.fromEntries(kept),
    ...length,
  })
}

const notForwarded: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'authorization',
  'expect',
  'keep-alive',
  'x-amz-security-token',
])

function plainAnswer({ status, headers, body }: EngineAnswer): RawAnswer {
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !notForwarded.has(name) && name !== 'date')),
    body,
  }
}
