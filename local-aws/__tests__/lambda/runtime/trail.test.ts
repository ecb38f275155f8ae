import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Instance } from '../../../lambda/runtime/instance.ts'
import { handlerRuns, Trail } from '../../../lambda/runtime/trail.ts'

test('an invocation that nobody answers tells what it waits for, and how its process is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trail-test-'))
  writeFileSync(join(folder, 'slow.py'), 'import time\nprint("loads a model", flush=True)\ntime.sleep(1000)\n')
  const environment = { PATH: process.env['PATH'] ?? '', LAMBDA_TASK_ROOT: folder }
  const trail = new Trail()
  expect(trail.tell()).toMatch(/^for \d+\.\d s: its role is looked up; no process yet$/)
  const instance = new Instance({
    language: 'python', command: 'python3', handler: 'slow.handler', environment, folder, options: ['-I', '-S', '-B', '-u'], path: [folder],
  })
  trail.at('the process gets ready', instance)
  while (instance.peekLines().length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(trail.tell()).toMatch(/^for \d+\.\d s: the process gets ready; process \d+, 0 messages heard, 0 characters of the next, S \(sleeping\)/)
  expect(trail.tell()).toMatch(/; its output:\nloads a model$/)
  expect(trail.isInHandler).toBe(false)
  trail.at(handlerRuns)
  expect(trail.isInHandler).toBe(true)
  await instance.stop()
  expect(trail.tell()).toMatch(new RegExp(`${handlerRuns}; process \\d+, ended`))
  rmSync(folder, { recursive: true })
})
