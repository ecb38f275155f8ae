import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { canaryShop, failing, type CanaryShop } from '../support/canary-shop.ts'
import type { StepResult } from '../support/runner.ts'
import { succeeded } from '../support/service.ts'

const tried = { 'canary-percent': '20', 'bake-time': '3m' }
const errorOf = ({ annotations }: StepResult): string => annotations.filter(({ level }) => level === 'error').map(({ message }) => message).join('\n')
const report = (what: string, shop: CanaryShop): void => {
  const { answers } = shop.traffic()
  const failed = answers.filter(({ status }) => status !== 200).length
  process.stdout.write(`requests: ${what}: ${answers.length} asked, ${failed} failed\n`)
}

describe('a canary that bakes', () => {
  let shop: CanaryShop
  beforeAll(async () => {
    shop = await canaryShop()
    for (const name of ['calm', 'loud']) await shop.putAlarm(name)
    await shop.setAlarm('loud', 'ALARM')
  })
  afterAll(() => shop.end())

  test('gets its share first, and all requests when nothing speaks against it; no request fails', async () => {
    shop.edit({ text: 'two', routes: ['f0', 'f1', 'more'] })
    const result = succeeded(await shop.runHeld({ ...tried, alarms: 'calm\nloud' }, 'FilterLogEvents', async () => {
      const { canarySettings, variables } = await shop.stage()
      expect(canarySettings).toMatchObject({ percentTraffic: 20, stageVariableOverrides: { shop_alias: 'prod-b', shop_canary: '180' } })
      expect(variables).toMatchObject({ shop_alias: 'prod-a', shop_release: expect.stringMatching(/^1:/) })
      await shop.traffic().more(60)
    }))
    expect(result.outputs).toMatchObject({ release: '2', 'previous-release': '1', 'release-state': 'live', changed: 'true' })
    expect((await shop.stage()).canarySettings).toBeUndefined()
    const log = result.log.join('\n')
    expect(log).toMatch(/Canary, \d+ s of 3 min: 0 of \d+ requests with 5XX.*the others 0 of \d+ requests.*red: loud/)
    expect(log).toContain('loud was red before the canary began')
    await shop.traffic().more(5)
    report('a good canary', shop)
    const texts = new Set(shop.traffic().answers.map(({ text }) => text))
    expect([...texts].sort()).toEqual(['one', 'two'])
    expect(shop.wrong({ 1: 'one', 2: 'two' })).toEqual([])
  }, 300_000)

  test('run again it writes nothing', async () => {
    succeeded(await shop.run({ ...tried, alarms: 'calm\nloud' }))
    expect(await shop.writes()).toEqual([])
  })

  test('is taken back where it answers worse than the rest, and held; only its share fails', async () => {
    shop.traffic().answers.length = 0
    shop.edit({ text: 'three', code: failing, routes: ['f0', 'f1', 'more'] })
    const result = await shop.runHeld(tried, 'FilterLogEvents', () => shop.traffic().more(80))
    expect(result.exitCode).toBe(1)
    expect(errorOf(result)).toMatch(/release 3 of shop, was taken back[^]*requests with 5XX[^]*Release 3 is held/)
    expect((await shop.stage()).canarySettings).toBeUndefined()
    await shop.later(15_000)
    const before = shop.traffic().answers.length
    await shop.traffic().more(10)
    expect(shop.traffic().answers.slice(before + 4).filter(({ status }) => status !== 200)).toEqual([])
    report('a canary that answers 500 on one of two routes', shop)
    const { answers } = shop.traffic()
    const failed = answers.filter(({ status }) => status === 500).length
    expect(failed).toBeGreaterThanOrEqual(3)
    // Half of the requests ask the route that fails, and a fifth of these the canary.
    expect(failed).toBeLessThan(answers.length * 0.2)
    const again = await shop.run(tried)
    expect(errorOf(again)).toMatch(/Release 3 of shop on prod is held/)
    expect(await shop.writes()).toEqual([])
  }, 300_000)

  test('is taken back when an alarm turns red; the next release has a number of its own', async () => {
    shop.edit({ text: 'four' })
    const result = await shop.runHeld({ ...tried, alarms: 'calm' }, 'FilterLogEvents', () => shop.setAlarm('calm', 'ALARM'))
    expect(errorOf(result)).toMatch(/release 4 of shop, was taken back[^]*The alarm calm turned red: is ALARM/)
    const forced = succeeded(await shop.run({ ...tried, alarms: 'calm', force: 'true' }))
    expect(forced.outputs).toMatchObject({ release: '5', 'release-state': 'live' })
  }, 300_000)

  test('an alarm that is not there is told before anything is written', async () => {
    shop.edit({ text: 'five' })
    const result = await shop.run({ ...tried, alarms: 'calm\nclam' })
    expect(errorOf(result)).toMatch(/There is no CloudWatch alarm clam in eu-west-1/)
    expect(await shop.writes()).toEqual([])
  })

  test('one that somebody has made by hand is refused with a cure, and stays', async () => {
    await shop.patch([{ op: 'replace', path: '/canarySettings/percentTraffic', value: '50' }])
    for (const command of ['deploy', 'plan']) {
      const result = await shop.run({ ...tried, command })
      expect(errorOf(result)).toMatch(/has a canary that this service did not make: 50 % of the requests[^]*op=remove,path=\/canarySettings/)
      expect(await shop.writes()).toEqual([])
    }
    expect((await shop.stage()).canarySettings?.percentTraffic).toBe(50)
    await shop.patch([{ op: 'remove', path: '/canarySettings' }])
  })
})

describe('a canary that is held', () => {
  let shop: CanaryShop
  beforeAll(async () => {
    shop = await canaryShop()
  })
  afterAll(() => shop.end())
  const hold = { 'canary-percent': '30', 'bake-time': 'hold' }

  test('stays as it is when the run ends, and the same deploy writes nothing', async () => {
    shop.edit({ text: 'two', routes: ['f0', 'f1', 'more'] })
    const result = succeeded(await shop.run(hold))
    expect(result.outputs).toMatchObject({ release: '1', 'next-release': '2', 'release-state': 'canary', changed: 'true' })
    expect(result.summary).toMatch(/<td>canary<\/td>/)
    succeeded(await shop.run(hold))
    expect(await shop.writes()).toEqual([])
    await shop.traffic().until(({ text }) => text === 'two')
  }, 300_000)

  test('another deploy is refused with both cures', async () => {
    shop.edit({ text: 'three' })
    for (const inputs of [hold, tried, { 'canary-percent': '' }]) {
      const result = await shop.run(inputs)
      expect(errorOf(result)).toMatch(/Release 2 of shop[^]*is held[^]*command: promote[^]*command: rollback/)
      expect(await shop.writes()).toEqual([])
    }
    const back = await shop.run({ command: 'rollback', to: '1' })
    expect(errorOf(back)).toMatch(/it goes first[^]*without `to`/)
  }, 300_000)

  test('promote gives it all requests by one UpdateStage, and run again writes nothing', async () => {
    const result = succeeded(await shop.run({ command: 'promote' }))
    expect(await shop.writes()).toEqual(['UpdateStage'])
    expect(result.outputs).toMatchObject({ command: 'promote', release: '2', 'previous-release': '1', 'release-state': 'live' })
    const again = succeeded(await shop.run({ command: 'promote' }))
    expect(await shop.writes()).toEqual([])
    expect(again.outputs).toMatchObject({ changed: 'false', release: '2' })
  }, 300_000)

  test('rollback takes it back by one UpdateStage and holds it; a deploy follows at once', async () => {
    shop.edit({ text: 'three' })
    succeeded(await shop.run(hold))
    const result = succeeded(await shop.run({ command: 'rollback' }))
    expect(await shop.writes()).toEqual(['UpdateStage'])
    expect(result.outputs).toMatchObject({ release: '2', 'release-state': 'live', changed: 'true' })
    expect(errorOf(await shop.run(hold))).toMatch(/Release 3 of shop on prod is held/)
    expect(errorOf(await shop.run({ command: 'promote' }))).toMatch(/no canary[^]*Release 3 was taken back/)
    shop.edit({ text: 'four' })
    const next = succeeded(await shop.run())
    expect(next.outputs).toMatchObject({ release: '4', 'release-state': 'live' })
    await shop.traffic().more(10)
    report('hold, promote, hold, rollback, deploy', shop)
    expect(shop.wrong({ 1: 'one', 2: 'two', 3: 'three', 4: 'four' })).toEqual([])
  }, 300_000)
})
