import type { Aws } from '../aws/clients.ts'
import type { Change } from '../change.ts'
import type { Progress } from '../progress.ts'
import type { Service } from '../service/service.ts'

/** What changes are applied with. */
export interface ApplyContext {
  readonly aws: Aws
  readonly service: Service
  readonly born: Born
  readonly progress: Progress
}

/** A change of this project's: one that needs AWS and what was born before it. */
export interface Step extends Change<ApplyContext> {
  /** A look that changes nothing: it stands in no plan and is not told. */
  readonly silent?: boolean
  /** Its name once it is done, where an id stands in it that was born on the way. */
  readonly nameAtLast?: (context: ApplyContext) => string
}

/** Ids that are known before a run or come to be on its way. */
export interface Born {
  accountId: string
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  partition: string
  apiId: string | undefined
  rootResourceId: string | undefined
  deploymentId: string | undefined
  /** By function name. */
  readonly roleArns: Map<string, string>
  /** ARNs of roles that somebody else made so short a while ago that Lambda may not know them yet. */
  readonly freshRoles: ReadonlySet<string>
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
