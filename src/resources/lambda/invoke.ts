import { InvokeCommand } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'

export const invokeActions = ['lambda:InvokeFunction'] as const

/** A version or an alias, and what it is called with. */
interface Call {
  readonly functionName: string
  readonly qualifier: string
  readonly event: unknown
}

/** What came of a call. */
export interface Called {
  readonly payload: string
  /** Lambda's word for a function that threw or ran out of time. */
  readonly functionError?: string
  /** The version that ran: an alias leads to one. */
  readonly version: string | undefined
  /** Milliseconds. */
  readonly took: number
}

/** Calls a function and waits for its result. */
export async function invoke(aws: Aws, { functionName: FunctionName, qualifier: Qualifier, event }: Call): Promise<Called> {
  const started = performance.now()
  const { Payload, FunctionError, ExecutedVersion } = await aws.lambda(
    new InvokeCommand({ FunctionName, Qualifier, Payload: JSON.stringify(event) }),
  )
  const took = performance.now() - started
  const result = { payload: Buffer.from(Payload ?? []).toString(), version: ExecutedVersion, took }
  return FunctionError === undefined ? result : { ...result, functionError: FunctionError }
}
