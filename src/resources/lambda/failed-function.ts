import { DeleteFunctionCommand } from '@aws-sdk/client-lambda'
import { orUndefined } from '../../aws/refusal.ts'
import { step, type Step } from '../step.ts'
import type { FunctionState } from './state.ts'

/**
 * Whether a function's creation has failed: "you must delete and recreate the function" (developer guide, function states). One that has a
 * version or an alias has worked before, and is not taken away.
 */
export function isDeadEnd({ latest, versions, aliases }: FunctionState): boolean {
  return latest.State === 'Failed' && versions.length === 0 && aliases.length === 0
}

/** Deletes a function whose creation has failed, so that it can be made again. */
export function planFailedDelete({ name, latest }: FunctionState): Step {
  return step({
    id: `function/${name}/failed`, kind: 'function', name, action: 'delete', phase: 'prepare',
    reason: `Lambda could not bring it up (${latest.StateReasonCode ?? 'no reason given'}); it is made again`,
    apply: async ({ aws }) => {
      await orUndefined(aws.lambda(new DeleteFunctionCommand({ FunctionName: name })))
    },
  })
}
