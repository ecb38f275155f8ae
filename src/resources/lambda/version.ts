import { DeleteFunctionCommand } from '@aws-sdk/client-lambda'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { step, type Step } from '../step.ts'
import type { FunctionState } from './state.ts'

export const versionActions = ['lambda:DeleteFunction'] as const

/** The deletion of one version. */
export interface VersionDeletion extends Step {
  readonly version: string
}

/** Deletes the published versions that nothing needs: no alias names them and no kept release of any stage served them. */
export function planVersionPrune(state: FunctionState, needed: ReadonlySet<string>): VersionDeletion[] {
  return state.versions
    .map((version) => version.Version ?? '')
    .filter((version) => version !== '' && !needed.has(version))
    .map((version) => ({ version, ...step({
      id: `function/${state.name}/version/${version}`, kind: 'function version', name: `${state.name}:${version}`, action: 'delete', phase: 'prune',
      reason: 'no alias and no kept release names it',
      apply: async ({ aws }) => {
        try {
          await orUndefined(aws.lambda(new DeleteFunctionCommand({ FunctionName: state.name, Qualifier: version })))
        } catch (error) {
          // An alias that another run has put on it meanwhile (409, go-lambda-cleanup#45): then it is needed after all.
          if (!isRefusal(error, 'ResourceConflictException')) throw error
        }
      },
    }) }))
}
