import { afterAll, beforeAll, expect, test } from '@jest/globals'
import PQueue from 'p-queue'
import type { PullRequest } from '../../local-github/repository.ts'
import { withoutIds } from '../support/account-state.ts'
import { makePreviews, shop, type Previews } from '../support/previews.ts'
import type { StepResult } from '../support/runner.ts'
import { succeeded } from '../support/service.ts'

let previews: Previews
let before: unknown
const stateOf = async (): Promise<unknown> => withoutIds(await previews.service.account.control.state(), previews.service.account.id)

beforeAll(async () => {
  previews = await makePreviews()
  succeeded(await previews.push(shop))
  before = await stateOf()
})
afterAll(() => previews.close())

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const counts = { runs: 0, killed: 0, lost: 0, doubled: 0, overtaken: 0, failed: 0 }

/** A run that may be killed when it has told of so many changes. */
async function run(pullRequest: PullRequest, action: string, killAt?: number): Promise<StepResult> {
  let told = 0
  let kill = (): void => undefined
  const onOutput = (text: string): void => {
    told += text.match(/^(Created|Updated|Deleted) /gm)?.length ?? 0
    if (killAt !== undefined && told >= killAt) kill()
  }
  const step = await previews.start(pullRequest, action, { onOutput, isBeside: true })
  kill = step.kill
  const result = await step.result
  counts.runs += 1
  if (result.signal !== null) counts.killed += 1
  // A killed run may have been about to be answered: what it has sent has its effect.
  await previews.service.account.control.idle()
  if (result.signal === null && result.exitCode !== 0) counts.failed += 1
  return result
}

/** One pull request's life, as far as chance decides it; in the end it is closed, and whether anybody hears of that is chance, too. */
async function live(number: number, random: () => number, staysOpen: boolean): Promise<PullRequest> {
  const chance = (share: number): boolean => random() < share
  const killAt = (share: number): number | undefined => (chance(share) ? 1 + Math.floor(random() * 9) : undefined)
  const pullRequest = previews.open({ number })
  await run(pullRequest, 'opened', killAt(0.3))
  if (chance(0.4)) await run(pullRequest, 'synchronize', killAt(0.3))
  if (chance(0.2)) {
    counts.doubled += 1
    await Promise.all([run(pullRequest, 'synchronize'), run(pullRequest, 'synchronize')])
  }
  if (chance(0.3)) {
    pullRequest.state = 'closed'
    const closing = run(pullRequest, 'closed', killAt(0.3))
    if (chance(0.5)) {
      counts.overtaken += 1
      pullRequest.state = 'open'
      await Promise.all([closing, run(pullRequest, 'reopened')])
    } else {
      await closing
      pullRequest.state = 'open'
      await run(pullRequest, 'reopened', killAt(0.3))
    }
  }
  if (staysOpen) return pullRequest
  pullRequest.state = 'closed'
  if (chance(0.4)) counts.lost += 1
  else if (chance(0.3)) {
    counts.overtaken += 1
    await Promise.all([run(pullRequest, 'synchronize'), run(pullRequest, 'closed')])
  } else await run(pullRequest, 'closed', killAt(0.3))
  return pullRequest
}

test('twenty pull requests at random, ten closed at once, and one sweep: the account is as it was', async () => {
  const seed = Number(process.env['TEST_SEED'] ?? 813957329)
  process.stdout.write(`previews at random: seed ${seed}\n`)
  const random = randomFrom(seed)
  const lanes = new PQueue({ concurrency: 2 })
  const lives = Array.from({ length: 20 }, (_, index) => {
    // Chance is dealt beforehand: what runs at once must not change it.
    const own = randomFrom(Math.floor(random() * 1e9))
    return lanes.add(() => live(200 + index, own, index < 10))
  })
  const atOnce = (await Promise.all(lives)).slice(0, 10)
  for (const each of atOnce) each.state = 'closed'
  const { control } = previews.service.account
  await control.configure({ rates: true })
  const closed = await Promise.all(atOnce.map((each) => run(each, 'closed')))
  expect(closed.map(({ exitCode, output }) => (exitCode === 0 ? 'closed' : output))).toEqual(atOnce.map(() => 'closed'))
  const swept = succeeded(await previews.push({ command: 'sweep' }))
  const removed = (JSON.parse(swept.outputs['swept'] ?? '') as { state: string }[]).length
  process.stdout.write(`previews at random: ${JSON.stringify({ seed, ...counts, atOnce: atOnce.length, swept: removed })}\n`)
  expect([seed, await stateOf()]).toEqual([seed, before])
  expect(succeeded(await previews.push({ command: 'sweep' })).outputs['swept']).toBe('[]')
})
