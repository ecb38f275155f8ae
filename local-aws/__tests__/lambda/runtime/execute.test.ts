import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { Account } from '../../../kernel/account.ts'
import { defaultConfiguration } from '../../../lambda/configuration-rules.ts'
import { stop } from '../../../lambda/index.ts'
import { execute, type Executed } from '../../../lambda/runtime/execute.ts'
import { retire } from '../../../lambda/runtime/pools.ts'
import { Trail } from '../../../lambda/runtime/trail.ts'
import type { Served } from '../../../lambda/state.ts'
import { zipOf } from '../support.ts'

const account = new Account('123456789012')

function served(source: string): Served {
  const zip = zipOf({ 'index.py': source })
  const code = { zip, sha256: createHash('sha256').update(zip).digest('base64'), size: zip.length, unzippedSize: source.length }
  return { code, configuration: { ...defaultConfiguration('f', 'arn'), Runtime: 'python3.11', Handler: 'index.handler', Timeout: 60 } }
}

function run(what: Served, payload = '{}'): Promise<Executed> {
  const place = { account, region: 'eu-west-1', name: 'f', version: '1', functionArn: 'arn' }
  return execute({ ...place, served: what, payload, requestId: 'r', clientContext: undefined, trail: new Trail(), initialization: 'on-demand' })
}

const pidOf = async (what: Served): Promise<number> => Number((await run(what)).payload.toString())

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function folders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`local-aws-lambda-${process.pid}-`))
}

afterAll(stop)

const showsPid = 'import os\ndef handler(event, context):\n    return os.getpid()\n'

test('what is served no longer ends with its process, and stopping leaves neither process nor folder', async () => {
  const [old, current] = [served(showsPid), served(showsPid)]
  const [oldPid, currentPid] = [await pidOf(old), await pidOf(current)]
  expect(oldPid).not.toBe(currentPid)
  retire(old)
  for (let tries = 0; isAlive(oldPid) && tries < 6000; tries++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect([isAlive(oldPid), isAlive(currentPid), folders().length]).toEqual([false, true, 1])
  await stop()
  expect([isAlive(currentPid), folders()]).toEqual([false, []])
})

test('stopping ends a handler that runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-aws-test-'))
  const mark = join(folder, 'runs')
  const sleeper = served(`import time\ndef handler(event, context):\n    open(${JSON.stringify(mark)}, "w").close()\n    time.sleep(900)\n`)
  const running = run(sleeper)
  while (!existsSync(mark)) await new Promise((resolve) => setTimeout(resolve, 10))
  await stop()
  expect((await running).functionError).toBe('Unhandled')
  rmSync(folder, { recursive: true })
  expect(folders()).toEqual([])
})

test('a request that finds a warm process is answered in a fraction of the time that a start takes', async () => {
  const what = served(showsPid)
  const started = performance.now()
  await run(what)
  const cold = performance.now() - started
  const times: number[] = []
  for (let each = 0; each < 20; each++) {
    const start = performance.now()
    await run(what)
    times.push(performance.now() - start)
  }
  const median = times.sort((a, b) => a - b)[10] ?? Infinity
  expect(median).toBeLessThan(cold / 2)
})
