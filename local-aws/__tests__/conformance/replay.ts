import { compare } from './compare.ts'
import { play } from './play.ts'
import { prepare, type Stage } from './prepare.ts'
import { close, type Outcome } from './calls.ts'
import type { Scenario, Step } from './rows.ts'
import type { Bindings } from './unify.ts'
import { fillIn, type Known } from './values.ts'

/** What became of one row: `difference` is undefined where the answer is AWS's. */
export interface RowResult {
  /** Test and name of the record. */
  readonly source: string
  readonly step: Step
  readonly difference: string | undefined
}

/** Plays one scenario against an empty account and compares the answers of its rows. Rejects only when local AWS itself cannot be reached. */
export async function replay(scenario: Scenario, stage: Stage = 'front'): Promise<RowResult[]> {
  const prepared = await prepare(scenario, stage)
  const bindings: Bindings = new Map([['111111111111', prepared.account], ['<region>', prepared.region], ['<partition>', 'aws']])
  const answers: Known['answers'][number][] = []
  const results: RowResult[] = []
  let last: Outcome | Error = new Error('Nothing was asked yet.')
  for (const step of scenario.steps) {
    if (step.call !== 'same') last = await attempt(step, prepared, { ...prepared, answers })
    answers.push(last instanceof Error ? undefined : last.answer)
    if (step.row === undefined) continue
    const difference = last instanceof Error ? last.message : compare(step, last, bindings)
    for (const source of [scenario.source, ...(scenario.also ?? [])]) results.push({ source: `${source} ${step.row}`, step, difference })
  }
  close(prepared.client)
  return results
}

/** A request that cannot even be made, because a step before it failed, makes its row differ instead of ending the scenario. */
async function attempt(step: Step, prepared: Parameters<typeof play>[1], known: Known): Promise<Outcome | Error> {
  try {
    return await play(step, prepared, fillIn(step.with ?? {}, known))
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
