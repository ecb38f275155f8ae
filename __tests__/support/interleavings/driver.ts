import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookAt, type Views } from './look.ts'
import { inputsOf, judge, possible, wordsOf, type Act } from './model.ts'
import { Random } from '../random.ts'
import { runCommand, type Outcome } from './run.ts'
import { checkOut, stageNames, type StageName } from './shop.ts'

/*
 * Does acts by chance on two stages of one service, one or two at once, and kills some of them. After each it looks whether what is live is
 * one release, whole. Works in the account and by the clock of its environment; the last line that it prints is JSON.
 */

const [seed = 1, count = 25] = process.argv.slice(2).map(Number)
const url = process.env['AWS_ENDPOINT_URL'] ?? ''
const random = new Random(seed)
const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-interleavings-'))
const commits = Array.from({ length: 5 }, (_each, commit) => checkOut(folder, commit))
const commitOf = new Map<string, number>()
const tally: Record<string, number> = {}
const wrong: string[] = []
const history: string[] = []

function chosenAct(before: Views, stage: StageName = random.pick(stageNames)): Act {
  const commit = random.below(commits.length)
  const view = before.get(stage)
  const kinds: readonly Act['do'][] = [
    'deploy', 'deploy', 'hold', 'rollback', ...(view?.canary === undefined ? [] : ['promote', 'rollback'] as const),
    ...(stage === 'prod' ? ['promote from test', 'promote from test'] as const : []),
  ]
  const kind = random.pick(kinds)
  if (kind !== 'rollback') return { do: kind, stage, commit }
  const numbers = [...(view?.releases.keys() ?? [])]
  return random.below(2) === 0 || numbers.length === 0 ? { do: kind, stage, commit } : { do: kind, stage, commit, to: random.pick(numbers) }
}

function start(act: Act, more: { readonly killedAfter?: number; readonly waits?: Random } = {}): Promise<Outcome> {
  return runCommand(folder, { workspace: commits[act.commit] ?? '', inputs: inputsOf(act), ...more })
}

function note(act: Act, { ending, words }: Outcome): void {
  history.push(`${wordsOf(act)}: ${ending} ${words}`)
  const key = `${act.do} ${ending}`
  tally[key] = (tally[key] ?? 0) + 1
}

function fault(what: string): void {
  wrong.push(`seed ${seed}: ${what}\n    after ${history.slice(-6).join('\n          ')}`)
}

/** One act; killed on the way one time in three, and then perhaps done once more. */
async function alone(before: Views): Promise<Views> {
  const act = chosenAct(before)
  const isKilled = random.below(3) === 0
  const outcome = await start(act, isKilled ? { killedAfter: 1 + random.below(30) } : {})
  note(act, outcome)
  const after = await lookAt(url, commitOf)
  const problem = judge(act, outcome, { before, after })
  if (problem !== undefined) fault(`${wordsOf(act)}: ${problem}`)
  if (outcome.ending !== 'killed' || random.below(2) === 0) return after
  const again = await start(act)
  note(act, again)
  const end = await lookAt(url, commitOf)
  // What the killed run has done already, its second run finds done.
  if (again.ending === 'done' && !possible(act, before).has(end.get(act.stage)?.live)) fault(`${wordsOf(act)}, once more: ${end.get(act.stage)?.live} is live`)
  return end
}

/** Two acts at once, on one stage or on both. */
async function together(before: Views): Promise<Views> {
  const acts = [chosenAct(before), chosenAct(before)]
  const outcomes = await Promise.all(acts.map(async (act) => {
    const killedAfter = random.below(4) === 0 ? { killedAfter: 1 + random.below(30) } : {}
    return start(act, { waits: new Random(random.below(1e9)), ...killedAfter })
  }))
  acts.forEach((act, index) => note(act, outcomes[index] ?? { ending: 'refused', words: '', calls: [] }))
  const after = await lookAt(url, commitOf)
  for (const stage of stageNames) {
    const known = new Set([before.get(stage)?.live, before.get(stage)?.canary, before.get('test')?.live, after.get('test')?.live])
    for (const act of acts) if (act.stage === stage) for (const each of possible(act, before)) known.add(each)
    for (const act of acts) if (act.stage === stage && act.do === 'hold') known.add(act.commit)
    if (!known.has(after.get(stage)?.live)) fault(`${acts.map(wordsOf).join(' and ')}: commit ${after.get(stage)?.live} is live on ${stage}`)
  }
  return after
}

/** What everything leads to at last: a deploy goes through, and the one after it writes nothing. */
async function finish(): Promise<void> {
  for (const stage of stageNames) {
    const before = await lookAt(url, commitOf)
    if (before.get(stage)?.canary !== undefined) note({ do: 'rollback', stage, commit: 0 }, await start({ do: 'rollback', stage, commit: 0 }))
    const inputs = { stage, force: 'true' }
    const order = { workspace: commits[0] ?? '', inputs }
    const first = await runCommand(folder, order)
    history.push(`the last deploy on ${stage}: ${first.ending} ${first.words}`)
    const second = await runCommand(folder, order)
    const writes = second.calls.filter((name) => !/^(Get|List|Describe|Filter|Head)/.test(name))
    if (first.ending !== 'done' || second.ending !== 'done' || writes.length > 0) {
      fault(`the end on ${stage}: ${first.ending} ${first.words}, ${second.ending}, then ${writes.join(' ')}`)
    }
    const after = await lookAt(url, commitOf)
    if (after.get(stage)?.live !== 0) fault(`the end on ${stage}: commit ${after.get(stage)?.live} is live`)
  }
}

try {
  let views = await lookAt(url, commitOf)
  for (let step = 0; step < count; step++) views = await (random.below(3) === 0 ? together(views) : alone(views))
  await finish()
} catch (error) {
  fault(error instanceof Error ? (error.stack ?? error.message) : String(error))
}
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`${JSON.stringify({ seed, steps: count, tally, wrong })}\n`)
process.exit()
