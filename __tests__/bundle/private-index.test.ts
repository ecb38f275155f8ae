import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { password, startPrivateIndex, user, type PrivateIndex } from '../package/installs/private-index.ts'
import { newFolder, removeFolders, write } from '../package/support.ts'
import { makeWheel } from '../package/wheel.ts'
import { freshAccount } from '../../local-aws/testing.ts'
import { runAction, type StepResult } from '../support/runner.ts'

let index: PrivateIndex
beforeAll(async () => {
  const wheels = newFolder()
  await makeWheel(wheels, { name: 'acme-private-tool', files: { 'acme_private_tool.py': 'x = 1\n' } })
  index = await startPrivateIndex(wheels)
})
afterAll(async () => {
  await index.close()
  removeFolders()
})

const runtime = `python3.${execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }).trim()}`

/** Everything that a reader of the run may come to see, without the commands that hide a value from its line on. */
function shown(result: StepResult): string {
  const printed = result.output.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return [...printed, JSON.stringify(result.annotations), result.summary, JSON.stringify(result.outputs)].join('\n')
}

async function plan(secret: string): Promise<StepResult> {
  const { url: endpoint, id: account, region } = freshAccount()
  const workspace = write({ 'app.py': 'import acme_private_tool\n\n\ndef handler(event, context):\n    return 1\n', 'requirements.txt': 'acme-private-tool\n' })
  const inputs = { command: 'plan', 'function-name': 'shop', runtime, handler: 'app.handler', 'cloudwatch-role': 'create' }
  return runAction({ workspace, inputs, aws: { endpoint, account, region }, env: { PIP_INDEX_URL: index.url(user, secret), HOME: newFolder(), LAMBDA_API_DEPLOY_CACHE: path.join(newFolder(), 'cache') } })
}

test('a run from a private index succeeds and shows no word of the password', async () => {
  const result = await plan(password)
  expect(result.exitCode).toBe(0)
  expect(result.log.join('\n')).toContain('acme-private-tool==1.0')
  expect(result.masks).toEqual(expect.arrayContaining([password, encodeURIComponent(password)]))
  expect([password, encodeURIComponent(password)].filter((text) => shown(result).includes(text))).toEqual([])
})

test('a wrong password is one annotation with the index\'s URL, and never shown', async () => {
  const result = await plan('wr@ng-secret')
  expect(result.exitCode).toBe(1)
  expect(result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([expect.stringMatching(new RegExp(`^The package index http://127\\.0\\.0\\.1:${index.port}/simple/?\\S* refused the credentials`))])
  expect(result.summary).toContain('refused the credentials')
  expect(['wr@ng-secret', 'wr%40ng-secret'].filter((text) => shown(result).includes(text))).toEqual([])
})
