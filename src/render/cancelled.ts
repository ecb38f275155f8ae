import type { Begun } from '../cancellation.ts'
import { doneVerbs, type PlannedChange } from '../change.ts'
import type { ErrorText } from '../errors.ts'

/** How far a run had come when it was told to stop. */
export interface Stop {
  readonly signal: string
  /** Changes that were carried out. */
  readonly done: readonly PlannedChange[]
  /** Undefined where nobody knows how far it had come. */
  readonly begun: readonly Begun[] | undefined
}

/** So many are named; the log has them all. */
const named = 10

/** What a run that was told to stop says for itself: what it has done, what callers get now, and what the next run will do. */
export function cancelledText({ signal, done, begun }: Stop): ErrorText {
  const changed = done.map(({ action, kind, name }) => `${doneVerbs[action].toLowerCase()} ${kind} ${name}`)
  const underWay = (begun ?? []).map(({ kind, name }) => `${kind} ${name}`)
  const what = [
    `The run was stopped by ${signal} before it was done.`,
    callersGet(done, begun),
    ...(changed.length === 0 ? [] : [`Done by then: ${listed(changed)}.`]),
    ...(underWay.length === 0 ? [] : [`Under way, and perhaps done: ${listed(underWay)}.`]),
  ]
  return {
    what: what.join('\n'),
    why: 'The job was cancelled, its time was up (`timeout-minutes`), or a newer run of its `concurrency` group took its place.',
    cure: 'Run the job again: it looks at what stands, keeps what is right, and goes on from there. Nothing has to be undone by hand.',
    docs: 'concurrency.md#cancelled-runs',
  }
}

function callersGet(done: readonly PlannedChange[], begun: readonly Begun[] | undefined): string {
  if (begun === undefined) return 'It did not come to an end in time: the log says how far it had come.'
  const changes = done.filter((change) => change.phase === 'go live')
  const live = changes.find(({ kind }) => kind !== 'canary')
  if (live === undefined && changes.some(({ action }) => action !== 'delete')) {
    return 'A share of the requests goes to the canary, which the next deploy of the same goes on with; `command: rollback` takes it back.'
  }
  if (live !== undefined) {
    if (live.action === 'delete') return 'The stage is gone; what only it needed may be left.'
    return 'What was to go live is live; what no release needs may be left.'
  }
  if (begun.some(({ phase, isUnanswered }) => phase === 'go live' && isUnanswered)) {
    return 'Whether the stage has changed is open: AWS had not answered yet.'
  }
  return done.length + begun.length === 0 ? 'Nothing in AWS was changed.' : 'Callers get what they got before.'
}

function listed(items: readonly string[]): string {
  const rest = items.length - named
  return rest <= 0 ? items.join(', ') : `${items.slice(0, named).join(', ')} and ${rest} more`
}
