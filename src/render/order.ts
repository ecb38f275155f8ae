import { phases, type Phase, type PlannedChange } from '../change.ts'

/** Changes that are read together. */
export interface Section {
  readonly title: string
  readonly changes: readonly PlannedChange[]
}

/** A phase as somebody reads it who knows nothing of this action's. */
const phaseTitles: Readonly<Record<Phase, string>> = {
  prepare: 'prepare, unnoticed by callers',
  check: 'check',
  'go live': 'go live',
  verify: 'verify',
  prune: 'tidy up, what no release needs',
}

/** Kinds that are gone for good once they are deleted; what else a run deletes comes and goes with each release. */
const lasting: readonly string[] = ['function', 'role', 'API', 'log group', 'stage']

/**
 * A plan as it is read: first what callers of the stage notice, then what goes for good, then the rest in the order in which it is done. In
 * each what is deleted stands first, by its name: that is what a reader must not miss.
 */
export function sections(plan: readonly PlannedChange[]): readonly Section[] {
  // Where a stage goes, everything does, and the order in which it goes says most.
  const isRemoval = plan.some(isStageDelete)
  const isLost = ({ kind, action }: PlannedChange): boolean => !isRemoval && action === 'delete' && lasting.includes(kind)
  const titleOf = (phase: Phase): string => (isRemoval && phase === 'prune' ? 'removed with it' : phaseTitles[phase])
  const rest = plan.filter((change) => !isNoticed(change) && !isLost(change))
  const all = [
    { title: 'what callers notice', changes: plan.filter(isNoticed) },
    { title: 'removed for good, at the end', changes: plan.filter(isLost) },
    ...phases.map((phase) => ({ title: titleOf(phase), changes: rest.filter((change) => change.phase === phase) })),
  ]
  return all.filter(({ changes }) => changes.length > 0).map(({ title, changes }) => ({ title, changes: deletesFirst(changes) }))
}

/** All changes of a plan in that order. */
export function inReadingOrder(plan: readonly PlannedChange[]): readonly PlannedChange[] {
  return sections(plan).flatMap(({ changes }) => changes)
}

function isNoticed(change: PlannedChange): boolean {
  return (change.kind === 'route' && change.action !== 'keep') || isStageDelete(change)
}

const isStageDelete = ({ kind, action }: PlannedChange): boolean => kind === 'stage' && action === 'delete'

function deletesFirst(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  const nameOf = ({ kind, name }: PlannedChange): string => `${kind} ${name}`
  const deletes = changes.filter(({ action }) => action === 'delete').sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  return [...deletes, ...changes.filter(({ action }) => action !== 'delete')]
}
