import { expect, test } from '@jest/globals'
import { killAll, stateOf } from '../support/kills.ts'
import { succeeded } from '../support/service.ts'
import { warmShop, type WarmShop } from '../support/warm-shop.ts'
import { noWindows } from '../support/windows.ts'

type Inputs = Readonly<Record<string, string>>
const setting = 'provisioned-concurrency: 2'

/** What is killed. Each begins with a release live in slot a, or in b after a second one. */
const scenes: readonly (readonly [string, { readonly edit: (shop: WarmShop) => void; readonly deploys?: number; readonly held?: true; readonly inputs?: Inputs }])[] = [
  ['new code', { edit: (shop) => shop.edit('new') }],
  ['another number', { edit: (shop) => shop.edit('old', 'provisioned-concurrency: 3') }],
  ['the setting taken out', { edit: (shop) => shop.edit('old', '') }],
  ['a rollback', { edit: () => undefined, deploys: 2, inputs: { command: 'rollback' } }],
  ['a promotion', { edit: () => undefined, deploys: 2, held: true, inputs: { command: 'promote' } }],
]

async function prepared(edit: (shop: WarmShop) => void, deploys = 1, held = false): Promise<WarmShop> {
  const shop = warmShop(setting)
  await shop.account.control.configure({ windows: { ...noWindows, aliasVisible: 0, provisionedReady: 0 }, rates: false })
  for (const [index, text] of ['older', 'old'].slice(-deploys).entries()) {
    shop.edit(text)
    succeeded(await shop.run(held && index > 0 ? { 'canary-percent': '30', 'bake-time': 'hold' } : {}))
  }
  edit(shop)
  return shop
}

test.each(scenes)('%s: killed after any write, the next run comes to the same end, and no idle slot costs money', async (what, { edit, deploys, held, inputs = {} }) => {
  const undisturbed = await prepared(edit, deploys, held)
  succeeded(await undisturbed.run(inputs))
  const calls = await undisturbed.account.control.journal()
  // Where only reads come between two writes, the account is the same after each of them.
  const points = calls.flatMap(({ operation }, at) => (/^(Get|List|Describe|Filter|Head)/.test(operation) ? [] : [at + 1]))
  const expected = await stateOf(undisturbed)
  undisturbed.remove()
  const { mismatches } = await killAll(points, {
    prepare: () => prepared(edit, deploys, held),
    start: (shop) => shop.start(inputs),
    follow: async (shop) => {
      succeeded(await shop.run(inputs))
      expect(await stateOf(shop)).toEqual(expected)
      succeeded(await shop.run(inputs))
      expect(await shop.writes()).toEqual([])
    },
  })
  process.stdout.write(`provisioned concurrency: ${what}: killed after ${points.length} writes, ${mismatches.length} mismatches or forgotten\n`)
  expect(mismatches).toEqual([])
}, 600_000)

test('what a killed run has provisioned for code that is not wanted any more goes with the next run', async () => {
  const shop = await prepared((each) => each.edit('new'))
  const { control } = shop.account
  const step = await shop.start()
  await control.fault({ operation: 'PutProvisionedConcurrencyConfig' }, { kind: 'hold', when: 'after' })
  await control.held()
  step.kill()
  await step.result
  await control.clearFaults()
  await control.release()
  await control.idle()
  expect(await shop.provisioned()).toEqual(['f0:prod-a 2 READY', 'f0:prod-b 2 READY'])
  shop.edit('old')
  const result = succeeded(await shop.run())
  expect(result.log.join('\n')).toMatch(/shop-f0:prod-b +the slot is idle: a run that was stopped has left it/)
  expect([await shop.provisioned(), await shop.writes()]).toEqual([['f0:prod-a 2 READY'], ['DeleteProvisionedConcurrencyConfig']])
  shop.remove()
}, 600_000)

test('where AWS takes it on one alias of a version alone, it passes from the slot before to the next one', async () => {
  const shop = await prepared((each) => each.write('f1.py', 'def lambda_handler(event, context):\n    return {"statusCode": 200}\n'))
  const message = "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"
  await shop.account.control.fault({ operation: 'PutProvisionedConcurrencyConfig' }, { kind: 'error', code: 'ResourceConflictException', status: 409, message })
  const result = succeeded(await shop.run())
  expect(result.annotations.map((each) => each.message).join('\n')).toMatch(/one alias of its version alone: it passes from prod-a to prod-b/)
  expect(await shop.provisioned()).toEqual(['f0:prod-b 2 READY'])
  shop.remove()
}, 600_000)
