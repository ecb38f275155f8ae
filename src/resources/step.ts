import type { Aws } from '../aws/clients.ts'
import type { Phase, PlannedChange } from '../change.ts'
import type { Progress } from '../progress.ts'
import type { Account } from '../service/arns.ts'
import type { OwnCanary } from '../service/canary.ts'
import type { ServiceId } from '../service/service.ts'

/** What steps are applied with. */
export interface ApplyContext {
  readonly aws: Aws
  readonly account: Account
  /** Whose plan it is. What is wanted of it, a step knows from its plan. */
  readonly service: ServiceId
  readonly ids: Ids
  readonly claim: Claim
  readonly progress: Progress
  /** Where a stage's callers reach it, without a slash at the end. */
  readonly invokeUrl: (apiId: string) => string
  /** Values of the step's environment that nothing may show. */
  readonly secrets: readonly string[]
}

/** By what runs at once know which of them goes on (resources/claim). */
export interface Claim {
  /** The name of this run, which no other one has. */
  readonly run: string
  /** The name that stood there when this run read what stands. */
  readonly before: string | undefined
  /** Where it is written. */
  readonly on: 'API' | 'stage'
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
  /** Whether PutRestApi has changed the API's definition: the deployment then makes sure that it holds all of that. */
  isImported: boolean
  /** When the last permission was added, in milliseconds since the epoch. */
  permissionAddedAt: number | undefined
  /** When the last alias was moved. */
  aliasMovedAt: number | undefined
  /** Names of the aliases that this run has made or moved. */
  readonly putAliases: Set<string>
  /** The aliases that this run has given provisioned concurrency. */
  readonly provisioned: { readonly functionName: string; readonly alias: string }[]
  /** When the release went live. */
  wentLiveAt: number | undefined
  /** The canary that this run has put on the stage. */
  canary: CanaryStart | undefined
  /** When a canary was taken off, in milliseconds since the epoch. */
  canaryEndedAt: number | undefined
  /** Whether this run has set the role by which API Gateway writes logs; stages learn of it some time later. */
  isAccountRoleNew: boolean
}

/** How things stood when a canary was put on the stage. */
export interface CanaryStart {
  readonly canary: OwnCanary
  /** The alarms that were red already, with the time at which each turned red, in milliseconds since the epoch. */
  readonly redBefore: ReadonlyMap<string, number>
}

/** How a step ended. */
export type Outcome = void | 'left'

/** A change of a plan that can be carried out. */
export interface Step extends PlannedChange {
  /** What must be done before: tasks of the same plan, and of no later phase. */
  readonly needs: readonly Task[]
  /** Gives `left` where nothing was changed after all, because AWS says that somebody needs what was to go. */
  readonly apply: (context: ApplyContext) => Promise<Outcome>
  /** Its name once it is done, where an id stands in it that is known after apply. */
  readonly nameAtLast?: (context: ApplyContext) => string
}

/** A look that stops the run when somebody else has won, a wait, or the claim. It is carried out with a plan and not shown in it. */
export interface Guard {
  readonly id: string
  readonly phase: Phase
  readonly needs: readonly Task[]
  readonly check: (context: ApplyContext) => Promise<void>
}

/** What the scheduler runs. */
export type Task = Step | Guard

/** An id that must exist by now; a missing one is a defect in the order of steps. */
export function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is not known yet`)
  return value
}

type StepInput = Omit<Step, 'fields' | 'needs' | 'count' | 'leftover'> & Partial<Pick<Step, 'fields' | 'needs'>>

/** A step with the usual defaults: nothing differs by field, nothing is needed before. */
export function step(input: StepInput): Step {
  return { fields: [], needs: [], ...input }
}

/** An entry of the plan that says that something is as it should be, or with `count` that several alike are. */
export function keep(input: { id: string; kind: string; name: string; reason?: string; count?: number; leftover?: boolean }): Step {
  return { fields: [], needs: [], phase: 'prepare', action: 'keep', reason: 'unchanged', ...input, apply: async () => undefined }
}
