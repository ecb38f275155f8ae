import type { Aws } from '../aws/clients.ts'
import type { Change } from '../change.ts'
import type { Progress } from '../progress.ts'
import type { Account } from '../service/arns.ts'
import type { Service } from '../service/service.ts'

/** What changes are applied with. */
export interface ApplyContext {
  readonly aws: Aws
  readonly account: Account
  readonly service: Service
  readonly ids: Ids
  readonly progress: Progress
}

/** A change of this project's: one that needs AWS and the ids that earlier steps have given. */
export interface Step extends Change<ApplyContext> {
  /** A look that changes nothing: it stands in no plan and is not told. */
  readonly silent?: boolean
  /** Its name once it is done, where an id stands in it that is known after apply. */
  readonly nameAtLast?: (context: ApplyContext) => string
}

/** What is known after apply: ids that AWS gives. Those of things that stand already are in it from the start. */
export interface Ids {
  apiId: string | undefined
  rootResourceId: string | undefined
  deploymentId: string | undefined
  /** By function name. */
  readonly roleArns: Map<string, string>
  /** By function name: the version that is to serve. */
  readonly versions: Map<string, string>
  /** When the last permission was added, in milliseconds since the epoch. */
  permissionAddedAt: number | undefined
}

/** An id that must exist by now; a missing one is a defect in the order of changes. */
export function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is not known yet`)
  return value
}

type StepFacts = Pick<Step, 'id' | 'kind' | 'name' | 'action' | 'phase' | 'reason' | 'apply'> & Partial<Pick<Step, 'fields' | 'needs' | 'silent' | 'nameAtLast'>>

/** A step with the usual defaults: nothing differs by field, nothing is needed before. */
export function step(facts: StepFacts): Step {
  return { fields: [], needs: [], ...facts }
}

/** An entry of the plan that says that something is as it should be. */
export function keep(facts: { id: string; kind: string; name: string; reason?: string }): Step {
  return { fields: [], needs: [], phase: 'prepare', action: 'keep', reason: 'unchanged', ...facts, apply: async () => undefined }
}
