import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { freshAccount } from '../../local-aws/testing.ts'
import { newFolder, removeFolders, write } from '../package/support.ts'
import { makeWheel } from '../package/wheel.ts'
import { runActionWell } from '../support/runner.ts'

afterAll(removeFolders)

const runtime = `python3.${execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }).trim()}`

test('a list without pins is resolved, and only another answer is installed and goes live, also on a runner with an empty cache', async () => {
  const { url: endpoint, id: account, region, control } = freshAccount()
  const [wheels, cache] = [newFolder(), path.join(newFolder(), 'cache')]
  await makeWheel(wheels, { name: 'tool', files: { 'tool.py': 'x = 1\n' } })
  const requirements = `--no-index\n--find-links ${wheels}\ntool\n`
  const workspace = write({ 'app.py': 'import tool\n\n\ndef handler(event, context):\n    return 1\n', 'requirements.txt': requirements })
  const run = async (): Promise<{ changed: string | undefined, installs: boolean, resolved: boolean, isWritten: boolean }> => {
    rmSync(cache, { recursive: true, force: true })
    await control.clearJournal()
    const inputs = { 'function-name': 'shop', runtime, handler: 'app.handler', 'cloudwatch-role': 'create', routes: 'GET /' }
    const { outputs, log } = await runActionWell({ workspace, inputs, aws: { endpoint, account, region }, env: { LAMBDA_API_DEPLOY_CACHE: cache } })
    return {
      changed: outputs['changed'], installs: log.some((line) => line.includes('Installing requirements.txt')),
      resolved: log.some((line) => /Resolved to: tool==/.test(line)), isWritten: (await control.journal()).some((call) => call.writes),
    }
  }
  expect(await run()).toEqual({ changed: 'true', installs: true, resolved: true, isWritten: true })
  expect(await run()).toEqual({ changed: 'false', installs: false, resolved: true, isWritten: false })
  await makeWheel(wheels, { name: 'tool', version: '2.0', files: { 'tool.py': 'x = 2\n' } })
  expect(await run()).toEqual({ changed: 'true', installs: true, resolved: true, isWritten: true })
})
