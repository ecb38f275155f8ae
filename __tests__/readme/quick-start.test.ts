import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freshAccount } from '../../local-aws/testing.ts'
import { runActionWell, type StepResult } from '../support/runner.ts'
import { blocks, readPage } from './markdown.ts'
import { isOurs, parseWorkflow, type Workflow } from './workflow.ts'

const all = blocks(readPage('README.md'))
const files = all.filter(({ heading, file }) => heading === 'Quick start' && file !== undefined)
const workspace = mkdtempSync(join(tmpdir(), 'quick-start-'))
const account = freshAccount()

let workflow: Workflow
let result: StepResult

beforeAll(async () => {
  for (const { file = '', text } of files) {
    mkdirSync(join(workspace, dirname(file)), { recursive: true })
    writeFileSync(join(workspace, file), text)
  }
  workflow = parseWorkflow(files.find(({ file }) => file?.startsWith('.github/workflows/'))?.text ?? '')
  const step = workflow.jobs['deploy']?.steps.find(isOurs)
  const aws = { endpoint: account.url, account: account.id, region: String(workflow.jobs['deploy']?.steps[1]?.with?.['aws-region']) }
  result = await runActionWell({ workspace, inputs: step?.with ?? {}, aws })
})
afterAll(async () => {
  await account.control.reset()
  rmSync(workspace, { recursive: true, force: true })
})

test('its two files, written into an empty folder, end at HTTP 200', async () => {
  expect(files.map(({ file }) => file)).toEqual(['lambda_function.py', '.github/workflows/deploy.yml'])
  const [, shown = ''] = all.find(({ heading, text }) => heading === 'Quick start' && text.startsWith('$ curl'))?.text.split('\n') ?? []
  const answer = await fetch(`${result.outputs['invoke-url']}/hello/Ada`)
  expect([answer.status, await answer.text()]).toEqual([200, shown])
  expect(await (await fetch(`${result.outputs['invoke-url']}/hello`)).json()).toEqual({ message: 'Hello, world!' })
})

test('the job has the permissions that the table gives reasons for, and no other', () => {
  const [, table = ''] = readPage('README.md').text.split('### Permissions\n')
  const reasons = [...table.split('\n### ')[0]?.matchAll(/^\| `([\w-]+): (\w+)` \|/gm) ?? []].map(([, name, value]) => [name, value])
  expect(Object.entries(workflow.permissions ?? {})).toEqual(reasons)
})

test('nothing but the code is in the package', () => {
  const { 'package-size': size } = result.outputs
  expect(Number(size)).toBeLessThan(1_000)
})
