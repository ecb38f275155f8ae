import { expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { once } from 'node:events'
import { run, start } from '../../scripts/lib/children.mjs'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function untilGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 6000 && isAlive(pid); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  return !isAlive(pid)
}

test('a program that does not exist gives 127, one that hangs is ended at its limit', async () => {
  expect(await run('no-such-program', [])).toMatchObject({ code: 127 })
  const { output, signal } = await run(process.execPath, ['-e', 'console.log("here"); setInterval(() => {}, 1000)'], { limitMs: 500 })
  expect(signal).toBe('SIGTERM')
  expect(output).toMatch(/^(here\n)?\nended after 0\.5 s without a result\n$/)
})

test('what a child leaves behind ends with it', async () => {
  const leaver = 'const c = require("child_process").spawn("sleep", ["60"], { stdio: "inherit" }); console.log(c.pid); process.exit(0)'
  const { output } = await run(process.execPath, ['-e', leaver])
  expect(await untilGone(Number(output))).toBe(true)
})

test('stop asks first and kills after the grace', async () => {
  const child = start(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.process.stdout ?? process, 'data')
  await child.stop(200)
  expect((await child.ended).signal).toBe('SIGKILL')
})

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s to a script ends the children of its children', async (signal) => {
  const lib = join(import.meta.dirname, '..', '..', 'scripts', 'lib')
  const inner = `const { start } = await import('${lib}/children.mjs'); (await import('${lib}/lifetime.mjs')).endWithParent(); console.log(start('sleep', ['60']).process.pid); setInterval(() => {}, 1000)`
  const outer = `const { start } = await import('${lib}/children.mjs')
    start(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(inner)}], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })`
  const script = spawn(process.execPath, ['--input-type=module', '-e', outer], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [text] = (await once(script.stdout, 'data')) as [Buffer]
  script.kill(signal)
  expect(await untilGone(Number(text.toString()))).toBe(true)
})
