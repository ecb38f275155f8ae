import { UserError, type Place } from '../errors.ts'
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
  /** The function and the setting of the config that AWS does not take, where it says so. */
  readonly setting?: { readonly functionName: string; readonly name: string }
  readonly #call: FailedCall

  constructor(call: FailedCall, options: ErrorOptions & { readonly place?: Place } = {}) {
    const { setting, ...text } = textOf(call)
    super(options.place === undefined ? text : { ...text, place: options.place }, options)
    this.name = 'AwsRefusal'
    this.#call = call
    const functionName = (call.input as { readonly FunctionName?: unknown } | undefined)?.FunctionName
    if (setting !== undefined && typeof functionName === 'string') this.setting = { functionName, name: setting }
    this.code = call.code
    this.status = call.status
    this.operation = call.operation
    this.detail = call.detail
    this.sighting = call.sighting
  }

  /** The same refusal with the place of its setting in the user's file. */
  at(place: Place): AwsRefusal {
    return new AwsRefusal(this.#call, { cause: this.cause, place })
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
  const detail = scrub(message, input)
  const status = sdk.$metadata?.httpStatusCode
  const transport = status === undefined ? sdk.code ?? '' : ''
  const code = sdk.name ?? 'UnknownError'
  const call = { operation, code, status, detail, input, isUnanswered: isUnanswered(error), transport, env, sighting }
  // The stack of an error that had to be scrubbed would still tell what was taken out.
  return new AwsRefusal(call, { cause: detail === message ? error : undefined })
}

/**
 * AWS may echo the values of environment variables, such as Lambda when they pass 4 KB ("String measured: {...}", recorded in
 * test_lambda_api `test_invalid_env_vars...`): everything behind those words is dropped, and every value that was sent, wherever it
 * stands. Shorter values than four characters are words of any text.
 */
export function scrub(message: string, input?: object): string {
  const { Environment } = (input ?? {}) as { Environment?: { Variables?: Readonly<Record<string, string>> } }
  const values = Object.values(Environment?.Variables ?? {}).filter((value) => value.length >= 4)
  const longestFirst = values.sort((a, b) => b.length - a.length)
  const without = longestFirst.reduce((text, value) => text.replaceAll(value, '(value withheld)'), message)
  return without.replace(/String measured:[\s\S]*$/, 'String measured: (values withheld)')
}
