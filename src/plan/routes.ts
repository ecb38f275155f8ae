import type { PlannedChange } from '../change.ts'
import { defined } from '../defined.ts'
import { wantedMethods, type ServedMethods } from '../resources/api/definition/served-methods.ts'
import { step, type Step } from '../resources/step.ts'
import type { Service } from '../service/service.ts'

interface RoutesInput {
  /** What callers of the stage reach now; missing where it is not known, so that only the edits can be told. */
  readonly served: ServedMethods | undefined
  /** Names of the methods in the API that the service did not make. */
  readonly foreign: ReadonlySet<string>
  /** The edits of the working copy, which all stages of the API share. */
  readonly edits: readonly Step[]
}

/** What a plan says about the routes. */
export interface RoutesPlan {
  /** The edits, each told as what callers of this stage notice of it. */
  readonly edits: readonly Step[]
  /** What callers notice although the working copy needs no edit for it: another stage's deploy has made that already. */
  readonly others: readonly Step[]
}

type Notice = Pick<PlannedChange, 'action' | 'reason' | 'fields'>

/**
 * Tells changes of routes as callers of the stage notice them. The edits of the working copy alone would mislead: all stages share it, so a
 * deploy of another stage may have removed routes that this one serves, or added some that it does not.
 */
export function planRoutes(service: Service, { served, foreign, edits }: RoutesInput): RoutesPlan {
  if (served === undefined) return { edits, others: [] }
  const notices = noticesOf(service, served, foreign)
  const edited = new Set(edits.flatMap((edit) => (edit.kind === 'route' ? [edit.name] : [])))
  return {
    edits: edits.map((edit) => asNoticed(edit, notices, foreign)),
    others: [...notices].filter(([name]) => !edited.has(name)).map(([name, notice]) =>
      step({ id: `route/${name}`, kind: 'route', name, phase: 'prepare', ...notice, apply: async () => undefined }),
    ),
  }
}

function asNoticed(edit: Step, notices: ReadonlyMap<string, Notice>, foreign: ReadonlySet<string>): Step {
  // A method of somebody else's that the config lists is adopted, which says more than what callers notice of it.
  if (edit.kind !== 'route' || foreign.has(edit.name)) return edit
  const notice = notices.get(edit.name)
  if (notice !== undefined) return { ...edit, ...notice }
  const isServed = edit.action !== 'delete'
  const reason = isServed ? 'is set right there; this stage serves it already' : 'was left there; this stage does not serve it'
  return { ...edit, kind: 'working copy', reason, fields: [] }
}

/** By route: what callers of the stage will notice. */
function noticesOf(service: Service, served: ServedMethods, foreign: ReadonlySet<string>): Map<string, Notice> {
  const wanted = wantedMethods(service)
  const gone = [...served.keys()].filter((name) => !wanted.has(name) && !foreign.has(name))
  const changed = [...wanted].filter(([name, functionName]) => !served.has(name) || served.get(name) !== functionName)
  return new Map([
    ...gone.map((name): [string, Notice] => [name, { action: 'delete', reason: 'is no longer in the config', fields: [] }]),
    ...changed.map(([name, to]): [string, Notice] => {
      const from = served.get(name)
      const fields = [defined({ field: 'function', from, to })]
      if (served.has(name)) return [name, { action: 'update', reason: 'leads elsewhere', fields }]
      return [name, { action: 'create', reason: 'the stage does not serve it yet', fields }]
    }),
  ])
}
