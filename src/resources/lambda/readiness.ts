import { GetFunctionConfigurationCommand, type FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { pause } from '../../cancellation.ts'
import { UserError } from '../../errors.ts'

/** A function in a VPC or a version with SnapStart may take minutes (Lambda developer guide, "Lambda function states"). */
const patience = 15 * 60_000

/**
 * Waits until a function, or one version of it, is active and no update is under way, and gives its configuration then: the RevisionId
 * of an update's own answer is stale by that time (recorded in test_function_revisions_basic).
 * @throws UserError where Lambda could not bring it up
 */
export async function waitUntilReady(aws: Aws, FunctionName: string, Qualifier?: string): Promise<FunctionConfiguration> {
  const configuration = await waitUntilSettled(aws, FunctionName, Qualifier)
  refuseFailure(FunctionName, configuration)
  return configuration
}

/**
 * Waits until nothing is under way, also where the last update has failed, because the next one may repair that.
 * The first polls come after tenths of a second.
 */
export async function waitUntilSettled(aws: Aws, FunctionName: string, Qualifier?: string): Promise<FunctionConfiguration> {
  const start = performance.now()
  for (let interval = 100; ; interval = Math.min(interval * 1.3, 5_000)) {
    const configuration = await aws.lambda(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }))
    if (isSettled(configuration)) return configuration
    if (performance.now() - start > patience) {
      const { State, LastUpdateStatus, LastUpdateStatusReason, StateReason } = configuration
      throw new UserError({
        what: `Lambda function ${FunctionName} is still not ready after 15 minutes (State ${State}, LastUpdateStatus ${LastUpdateStatus}).`,
        why: LastUpdateStatusReason ?? StateReason ?? 'Lambda gives no reason.',
        cure: 'Look at the function in the Lambda console, then run the job again; it goes on where this run stopped.',
      })
    }
    await pause(interval)
  }
}

/** Nothing is under way. */
export function isSettled({ State, LastUpdateStatus }: FunctionConfiguration): boolean {
  return State !== 'Pending' && LastUpdateStatus !== 'InProgress'
}

/** An answer without states, as for a version that has always been active, counts as ready. */
export function isReady({ State, LastUpdateStatus }: FunctionConfiguration): boolean {
  return (State === undefined || State === 'Active') && (LastUpdateStatus === undefined || LastUpdateStatus === 'Successful')
}

function refuseFailure(name: string, configuration: FunctionConfiguration): void {
  const { State, LastUpdateStatus, StateReason, StateReasonCode, LastUpdateStatusReason, LastUpdateStatusReasonCode } = configuration
  if (State !== 'Failed' && LastUpdateStatus !== 'Failed') return
  throw new UserError({
    what: `Lambda could not bring ${name} up: ${LastUpdateStatusReason ?? StateReason ?? 'no reason given'}`,
    why: LastUpdateStatusReasonCode ?? StateReasonCode ?? 'Lambda gives no reason code.',
    cure: 'What was live before still serves. Fix the cause and run the job again: what has failed is made again.',
  })
}
