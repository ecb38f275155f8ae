import type { ClientConfig } from '../../testing.ts'
import { close, putObject, send, type Outcome } from './calls.ts'
import type { Prepared } from './prepare.ts'
import type { Step } from './rows.ts'
import { duringFirst } from '../support/in-flight.ts'

/** Virtual milliseconds. */
const settlesWithinMs = 200_000
const firstStepMs = 100

/** Makes a step's request. Rejects when there is no answer at all. */
export async function play(step: Step, prepared: Prepared, input: unknown): Promise<Outcome> {
  if (step.in === undefined) return playOn(prepared, step, input)
  const client = { ...prepared.client, region: step.in }
  return playOn({ ...prepared, client }, step, input).finally(() => close(client))
}

async function playOn({ stage, client: target, control }: Prepared, step: Step, input: unknown): Promise<Outcome> {
  if (step.call === 'wait') return settled({ target, stage, control }, input)
  if (step.call === 'written') return written({ target, stage }, input)
  if (step.call === 'invoke') return invoke({ target, stage }, input as Invocation)
  if (step.call === 'together') return together({ client: target, control, stage }, input as Overlapping)
  if (step.call === 'http') return http(target, input as PlainRequest)
  if (step.call !== 's3 PutObject') return send(target, step.call, input)
  const { Bucket, Key, Body } = input as { Bucket: string; Key: string; Body: Uint8Array }
  return { status: 200, answer: { VersionId: await putObject(target, { bucket: Bucket, key: Key, body: Body }) } }
}

/** Reads a function until no change of it is under way: the front's clock must be moved for that, the engine has a real one. */
async function settled({ target, stage, control }: { readonly target: ClientConfig } & Pick<Prepared, 'stage' | 'control'>, input: unknown): Promise<Outcome> {
  for (let step = firstStepMs; ; step *= stage === 'front' ? 2 : 1) {
    const outcome = await send(target, 'lambda GetFunctionConfiguration', input)
    const { State, LastUpdateStatus } = outcome.answer ?? {}
    if (outcome.error !== undefined) throw new Error(`waiting: ${outcome.error.name}: ${outcome.error.message}`)
    if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') return outcome
    if (step > settlesWithinMs) throw new Error(`waiting: the function did not settle within ${settlesWithinMs / 1000} s`)
    if (stage === 'front') await control.advance(step)
    else await new Promise((resolve) => setTimeout(resolve, step))
  }
}

/** Reads a log group until something stands in it: for a second, and where it must come for ten. */
async function written({ target, stage }: { readonly target: ClientConfig; readonly stage: Prepared['stage'] }, input: unknown): Promise<Outcome> {
  for (let tries = stage === 'front' ? 200 : 20; tries > 0; tries--) {
    const { status, answer } = await send(target, 'logs FilterLogEvents', input)
    const [event] = (answer?.['events'] ?? []) as { readonly message: string }[]
    if (event !== undefined) return { status, answer: { message: event.message } }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { status: 200, answer: {} }
}

interface Overlapping {
  readonly call: string
  readonly inputs: readonly unknown[]
}

/** Makes the first request, and the others while it is in flight; of the bare engine, which holds nothing, all at once. The answer lists their outcomes, sorted. */
async function together({ client, control, stage }: Pick<Prepared, 'client' | 'control' | 'stage'>, { call, inputs }: Overlapping): Promise<Outcome> {
  const [first, ...others] = inputs.map((input) => () => send(client, call, input))
  if (first === undefined) return { status: 200, answer: { outcomes: [] } }
  const outcomes = stage === 'engine' ? await Promise.all([first, ...others].map((each) => each())) : await duringFirst(control, [first, ...others])
  return { status: 200, answer: { outcomes: outcomes.map(({ status, error }) => `${status ?? ''} ${error?.name ?? 'done'}`).sort() } }
}

interface PlainRequest {
  readonly service: string
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Makes a request that no SDK would. */
async function http(target: ClientConfig, { service, method, path, headers, body }: PlainRequest): Promise<Outcome> {
  const answer = await fetch(`${target.endpoint}${path}`, { method, headers: { authorization: credential(target, service), ...headers }, ...(body === undefined ? {} : { body }) })
  const text = await answer.text()
  if (answer.status < 400) return { status: answer.status, answer: { body: text } }
  const [, code = ''] = /<Code>([^<]+)|"__type":\s*"([^"]+)"/.exec(text) ?? []
  return { status: answer.status, error: { name: answer.headers.get('x-amzn-errortype') ?? code, message: text, type: undefined } }
}

/** Says whose a request is; neither the front nor the engine verifies the signature. */
const credential = ({ credentials, region }: ClientConfig, service: string): string =>
  `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`

interface Invocation {
  readonly api: string
  readonly stage: string
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How often it is called; the answer is then the list of different bodies. */
  readonly times?: number
}

/** Calls an API's invoke URL. The bare engine finds an API only in the account of the caller, so there the call bears the account's key. */
async function invoke({ target, stage: on }: { readonly target: ClientConfig; readonly stage: Prepared['stage'] }, invocation: Invocation): Promise<Outcome> {
  const { api, stage, path, method = 'GET', body, times } = invocation
  const headers = { ...(on === 'engine' ? { authorization: credential(target, 'execute-api') } : {}), ...invocation.headers }
  const url = `${target.endpoint}/restapis/${api}/${stage}/_user_request_${path}`
  const once = async (): Promise<{ status: number; text: string }> => {
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
    return { status: answer.status, text: await answer.text() }
  }
  if (times === undefined) {
    const { status, text } = await once()
    return { status, answer: { body: text } }
  }
  const texts = new Set<string>()
  // One after another: each call at the same time would start a process of its own.
  for (let left = times; left > 0; left--) texts.add((await once()).text)
  return { status: 200, answer: { bodies: [...texts].sort() } }
}
