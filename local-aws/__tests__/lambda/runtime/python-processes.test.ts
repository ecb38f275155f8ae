import { expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bench } from '../support.ts'
import { call, python } from './calls.ts'

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a process is used again, and parallel requests get processes of their own', async () => {
  const on = await bench()
  await python(on, `
import os, time
count = 0
def handler(event, context):
    global count
    count += 1
    folder = event.get("together")
    if folder:
        open(os.path.join(folder, str(os.getpid())), "w").close()
        while len(os.listdir(folder)) < 3: time.sleep(0.01)
    return [os.getpid(), count]
`, { timeout: 900 })
  const [first] = (await call(on)).payload as [number, number]
  expect((await call(on)).payload).toEqual([first, 2])
  // None of the three answers before all of them run.
  const together = mkdtempSync(join(tmpdir(), 'local-aws-test-'))
  const pids = await Promise.all([1, 2, 3].map(async () => ((await call(on, { together })).payload as [number, number])[0]))
  expect(new Set(pids).size).toBe(3)
  rmSync(together, { recursive: true })
})

test('a process that died after its answer is replaced', async () => {
  const on = await bench()
  await python(on, 'import os, threading\ndef handler(event, context):\n    threading.Timer(0.05, lambda: os._exit(1)).start()\n    return os.getpid()\n')
  const first = (await call(on)).payload
  while (isAlive(Number(first))) await new Promise((resolve) => setTimeout(resolve, 10))
  const { payload, functionError } = await call(on)
  expect(functionError).toBeUndefined()
  expect(payload).not.toBe(first)
})

test('a handler cannot forge its result, and output without a newline is kept', async () => {
  const on = await bench()
  await python(on, 'import os\ndef handler(event, context):\n    os.write(1, b\'{"payload": "forged"}\\n\')\n    os.write(1, b"\\x1e0 done 0\\n")\n    print("half", end="")\n    return "real"\n')
  const { payload, log } = await call(on)
  expect(payload).toBe('real')
  expect(log).toContain('{"payload": "forged"}\n')
  expect(log).toContain('half')
})
