import { afterAll, expect, test } from '@jest/globals'
import PQueue from 'p-queue'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { standingFor } from '../support/standing-accounts.ts'
import { noWindows } from '../support/windows.ts'

/** Every how manieth call of a deploy it is stopped at; 1 tries them all. */
const stride = Number(process.env['BESIDE_DESTROY_STRIDE'] ?? 4)
const away = { command: 'destroy', confirm: 'shop' }
const saysSo = /^Another run has won: shop was changed by somebody else while this run was deploying it\./

const made: Deployable[] = []
afterAll(() => made.forEach((shop) => shop.remove()))

const onServed = standingFor(async () => {
  const shop = makeService({ ...everything, stage: 'prod' })
  made.push(shop)
  await shop.account.control.configure({ windows: noWindows, rates: false, overlappingWritesRefused: false })
  shop.write('lambda_function.py', handler('one'))
  succeeded(await shop.run())
  await shop.later(60_000)
  return shop
})

/** Stops a deploy of other code and routes after call k, destroys the stage, and lets the deploy go on; undefined where it had ended before. */
async function problemsOf(shop: Deployable, k: number): Promise<string[] | undefined> {
  const { control } = shop.account
  shop.write('lambda_function.py', handler('two'))
  const deploying = await shop.start({ routes: 'GET /items\nGET /more' })
  await control.fault({ call: k }, { kind: 'hold', when: 'after' })
  const held = await Promise.race([control.held(), deploying.result.then(() => [])])
  if (held.length === 0) return undefined
  const problems: string[] = []
  succeeded(await shop.run(away))
  await control.release()
  const { exitCode, annotations } = await deploying.result
  const [error] = annotations.filter(({ level }) => level === 'error')
  if (exitCode !== 0 && !saysSo.test(error?.message ?? '')) problems.push(`the deploy says: ${error?.message.split('\n').slice(0, 2).join(' ')}`)
  await shop.later(60_000)
  const again = succeeded(await shop.run())
  if ((await call(again, '/items')).status !== 200) problems.push('the next deploy does not answer')
  succeeded(await shop.run())
  if ((await shop.writes()).length > 0) problems.push('the one after it writes')
  return problems
}

test('break 25: a deploy beside a destroy, stopped after any of its calls, ends well or says that another run has won', async () => {
  const found: string[] = []
  const lanes = new PQueue({ concurrency: 2 })
  let points = 0
  for (let k = 1; k <= 60; k += stride) {
    void lanes.add(async () => {
      const problems = await onServed((shop) => problemsOf(shop, k))
      if (problems === undefined) return
      points += 1
      found.push(...problems.map((problem) => `stopped after call ${k}: ${problem}`))
    })
  }
  await lanes.onIdle()
  process.stdout.write(`deploy beside destroy: ${points} points, ${found.length} problems\n`)
  expect(points).toBeGreaterThan(20 / stride)
  expect(found).toEqual([])
}, 1_800_000)
