import { DeleteAliasCommand, DeleteFunctionCommand } from '@aws-sdk/client-lambda'
import { orUndefined } from '../../aws/refusal.ts'
import { step, type Step } from '../step.ts'

export const deleteActions = ['lambda:DeleteFunction', 'lambda:DeleteAlias'] as const

/** Deletes one alias and, with it, its permissions. */
export function planAliasDelete(functionName: string, alias: string): Step {
  return step({
    id: `function/${functionName}/alias/${alias}`, kind: 'alias', name: `${functionName}:${alias}`, action: 'delete', phase: 'prune', reason: 'its stage is gone',
    apply: async ({ aws }) => {
      await orUndefined(aws.lambda(new DeleteAliasCommand({ FunctionName: functionName, Name: alias })))
    },
  })
}

/** Deletes a function with all its versions, aliases and permissions. */
export function planFunctionDelete(functionName: string): Step {
  return step({
    id: `function/${functionName}`, kind: 'function', name: functionName, action: 'delete', phase: 'prune', reason: 'its last stage is gone',
    apply: async ({ aws }) => {
      await orUndefined(aws.lambda(new DeleteFunctionCommand({ FunctionName: functionName })))
    },
  })
}
