import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import type { AddressInfo } from 'node:net'
import { freshAccount, virtualTime, type FreshAccount } from '../../testing.ts'

const run = promisify(execFile)

/** What a child under the account's clock prints as JSON. */
async function under(account: FreshAccount, script: string, environment: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const time = virtualTime(account.control)
  const env = { PATH: process.env['PATH'] ?? '', ...time.environment, ...environment }
  const { stdout } = await run(process.execPath, [...time.nodeArgs, '--input-type=module', '-e', script], { env })
  return JSON.parse(stdout) as unknown
}

const hour = 3_600_000

test.each([
  ['setTimeout', `await new Promise((resolve) => setTimeout(resolve, ${hour}))`],
  ['node:timers', `await new Promise((resolve) => timers.setTimeout(resolve, ${hour}))`],
  ['node:timers/promises', `await wait(${hour})`],
  ['its scheduler', `await scheduler.wait(${hour})`],
  ['util.promisify', `await promisify(setTimeout)(${hour})`],
  ['AbortSignal.timeout', `const alive = setInterval(() => {}, ${2 * hour}); await new Promise((resolve) => (AbortSignal.timeout(${hour}).onabort = resolve)); clearInterval(alive)`],
  ['setInterval', `let ticks = 0; await new Promise((resolve) => { const timer = setInterval(() => { if (++ticks === 4) { clearInterval(timer); resolve() } }, ${hour / 4}) })`],
  ['an interval of promises', `let ticks = 0; for await (const _ of every(${hour / 4})) if (++ticks === 4) break`],
])('an hour of %s is an hour for every clock of the child and for the account, and no time for us', async (_, waiting) => {
  const account = freshAccount()
  const { now } = await account.control.clock()
  const script = `
    import timers from 'node:timers'
    import { setTimeout as wait, setInterval as every, scheduler } from 'node:timers/promises'
    import { promisify } from 'node:util'
    const [date, made, mono] = [Date.now(), new Date().getTime(), performance.now()]
    ${waiting}
    console.log(JSON.stringify([Date.now() - date, new Date().getTime() - made, Math.round(performance.now() - mono)]))`
  expect(await under(account, script)).toEqual([hour, hour, hour])
  expect((await account.control.clock()).now).toBe(now + hour)
})

test('timers fire in the order of their moments, stopped ones never, and those that keep nothing alive only beside others', async () => {
  const account = freshAccount()
  const script = `
    const order = []
    const note = (what) => order.push(what)
    setTimeout(note, 3000, 'third')
    setTimeout(note, 1000, 'first')
    setTimeout(note, 2000, 'second').unref()
    clearTimeout(setTimeout(note, 500, 'stopped'))
    clearTimeout(+setTimeout(note, 500, 'stopped by its number'))
    setTimeout(note, 500, 'stopped while it waits').close()
    setTimeout(note, 9000, 'never').unref()
    process.on('exit', () => console.log(JSON.stringify([order, performance.now() > 2900])))`
  expect(await under(account, script)).toEqual([['first', 'second', 'third'], true])
})

test('what the child does takes no virtual time, and a time-out of it does not come early, however slow the answer is', async () => {
  const account = freshAccount()
  const server = createServer((_request, response) => setTimeout(() => response.end('late'), 700))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const script = `
    import { execFileSync, exec } from 'node:child_process'
    import { promisify } from 'node:util'
    const from = Date.now()
    const answer = await fetch('${url}', { signal: AbortSignal.timeout(600_000) })
    const text = await answer.text()
    const guard = setTimeout(() => { throw new Error('early') }, 600_000)
    await promisify(exec)('sleep 0.5')
    clearTimeout(guard)
    console.log(JSON.stringify([text, Date.now() - from]))`
  try {
    expect(await under(account, script)).toEqual(['late', 0])
  } finally {
    server.close()
  }
})

test('a time-out of what hangs comes after its real time, and moves no clock', async () => {
  const account = freshAccount()
  const before = await account.control.clock()
  const server = createServer(() => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const script = `const name = await fetch('${url}', { signal: AbortSignal.timeout(300) }).then(() => 'answer', (error) => error.name); console.log(JSON.stringify(name)); process.exit()`
  try {
    expect(await under(account, script)).toBe('TimeoutError')
    expect(await account.control.clock()).toEqual(before)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('a clock that somebody moved further is taken over at the next wait', async () => {
  const account = freshAccount()
  const { now } = await account.control.clock()
  const script = `
    const before = Date.now()
    await fetch(process.env.LOCAL_AWS_CLOCK, { method: 'POST', body: '{"advance":${2 * hour}}' })
    const between = Date.now()
    await new Promise((resolve) => setTimeout(resolve, ${hour}))
    console.log(JSON.stringify([before, between, Date.now()]))`
  expect(await under(account, script)).toEqual([now, now, now + 2 * hour])
})

test('a child whose local AWS is gone waits on by itself', async () => {
  const script = `const before = Date.now(); await new Promise((resolve) => setTimeout(resolve, ${hour})); console.log(JSON.stringify(Date.now() - before))`
  expect(await under(freshAccount(), script, { LOCAL_AWS_CLOCK: 'http://127.0.0.1:9/' })).toBe(hour)
})

test('under a clock that runs by itself the child lives at its rate', async () => {
  const account = freshAccount()
  await account.control.runClock(1000)
  const script = `const before = Date.now(); await new Promise((resolve) => setTimeout(resolve, 60_000)); console.log(JSON.stringify([before, Date.now()]))`
  const [before, after] = (await under(account, script)) as [number, number]
  expect(after - before).toBeGreaterThanOrEqual(60_000)
  expect((await account.control.clock()).now).toBeGreaterThanOrEqual(after)
})

test('dates stay dates', async () => {
  const script = `
    const d = new Date(0)
    const all = [d instanceof Date, d.toISOString(), typeof Date(), Date.UTC(1970, 0, 2), new Date(2020, 1, 1) instanceof Date, Object.prototype.toString.call(new Date())]
    console.log(JSON.stringify(all))`
  expect(await under(freshAccount(), script)).toEqual([true, '1970-01-01T00:00:00.000Z', 'string', 86_400_000, true, '[object Date]'])
})

test('without the variable nothing changes', async () => {
  const { nodeArgs } = virtualTime(freshAccount().control)
  const before = Date.now()
  const { stdout } = await run(process.execPath, [...nodeArgs, '-e', 'console.log(Date.now())'], { env: { PATH: process.env['PATH'] ?? '' } })
  expect(Number(stdout)).toBeGreaterThanOrEqual(before)
  expect(Number(stdout)).toBeLessThanOrEqual(Date.now())
})
