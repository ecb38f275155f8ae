import type { ErrorText } from '../../errors.ts'
import type { Sighting } from '../sightings.ts'

/** A call that failed for good, before it is put into words. */
export interface FailedCall {
  /** `service:Operation`. */
  readonly operation: string
  /** AWS's name of the error, such as `ResourceNotFoundException`, or Node's. */
  readonly code: string
  /** HTTP status, or undefined where no answer came. */
  readonly status: number | undefined
  /** AWS's own words, scrubbed. */
  readonly detail: string
  /** What was sent. */
  readonly input: object | undefined
  /** Whether the refusal is not AWS's at all: no answer came. */
  readonly isUnanswered: boolean
  /** Node's own code of an error on the way there, such as `UNABLE_TO_VERIFY_LEAF_SIGNATURE`; else empty. */
  readonly transport: string
  /** The step's environment, of which names are told and values only where they are no secret. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** How the run knew of what AWS says is not there; undefined for other refusals. */
  readonly sighting: Sighting | undefined
}

/** What a failed call says, and the setting of the config that it speaks of, where it is one function's. */
export interface CallText extends ErrorText {
  readonly setting?: string
}

/** One way to read a failed call: when it fits, and what it says then. The first that fits is told. */
export interface Reading {
  readonly fits: (call: FailedCall) => boolean
  readonly text: (call: FailedCall) => CallText
}

const titles: Readonly<Record<string, string>> = {
  lambda: 'Lambda',
  apigateway: 'API Gateway',
  logs: 'CloudWatch Logs',
  iam: 'IAM',
  sts: 'STS',
  s3: 'S3',
}

export function serviceOf({ operation }: FailedCall): string {
  return operation.split(':')[0] ?? ''
}

/** `GetFunction (Lambda)`. */
export function callName(call: FailedCall): string {
  const service = serviceOf(call)
  return `${call.operation.slice(service.length + 1)} (${titles[service] ?? service})`
}

/** The plain sentence, with AWS's own words. */
export function refused(call: FailedCall): string {
  return `AWS refused ${callName(call)}: ${call.detail}`
}
