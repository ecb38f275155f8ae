import { isDeepStrictEqual } from 'node:util'
import type { RowResult } from '../../__tests__/conformance/replay.ts'
import type { JsonObject, Scenario, Step } from '../../__tests__/conformance/rows.ts'
import { expectation, type Exchange } from './recordings.ts'

/** What is known of the recorded answers that no row covers: their operation (`-`: no AWS operation) and, by test, why. */
export interface Uncovered {
  readonly operations: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly reasons: Readonly<Record<string, string>>
}

export interface OperationCount {
  readonly operation: string
  readonly recorded: number
  readonly covered: number
  readonly agreeing: number
}

export interface Counts {
  readonly operations: readonly OperationCount[]
  readonly differing: readonly { readonly source: string; readonly call: string; readonly reason: string }[]
  readonly uncovered: readonly { readonly source: string; readonly operation: string; readonly reason: string }[]
}

/**
 * Counts the recorded answers of the given operations: how many a row covers, and in how many local AWS agrees.
 * Throws an Error that names them when rows and recordings do not tell the same, or a recorded answer is unknown.
 */
export function count(exchanges: readonly Exchange[], known: { readonly scenarios: readonly Scenario[]; readonly results: readonly RowResult[]; readonly uncovered: Uncovered; readonly operations: ReadonlySet<string> }): Counts {
  const rows = rowsOf(known.scenarios)
  const differences = new Map<string, string | undefined>(known.results.map(({ source, step, difference }) => [source, difference === undefined ? undefined : (step.differs ?? `unexplained: ${difference}`)]))
  const wrong = unfaithful(exchanges, rows)
  if (wrong.length > 0) throw new Error(`These rows do not say what was recorded:\n${wrong.join('\n')}`)
  const all = exchanges.map(({ source, row }) => {
    const name = `${source} ${row}`
    const found = rows.get(name)
    const operation = found?.operation ?? known.uncovered.operations[source]?.[row]
    if (operation === undefined) throw new Error(`Nobody knows which operation answered ${name}: add a row, or name it in scripts/conformance/uncovered.json.`)
    return { name, source, operation, isCovered: found !== undefined, difference: differences.get(name) }
  }).filter(({ operation }) => known.operations.has(operation))
  const names = [...new Set(all.map(({ operation }) => operation))].sort()
  return {
    operations: names.map((operation) => {
      const these = all.filter((each) => each.operation === operation)
      const covered = these.filter(({ isCovered }) => isCovered)
      return { operation, recorded: these.length, covered: covered.length, agreeing: covered.filter(({ difference }) => difference === undefined).length }
    }),
    differing: all.flatMap(({ name, operation, difference }) => (difference === undefined ? [] : [{ source: name, call: operation, reason: difference }])),
    uncovered: all.filter(({ isCovered }) => !isCovered).map(({ name, source, operation }) => ({ source: name, operation, reason: known.uncovered.reasons[source] ?? 'no row yet' })),
  }
}

/** Every row by the name of the record that it stands for. */
function rowsOf(scenarios: readonly Scenario[]): Map<string, { readonly step: Step; readonly operation: string }> {
  const sources = scenarios.flatMap((scenario) => [scenario.source, ...(scenario.also ?? [])].map((source) => ({ source, rows: named(scenario.steps) })))
  return new Map(sources.flatMap(({ source, rows }) => rows.map((row) => [`${source} ${row.step.row ?? ''}`, row])))
}

/** The rows among the steps; a step that says `same` looks at the answer of the one before. */
function named(steps: readonly Step[]): { readonly step: Step; readonly operation: string }[] {
  let last = ''
  return steps.flatMap((step) => {
    if (step.call !== 'same') last = step.call.split(' ')[1] ?? ''
    return step.row === undefined ? [] : [{ step, operation: last }]
  })
}

function unfaithful(exchanges: readonly Exchange[], rows: ReadonlyMap<string, { readonly step: Step }>): string[] {
  const recorded = new Map(exchanges.map(({ source, row, content }) => [`${source} ${row}`, content]))
  return [...rows].flatMap(([name, { step }]) => {
    const content = recorded.get(name)
    if (content === undefined) return [`${name}: not recorded`]
    const said = expectation(step.part === undefined ? content : ((content as JsonObject)[step.part] ?? null))
    const { status, error, answer } = step
    const row = { ...(status === undefined ? {} : { status }), ...(error === undefined ? {} : { error }), ...(answer === undefined ? {} : { answer }) }
    return isDeepStrictEqual(row, said) ? [] : [name]
  })
}
