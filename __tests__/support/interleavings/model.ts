import type { Outcome } from './run.ts'
import type { StageName } from './shop.ts'
import type { View, Views } from './look.ts'

/** What a run is told to do. */
export type Act =
  | { readonly do: 'deploy' | 'hold'; readonly stage: StageName; readonly commit: number }
  | { readonly do: 'promote' | 'promote from test'; readonly stage: StageName; readonly commit: number }
  | { readonly do: 'rollback'; readonly stage: StageName; readonly commit: number; readonly to?: number }

/** The inputs of an act. */
export function inputsOf(act: Act): Readonly<Record<string, string>> {
  const { stage } = act
  switch (act.do) {
    case 'deploy': return { stage, command: 'deploy' }
    case 'hold': return { stage, command: 'deploy', 'canary-percent': '50', 'bake-time': 'hold' }
    case 'promote': return { stage, command: 'promote' }
    case 'promote from test': return { stage, command: 'promote', 'from-stage': 'test' }
    case 'rollback': return { stage, command: 'rollback', ...(act.to === undefined ? {} : { to: String(act.to) }) }
  }
}

export const wordsOf = (act: Act): string =>
  `${act.do}${act.do === 'rollback' ? (act.to === undefined ? '' : ` to ${act.to}`) : act.do.startsWith('promote') ? '' : ` ${act.commit}`} on ${act.stage}`

/** The commits that may be live on its stage once an act has ended, however it did. */
export function possible(act: Act, before: Views): ReadonlySet<number | undefined> {
  const stage = before.get(act.stage)
  return new Set([stage?.live, ...wanted(act, before)])
}

/** The commits that are live once an act is done by itself. */
function wanted(act: Act, before: Views): readonly (number | undefined)[] {
  const stage = before.get(act.stage)
  const kept = [...(stage?.releases.values() ?? [])]
  switch (act.do) {
    case 'deploy': return [act.commit]
    case 'hold': return [stage === undefined ? act.commit : stage.live]
    case 'promote': return [stage?.canary ?? stage?.live]
    case 'promote from test': return [before.get('test')?.live]
    case 'rollback': return stage?.canary !== undefined && act.to === undefined ? [stage.live] : kept
  }
}

/**
 * Judges an act that was alone by what a stage serves before and after it.
 * @returns what is wrong, in words; undefined where nothing is
 */
export function judge(act: Act, { ending, words }: Outcome, { before, after }: { readonly before: Views; readonly after: Views }): string | undefined {
  const [was, is] = [before.get(act.stage), after.get(act.stage)]
  if (ending === 'refused') return isSame(was, is) ? undefined : `it was refused (${words}), and ${viewWords(was)} became ${viewWords(is)}`
  const allowed = ending === 'done' ? wanted(act, before) : [...possible(act, before)]
  if (!allowed.includes(is?.live)) return `${ending} with ${viewWords(is)}, where ${viewWords(was)} was before`
  const isTried = act.do === 'hold' && was !== undefined && was.live !== act.commit
  if (ending === 'done' && is?.canary !== (isTried ? act.commit : undefined)) return `done, and the canary is ${is?.canary}`
  const elsewhere = [...before].filter(([name, view]) => name !== act.stage && !isSame(view, after.get(name)))
  return elsewhere.length === 0 ? undefined : `${elsewhere.map(([name]) => name).join()} is no longer what it was`
}

function isSame(a: View | undefined, b: View | undefined): boolean {
  return a?.live === b?.live && a?.number === b?.number && a?.canary === b?.canary
}

function viewWords(view: View | undefined): string {
  if (view === undefined) return 'nothing'
  return `release ${view.number} of commit ${view.live}${view.canary === undefined ? '' : ` beside a canary of ${view.canary}`}`
}
