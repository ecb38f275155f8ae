import { spawn } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { freshAccount, virtualTime } from '../../local-aws/testing.ts'
import { noWindows } from '../support/windows.ts'

/** The first of the seeds; another one finds other interleavings. */
const firstSeed = Number(process.env['INTERLEAVINGS_SEED'] ?? 1)
const accounts = 4
const steps = 25

interface Report {
  readonly tally: Readonly<Record<string, number>>
  readonly wrong: readonly string[]
}

/** Lets a process of its own act in a new account, by the account's clock. */
async function act(seed: number): Promise<Report> {
  const account = freshAccount()
  await account.control.configure({ windows: { ...noWindows, aliasVisible: 0 }, rates: false })
  const clock = virtualTime({ url: account.url, account: account.id })
  const driver = new URL('../support/interleavings/driver.ts', import.meta.url).pathname
  const env = { ...process.env, ...account.environment, ...clock.environment }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...clock.nodeArgs, driver, String(seed), String(steps)], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()))
  await new Promise((resolve) => child.on('close', resolve))
  const report = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Report
  const words = Object.entries(report.tally).sort().map(([what, times]) => `${what} ${times}`)
  process.stdout.write(`interleavings: seed ${seed}: ${steps} steps: ${words.join(', ')}; ${report.wrong.length} wrong\n`)
  return report
}

test('a hundred interleavings of deploy, hold, promote and rollback on two stages of one service: what is live is one release, whole', async () => {
  const reports: Report[] = []
  for (let index = 0; index < accounts; index++) reports.push(await act(firstSeed + index))
  expect(reports.flatMap(({ wrong }) => wrong)).toEqual([])
  const done = (kind: string): number => reports.reduce((sum, { tally }) => sum + (tally[`${kind} done`] ?? 0), 0)
  for (const kind of ['deploy', 'hold', 'promote', 'promote from test', 'rollback']) expect([kind, done(kind)]).toEqual([kind, expect.any(Number)])
  expect(Math.min(...['deploy', 'hold', 'promote', 'promote from test', 'rollback'].map(done))).toBeGreaterThan(0)
}, 600_000)
