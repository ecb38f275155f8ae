import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { localAwsUrl, virtualTime } from '../../testing.ts'

const run = promisify(execFile)
const preload = fileURLToPath(new URL('../../kernel/scale-timers.mjs', import.meta.url))

/** What a child under a clock of this rate prints as JSON, and how long it took in real milliseconds. */
async function under(environment: Readonly<Record<string, string>>, script: string): Promise<{ value: unknown; realMs: number }> {
  const start = performance.now()
  const { stdout } = await run(process.execPath, ['--import', preload, '--input-type=module', '-e', script], { env: { PATH: process.env['PATH'] ?? '', ...environment } })
  return { value: JSON.parse(stdout) as unknown, realMs: performance.now() - start }
}

const hundredfold = { LOCAL_AWS_CLOCK_RATE: '100', LOCAL_AWS_CLOCK_EPOCH: '0' }

test.each([
  ['setTimeout', 'await new Promise((resolve) => setTimeout(resolve, 30_000))'],
  ['node:timers', "await new Promise((resolve) => timers.setTimeout(resolve, 30_000))"],
  ['node:timers/promises', 'await wait(30_000)'],
  ['util.promisify', 'await promisify(setTimeout)(30_000)'],
  ['AbortSignal.timeout', "await new Promise((resolve) => { const signal = AbortSignal.timeout(30_000); const alive = setInterval(() => {}, 1000); signal.onabort = () => { clearInterval(alive); resolve() } })"],
])('%s of 30 s takes 0.3 s, and every clock of the child says 30 s', async (_, waiting) => {
  const script = `
    import timers from 'node:timers'
    import { setTimeout as wait } from 'node:timers/promises'
    import { promisify } from 'node:util'
    const [date, made, mono] = [Date.now(), new Date().getTime(), performance.now()]
    ${waiting}
    console.log(JSON.stringify([Date.now() - date, new Date().getTime() - made, performance.now() - mono]))`
  const { value, realMs } = await under(hundredfold, script)
  for (const passed of value as number[]) {
    expect(passed).toBeGreaterThanOrEqual(29_000)
    expect(passed).toBeLessThan(200_000)
  }
  expect(realMs).toBeLessThan(10_000)
})

test('setInterval ticks faster too', async () => {
  const { value, realMs } = await under(hundredfold, 'let ticks = 0; const timer = setInterval(() => { if (++ticks === 5) { clearInterval(timer); console.log(ticks) } }, 3000)')
  expect(value).toBe(5)
  expect(realMs).toBeLessThan(10_000)
})

test('dates stay dates', async () => {
  const script = "const d = new Date(0); console.log(JSON.stringify([d instanceof Date, d.toISOString(), typeof Date(), Date.UTC(1970, 0, 2), new Date(2020, 1, 1) instanceof Date, Object.prototype.toString.call(new Date())]))"
  expect((await under(hundredfold, script)).value).toEqual([true, '1970-01-01T00:00:00.000Z', 'string', 86_400_000, true, '[object Date]'])
})

test('without the variables nothing changes', async () => {
  const { value } = await under({}, 'console.log(JSON.stringify(Date.now()))')
  expect(Math.abs((value as number) - Date.now())).toBeLessThan(10_000)
})

test('a child and local AWS live in the same time', async () => {
  const { environment } = await virtualTime()
  const { value } = await under(environment, 'console.log(JSON.stringify(Date.now()))')
  const { clock } = (await (await fetch(`${localAwsUrl()}/_local-aws/health`)).json()) as { clock: { now: number; rate: number } }
  expect(Math.abs(clock.now - (value as number))).toBeLessThan(5000 * clock.rate)
})
