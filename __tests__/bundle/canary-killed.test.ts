import { expect, test } from '@jest/globals'
import { killAll, stateOf } from '../support/kills.ts'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

type Inputs = Readonly<Record<string, string>>

const hold = { 'canary-percent': '30', 'bake-time': 'hold' }
const bakes = { 'canary-percent': '30', 'bake-time': '1m' }

/** What is killed, and what has been before. Each begins with release 1 live. */
const scenes: readonly (readonly [string, { readonly before?: Inputs; readonly inputs: Inputs }])[] = [
  ['a deploy whose canary is held', { inputs: hold }],
  ['a promotion', { before: hold, inputs: { command: 'promote' } }],
  ['a rollback of a canary', { before: hold, inputs: { command: 'rollback' } }],
  ['a deploy whose canary bakes', { inputs: bakes }],
]

async function prepared(before?: Inputs): Promise<Deployable> {
  const shop = makeService({ 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /a', 'cloudwatch-role': 'create' })
  await shop.account.control.configure({ windows: { ...noWindows, aliasVisible: 0 }, rates: false })
  shop.write('lambda_function.py', handler('one'))
  succeeded(await shop.run())
  shop.write('lambda_function.py', handler('two'))
  if (before !== undefined) succeeded(await shop.run(before))
  return shop
}

test.each(scenes)('%s that is killed after any write comes to the same end when it is run again', async (what, { before, inputs }) => {
  const undisturbed = await prepared(before)
  succeeded(await undisturbed.run(inputs))
  const calls = await undisturbed.account.control.journal()
  // Where only reads come between two writes, the account is the same after each of them.
  const points = calls.flatMap(({ operation }, at) => (/^(Get|List|Describe|Filter|Head)/.test(operation) ? [] : [at + 1]))
  const expected = await stateOf(undisturbed)
  undisturbed.remove()
  const { states, mismatches } = await killAll(points, {
    prepare: () => prepared(before),
    start: (shop) => shop.start(inputs),
    follow: async (shop) => {
      const next = await shop.run(inputs)
      expect([next.exitCode, next.annotations.filter(({ level }) => level === 'error'), await stateOf(shop)]).toEqual([0, [], expected])
      succeeded(await shop.run(inputs))
      expect(await shop.writes()).toEqual([])
    },
  })
  process.stdout.write(`canary: ${what}: killed after ${points.length} writes, ${states} states, ${mismatches.length} mismatches\n`)
  expect(mismatches).toEqual([])
}, 600_000)
