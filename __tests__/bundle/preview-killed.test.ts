import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { withoutIds } from '../support/account-state.ts'
import { makePreviews, shop, type Previews } from '../support/previews.ts'
import type { PullRequest } from '../../local-github/repository.ts'
import { succeeded } from '../support/service.ts'

let previews: Previews
let before: unknown
let number = 100

const stateOf = async (): Promise<unknown> => withoutIds(await previews.service.account.control.state(), previews.service.account.id)
const inputs = { role: 'create' }

beforeAll(async () => {
  previews = await makePreviews()
  succeeded(await previews.push(shop))
  before = await stateOf()
})
afterAll(() => previews.close())

/** The numbers of the calls that write, of a run that nothing disturbs. */
async function writesOf(pullRequest: PullRequest, action: string): Promise<number[]> {
  succeeded(await previews.run(pullRequest, action, { inputs }))
  return (await previews.service.account.control.journal()).filter(({ writes }) => writes).map(({ seq }) => seq)
}

/** Kills a run when one of its calls has had its effect and is not answered yet. */
async function killAfter(call: number, pullRequest: PullRequest, action: string): Promise<void> {
  const { control } = previews.service.account
  const step = await previews.start(pullRequest, action, { inputs })
  await control.fault({ call }, { kind: 'hold', when: 'after' })
  await Promise.race([control.held(), step.result])
  step.kill()
  await step.result
  await control.clearFaults()
  await control.release()
  await control.idle()
}

test('a deploy that is killed after any write is carried on by the next one, and taken away by a closing or a sweep alone', async () => {
  const first = previews.open({ number: (number += 1) })
  const calls = await writesOf(first, 'opened')
  first.state = 'closed'
  succeeded(await previews.run(first, 'closed', { inputs }))
  expect(calls.length).toBeGreaterThan(8)
  for (const [index, call] of calls.entries()) {
    const pullRequest = previews.open({ number: (number += 1) })
    await killAfter(call, pullRequest, 'opened')
    if (index % 3 === 0) {
      succeeded(await previews.run(pullRequest, 'synchronize', { inputs }))
      succeeded(await previews.run(pullRequest, 'synchronize', { inputs }))
      expect(await previews.service.writes()).toEqual([])
    }
    pullRequest.state = 'closed'
    succeeded(index % 3 === 1 ? await previews.push({ command: 'sweep' }) : await previews.run(pullRequest, 'closed', { inputs }))
    expect([`killed after call ${call}`, await stateOf()]).toEqual([`killed after call ${call}`, before])
  }
  process.stdout.write(`previews: a deploy killed after each of ${calls.length} writes\n`)
})

test('a removal that is killed after any write is carried on', async () => {
  const first = previews.open({ number: (number += 1) })
  succeeded(await previews.run(first, 'opened', { inputs }))
  first.state = 'closed'
  const calls = await writesOf(first, 'closed')
  for (const [index, call] of calls.entries()) {
    const pullRequest = previews.open({ number: (number += 1) })
    succeeded(await previews.run(pullRequest, 'opened', { inputs }))
    pullRequest.state = 'closed'
    await killAfter(call, pullRequest, 'closed')
    succeeded(index % 2 === 0 ? await previews.push({ command: 'sweep' }) : await previews.run(pullRequest, 'closed', { inputs }))
    expect([`killed after call ${call}`, await stateOf()]).toEqual([`killed after call ${call}`, before])
  }
  process.stdout.write(`previews: a removal killed after each of ${calls.length} writes\n`)
})
