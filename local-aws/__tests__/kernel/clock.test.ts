import { expect, test } from '@jest/globals'
import { Clock } from '../../kernel/clock.ts'
import { freshAccount } from '../../testing.ts'

test('a clock that stands is moved, and never back', async () => {
  const { control } = freshAccount()
  const { now, rate } = await control.clock()
  expect(rate).toBe(0)
  expect(await control.clock()).toEqual({ now, rate: 0 })
  expect(await control.advance(5000)).toEqual({ now: now + 5000, rate: 0 })
  expect(await control.advance(0.5)).toEqual({ now: now + 5000.5, rate: 0 })
  const move = async (body: unknown): Promise<unknown> => (await fetch(`${control.url}/_local-aws/clock?account=${control.account}`, { method: 'POST', body: JSON.stringify(body) })).json()
  expect(await move({ to: now })).toEqual({ now: now + 5000.5, rate: 0 })
  expect(await move({ to: now + 9000 })).toEqual({ now: now + 9000, rate: 0 })
  expect(await move({ advance: -1 })).toEqual({ message: 'The clock\'s "advance" must be a number of 0 or more, not -1.' })
  expect(await move({ by: 1 })).toEqual({ message: 'The clock has no "by"; it takes rate, advance and to.' })
})

test('each account has a clock of its own', async () => {
  const [one, other] = [freshAccount(), freshAccount()]
  const { now } = await other.control.clock()
  await one.control.advance(86_400_000)
  expect((await other.control.clock()).now).toBe(now)
})

test('a clock runs at its rate from where it stands, and stops again', async () => {
  const { control } = freshAccount()
  const { now } = await control.advance(1000)
  await control.runClock(1_000_000)
  while ((await control.clock()).now < now + 1_000_000) await new Promise((resolve) => setTimeout(resolve, 1))
  const stopped = await control.runClock(0)
  expect(await control.clock()).toEqual(stopped)
})

test('a moment of real time has the virtual time that was then', () => {
  const real = Date.now()
  const clock = new Clock(0)
  const start = clock.now()
  expect(clock.at(real - 7000)).toBeGreaterThanOrEqual(real - 7000)
  expect(clock.at(real - 7000)).toBeLessThanOrEqual(start - 7000)
  clock.advance(3_600_000)
  expect(clock.at(Date.now())).toBe(start + 3_600_000)
  expect(clock.at(Date.now() + 500)).toBe(start + 3_600_000)
})
