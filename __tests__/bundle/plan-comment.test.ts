import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pullRequestEvent } from '../../local-github/event.ts'
import { makeRepository, openPullRequest } from '../../local-github/repository.ts'
import { startLocalGitHub, type LocalGitHub } from '../../local-github/server.ts'
import { startAction, succeeded, type StepResult } from '../support/runner.ts'
import { handler, makeService, type Deployable } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

const head = 'c'.repeat(40)
const main = 'a'.repeat(40)
const everything = { contents: 'write', 'pull-requests': 'write', issues: 'write', deployments: 'write' } as const
const repository = makeRepository('acme/demo', new Map([['main', [main]], ['change-7', [main, head]]]))
const events = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-event-'))
let github: LocalGitHub
let service: Deployable

/** A run as a workflow starts it: on the pull request, or on a push to main. */
async function run(inputs: Readonly<Record<string, string>>, action?: string): Promise<StepResult> {
  const path = join(events, 'event.json')
  writeFileSync(path, JSON.stringify(action === undefined ? {} : pullRequestEvent(repository, { number: 7 }, action)))
  const { account, workspace } = service
  return startAction({
    workspace, token: 'ghs_job', sha: action === undefined ? main : 'd'.repeat(40),
    aws: { endpoint: account.url, account: account.id, region: account.region },
    inputs: { 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /items', 'access-log': 'off', ...inputs },
    env: {
      GITHUB_API_URL: github.url, LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'],
      GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: action === undefined ? 'push' : 'pull_request',
    },
  }).result
}
const told = (): string[] => github.requests.map((request) => request.replace('/repos/acme/demo', '').replace(/^GET .*compare.*/, 'GET compare'))

beforeAll(async () => {
  github = await startLocalGitHub({ repository, token: 'ghs_job' })
  openPullRequest(repository, { number: 7, headRef: 'change-7', headSha: head })
  repository.branches.set('change-7', [main, head])
  service = makeService({})
  service.write('lambda_function.py', handler('one'))
  await service.account.control.configure({ windows: noWindows, rates: false })
})
beforeEach(() => {
  github.requests.length = 0
  github.permissions = everything
})
afterAll(async () => {
  service.remove()
  rmSync(events, { recursive: true, force: true })
  await github.close()
})

test('a stage of its own environment has a Deployment of GitHub with its address, a push without a pull request no comment', async () => {
  const result = succeeded(await run({ 'github-environment': 'production' }))
  expect(told()).toEqual(['POST /deployments', 'POST /deployments/1001/statuses', 'POST /deployments/1001/statuses', 'POST /deployments/1001/statuses'])
  const [deployment] = repository.deployments
  expect(deployment).toMatchObject({ environment: 'production', sha: main, isTransient: false, isProduction: true })
  expect(deployment?.statuses.map(({ state }) => state)).toEqual(['queued', 'in_progress', 'success'])
  expect(deployment?.statuses.at(-1)?.url).toBe(result.outputs['invoke-url'])
})

test('a plan of a pull request tells in its comment what merging would change, against what the stage serves', async () => {
  const result = succeeded(await run({ command: 'plan', routes: 'POST /items', 'memory-size': '256' }, 'opened'))
  expect(await service.writes()).toEqual(expect.not.arrayContaining(['UpdateStage']))
  const [comment] = repository.comments
  expect(comment?.body).toContain('<b>Plan</b> of commit <a href="https://github.com/acme/demo/commit/cccccccccccccccccccccccccccccccccccccccc"><code>ccccccc</code></a>: what merging would change.')
  expect(comment?.body).toContain('<b>delete route</b></td><td><code>GET /items</code>')
  expect(comment?.body).toContain('memory-size <code>128</code> → <code>256</code>')
  expect(result.outputs['plan-markdown']).toContain('<b>delete route</b></td><td><code>GET /items</code>')
  expect(repository.comments).toHaveLength(1)
})

test('the same plan again writes nothing, another one into the same comment', async () => {
  succeeded(await run({ command: 'plan', routes: 'POST /items', 'memory-size': '256' }, 'synchronize'))
  expect(told().filter((request) => !request.startsWith('GET'))).toEqual([])
  succeeded(await run({ command: 'plan', routes: 'POST /items' }, 'synchronize'))
  expect(told().filter((request) => !request.startsWith('GET'))).toEqual(['PATCH /issues/comments/1005'])
  expect(repository.comments).toHaveLength(1)
  expect(repository.comments[0]?.body).not.toContain('memory-size')
})

test('a plan that fails tells why', async () => {
  const result = await run({ command: 'plan', 'allowed-account-ids': '999999999999' }, 'synchronize')
  expect(result.exitCode).toBe(1)
  expect(repository.comments[0]?.body).toContain('<b>Failed</b> for commit')
  expect(repository.comments[0]?.body).toContain('999999999999')
})

test.each([
  ['lacks a permission', () => void (github.permissions = { contents: 'read' }), /The comment on the pull request is not written: GitHub answered 403 .*Give the job `permissions: pull-requests: write`\./],
  ['fails', () => void (github.fault = 502), /The comment on the pull request is not written: GitHub answered 502/],
])('where GitHub %s, the log says so, and the run goes well', async (_what, break_, words) => {
  break_()
  const result = succeeded(await run({ command: 'plan', routes: 'GET /items' }, 'synchronize'))
  github.fault = undefined
  expect(result.log.join('\n')).toMatch(words)
  expect(result.annotations.filter(({ level }) => level !== 'notice')).toEqual([])
})

test('comment: false asks nothing of GitHub', async () => {
  succeeded(await run({ command: 'plan', routes: 'GET /items', comment: 'false' }, 'synchronize'))
  expect(told()).toEqual([])
})
