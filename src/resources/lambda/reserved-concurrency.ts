import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import { notSet } from '../../change.ts'
import type { FunctionSpec } from '../../service/service.ts'
import { step, type Step } from '../step.ts'
import type { FunctionState } from './state.ts'

export const reservedConcurrencyActions = ['lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'] as const

/** Sets a function's reserved concurrency, which CreateFunction does not take, or takes it away. */
export function planReservedConcurrency(
  spec: FunctionSpec, { state, needs }: { state: FunctionState | undefined; needs: readonly Step[] },
): Step[] {
  const [actual, wanted] = [state?.reservedConcurrency, spec.reservedConcurrency]
  if (wanted === actual) return []
  const FunctionName = spec.name
  return [step({
    id: `function/${spec.name}/reserved-concurrency`, kind: 'reserved concurrency', name: spec.name, phase: 'prepare', needs,
    action: wanted === undefined ? 'delete' : actual === undefined ? 'create' : 'update', reason: 'differs',
    fields: [{ field: 'reserved-concurrency', from: String(actual ?? notSet), to: String(wanted ?? notSet) }],
    apply: async ({ aws }) => {
      if (wanted === undefined) await aws.lambda(new DeleteFunctionConcurrencyCommand({ FunctionName }))
      else await aws.lambda(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: wanted }))
    },
  })]
}
