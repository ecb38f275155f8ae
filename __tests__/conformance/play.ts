import type { ClientConfig } from '../support/local-aws.ts'
import { putObject, send, type Outcome } from './calls.ts'
import type { Prepared } from './prepare.ts'
import type { Step } from './rows.ts'

const settlesWithinMs = 15_000

/** Makes a step's request. Rejects when there is no answer at all. */
export async function play(step: Step, { client }: Prepared, input: unknown): Promise<Outcome> {
  const target = step.in === undefined ? client : { ...client, region: step.in }
  if (step.call === 'wait') return settled(target, input)
  if (step.call === 'written') return written(target, input)
  if (step.call === 'invoke') return invoke(target, input as Invocation)
  if (step.call !== 's3 PutObject') return send(target, step.call, input)
  const { Bucket, Key, Body } = input as { Bucket: string; Key: string; Body: Uint8Array }
  return { status: 200, answer: { VersionId: await putObject(target, { bucket: Bucket, key: Key, body: Body }) } }
}

/** Reads a function until no change of it is under way. */
async function settled(target: ClientConfig, input: unknown): Promise<Outcome> {
  const deadline = Date.now() + settlesWithinMs
  for (;;) {
    const outcome = await send(target, 'lambda GetFunctionConfiguration', input)
    const { State, LastUpdateStatus } = outcome.answer ?? {}
    if (outcome.error !== undefined) throw new Error(`waiting: ${outcome.error.name}: ${outcome.error.message}`)
    if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') return outcome
    if (Date.now() > deadline) throw new Error(`waiting: the function did not settle within ${settlesWithinMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Reads a log group until something stands in it, for a second at most. */
async function written(target: ClientConfig, input: unknown): Promise<Outcome> {
  for (let tries = 0; tries < 20; tries++) {
    const { status, answer } = await send(target, 'logs FilterLogEvents', input)
    const [event] = (answer?.['events'] ?? []) as { readonly message: string }[]
    if (event !== undefined) return { status, answer: { message: event.message } }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { status: 200, answer: {} }
}

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

/** Calls an API's invoke URL. */
async function invoke(target: ClientConfig, { api, stage, path, method = 'GET', headers = {}, body, times }: Invocation): Promise<Outcome> {
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
