import { UserError } from '../errors.ts'
import { textOf, type FailedCall } from './readings/index.ts'
import { isUnanswered } from './retry.ts'
import type { Sighting } from './sightings.ts'

/** AWS said no, for good: its code and words, and what the reader can do about it. */
export class AwsRefusal extends UserError {
  /** AWS's name of the error, such as `ResourceNotFoundException`. */
  readonly code: string
  /** HTTP status, or undefined where no answer came. */
  readonly status: number | undefined
  /** `service:Operation`. */
  readonly operation: string
  /** AWS's own words, scrubbed. */
  readonly detail: string
  /** How the run knew of what AWS says is not there; undefined for other refusals. */
  readonly sighting: Sighting | undefined

  constructor(call: FailedCall, options: ErrorOptions) {
    super(textOf(call), options)
    this.name = 'AwsRefusal'
    this.code = call.code
    this.status = call.status
    this.operation = call.operation
    this.detail = call.detail
    this.sighting = call.sighting
  }
}

/** Whether an error is AWS's refusal with one of these codes. */
export function isRefusal(error: unknown, ...codes: readonly string[]): error is AwsRefusal {
  return error instanceof AwsRefusal && codes.includes(error.code)
}

/** What AWS's services call a thing that is not there. */
const notFound = ['ResourceNotFoundException', 'NotFoundException', 'NoSuchEntity', 'NoSuchEntityException', 'NotFound', 'NoSuchKey']

/** Gives `undefined` in place of "there is no such thing". */
export async function orUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (isRefusal(error, ...notFound)) return undefined
    throw error
  }
}

/** What was sent, and from which environment. */
interface Sent {
  readonly input?: object
  readonly env?: FailedCall['env']
  readonly sighting?: Sighting | undefined
}

/** Makes one readable refusal of whatever the SDK threw. */
export function toRefusal(operation: string, error: unknown, { input, env = {}, sighting }: Sent = {}): AwsRefusal {
  // A look at what a lost answer has left behind may itself be refused; its words say enough.
  if (error instanceof AwsRefusal) return error
  const sdk = error as { name?: string; message?: string; code?: string; $metadata?: { httpStatusCode?: number } }
  const message = sdk.message ?? String(error)
  const detail = scrub(message)
  const status = sdk.$metadata?.httpStatusCode
  const transport = status === undefined ? sdk.code ?? '' : ''
  const call = { operation, code: sdk.name ?? 'UnknownError', status, detail, input, isUnanswered: isUnanswered(error), transport, env, sighting }
  // The stack of an error that had to be scrubbed would still tell what was taken out.
  return new AwsRefusal(call, { cause: detail === message ? error : undefined })
}

/**
 * Lambda echoes the values of environment variables when they pass 4 KB ("String measured: {...}", recorded in
 * test_lambda_api `test_invalid_env_vars...`), so everything behind those words is dropped.
 */
function scrub(message: string): string {
  return message.replace(/String measured:[\s\S]*$/, 'String measured: (values withheld)')
}
