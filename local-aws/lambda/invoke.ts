import { randomUUID } from 'node:crypto'
import type { Account } from '../kernel/account.ts'
import { AwsError, type Call, type Output } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import { concurrencyExceeded, functionNotFound, tooLarge } from './errors.ts'
import { isAlias, named, versionOf } from './names.ts'
import { provisionedFor, rollingVersion } from './provisioning.ts'
import { refuseUnlessAssumable } from './roles.ts'
import { execute, type Executed } from './runtime/execute.ts'
import { Trail } from './runtime/trail.ts'
import { isSnapshot } from './snap-start.ts'
import { lambdaState, type Alias, type LambdaFunction, type Version } from './state.ts'
import { refuseUnlessInvocable, settle } from './states.ts'

/** A function, or a version or alias of it, at a place. */
export interface Target {
  readonly account: Account
  readonly region: string
  readonly name: string
  readonly qualifier: string | undefined
  /** Virtual milliseconds; now where absent. */
  readonly now?: number
  /** Told how far the invocation has come. */
  readonly trail?: Trail
}

export interface Invoked {
  readonly payload: Buffer
  readonly functionError?: string
  readonly executedVersion: string
  readonly logTail: Buffer
}

// Bytes; developer guide, quotas: 6 MB for a synchronous invocation, 1 MB for an asynchronous one (since 2025-10).
const LIMITS = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const

/**
 * RequestResponse, Event and DryRun; LogType Tail gives the last 4 KB of the log. Members: test_invocation_with_logs,
 * test_invocation_type_event.
 */
export async function invoke(call: Call): Promise<Output> {
  const params = call.params as { InvocationType?: string; LogType?: string; Payload?: Buffer; ClientContext?: string }
  const { name, qualifier } = named(call)
  const target = { account: call.account, region: call.region, name, qualifier, now: call.now }
  const type = params.InvocationType ?? 'RequestResponse'
  const { fn, version } = resolve(target)
  const payload = checkedPayload(params.Payload, type === 'Event' ? 'Event' : 'RequestResponse')
  if (type === 'DryRun') return { StatusCode: 204, Payload: '' }
  const running = run(target, { fn, version, payload, clientContext: parseContext(params.ClientContext) })
  if (type === 'Event') {
    // AWS tries a failed one twice more, after one and two minutes; here it runs once.
    running.catch(() => {})
    return { StatusCode: 202, Payload: '' }
  }
  const { payload: answer, functionError, executedVersion, logTail } = await running
  const LogResult = params.LogType === 'Tail' ? logTail.toString('base64') : undefined
  return { StatusCode: 200, Payload: answer, FunctionError: functionError, ExecutedVersion: executedVersion, LogResult }
}

/** Invokes for another service, API Gateway above all; throws what Invoke would answer as an error. */
export async function invokeFunction(invocation: Target & { readonly payload: Buffer | string }): Promise<Invoked> {
  const resolved = resolve(invocation)
  const payload = checkedPayload(Buffer.from(invocation.payload), 'RequestResponse')
  return run(invocation, { ...resolved, payload, clientContext: undefined })
}

/** The function and the version that the target means now; an alias with weights is drawn for. */
function resolve({ account, region, name, qualifier, now = account.clock.now() }: Target): { fn: LambdaFunction; version: Version } {
  const fn = lambdaState(account, region).functions.get(name)
  if (fn !== undefined) settle(fn, { now, account })
  const version = fn && meant(fn, qualifier, now)
  // Named with $LATEST where nothing else was asked for (test_invoke_exceptions).
  if (fn === undefined || version === undefined) throw functionNotFound(functionArn({ account, region }, name, qualifier ?? '$LATEST'))
  refuseUnlessInvocable(version, { now, account })
  version.lastUsed = now
  return { fn, version }
}

/** The version that invocations of the qualifier go to at `now`. */
function meant(fn: LambdaFunction, qualifier: string | undefined, now: number): Version | undefined {
  const alias = qualifier !== undefined && isAlias(qualifier) ? fn.aliases.get(qualifier) : undefined
  if (alias === undefined) return versionOf(fn, qualifier)
  const lagging = alias.former !== undefined && now < alias.former.until ? alias.former : undefined
  return versionOf(fn, rollingVersion(alias, now) ?? drawn(lagging ?? alias))
}

/** The alias's other version for its share of the invocations, else its own. */
function drawn({ version, weights }: Pick<Alias, 'version' | 'weights'>): string {
  const [[other, weight] = ['', 0]] = Object.entries(weights)
  return Math.random() < weight ? other : version
}

interface Run {
  readonly fn: LambdaFunction
  readonly version: Version
  readonly payload: string
  readonly clientContext: unknown
}

async function run(
  { account, region, name, qualifier, now = account.clock.now(), trail = new Trail() }: Target,
  { fn, version, payload, clientContext }: Run,
): Promise<Invoked> {
  // test_reserved_concurrency, exc_no_cap_requestresponse
  if (fn.reserved !== undefined && fn.running >= fn.reserved) throw concurrencyExceeded()
  const arn = functionArn({ account, region }, name, qualifier)
  const { number, served } = version
  const requestId = randomUUID()
  const provisioned = provisionedFor(fn, { qualifier, version: number, now })
  const initialization = provisioned !== undefined ? 'provisioned-concurrency' : isSnapshot(version) ? 'snap-start' : 'on-demand'
  fn.running += 1
  if (provisioned !== undefined) provisioned.running += 1
  let executed: Executed
  try {
    await refuseUnlessAssumable(account, served.configuration.Role)
    const place = { account, region, name, version: number, functionArn: arn, initialization } as const
    executed = await execute({ ...place, served, payload, requestId, clientContext, trail })
  } finally {
    if (provisioned !== undefined) provisioned.running -= 1
    fn.running -= 1
  }
  const { functionError, ...rest } = executed
  return { ...rest, executedVersion: number, ...(functionError !== undefined && { functionError }) }
}

/** The event as text; nothing at all is an empty object. */
function checkedPayload(payload: Buffer | undefined, type: keyof typeof LIMITS): string {
  if (payload === undefined || payload.length === 0) return '{}'
  if (payload.length > LIMITS[type]) throw payloadTooLarge(payload.length, type)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload)
    JSON.parse(text)
    return text
  } catch (error) {
    // The words after the second colon are the JSON parser's own (test_lambda_invoke_payload_encoding_error).
    const why = `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`
    throw new AwsError('InvalidRequestContentException', why)
  }
}

/**
 * pelmers/streetwarp-web issue 14 for the one that waits, faultline issue 12 for the other: not the RequestTooLargeException that the
 * service model names.
 */
function payloadTooLarge(size: number, type: keyof typeof LIMITS): AwsError {
  if (type === 'Event') return tooLarge(`${size} byte payload is too large for the Event invocation type (limit ${LIMITS.Event} bytes)`)
  return tooLarge(`Request must be smaller than ${LIMITS.RequestResponse} bytes for the InvokeFunction operation`)
}

function parseContext(context: string | undefined): unknown {
  if (context === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(context, 'base64').toString()) as unknown
  } catch {
    // unverified text; the name is the public model's for a header that is invalid.
    throw new AwsError('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.')
  }
}
