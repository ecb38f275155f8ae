/** When a change is applied; the phases are barriers, in this order. */
export const phases = ['prepare', 'check', 'go live', 'verify', 'prune'] as const
export type Phase = (typeof phases)[number]

/** To adopt is to make what somebody else has made a part of the service. */
export type Action = 'create' | 'adopt' | 'update' | 'delete' | 'keep'

/** What was done, at the beginning of a line. */
export const doneVerbs: Readonly<Record<Action, string>> = {
  create: 'Created', adopt: 'Adopted', update: 'Updated', delete: 'Deleted', keep: 'Kept',
}

/** How a field is shown that is not set, before or after. */
export const notSet = '(none)'

/** One field that differs. Values are fit for printing: a secret's field carries its name alone. */
export interface FieldDiff {
  readonly field: string
  readonly from?: string
  readonly to?: string
}

/** One entry of a plan, as the log, the summary and the `plan` output show it. */
export interface PlannedChange {
  /** Unique in its plan, such as `function/greeting/code`. */
  readonly id: string
  /** What kind of thing: `function`, `route`, `stage`, ... */
  readonly kind: string
  /** Which one: `greeting`, `GET /greeting`, `prod`. */
  readonly name: string
  readonly action: Action
  readonly phase: Phase
  /** Why, in a few words: `the code differs`. */
  readonly reason: string
  readonly fields: readonly FieldDiff[]
  /** How many things alike a kept entry stands for; missing means one. */
  readonly count?: number
  /** Whether the config no longer asks for what is kept, so that the reader is to know why it is still there. */
  readonly leftover?: boolean
}
