import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startLocalGitHub, type LocalGitHub } from '../support/local-github.ts'
import { startAction, type StepResult } from '../support/runner.ts'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

const sha = (letter: string): string => letter.repeat(40)
const token = 'ghs_a-token-of-this-job'
let github: LocalGitHub
let service: Deployable

/** Deploys what a commit holds, as its workflow does. */
async function deploy(letter: string, inputs: Readonly<Record<string, string>> = {}, text = letter): Promise<StepResult> {
  service.write('lambda_function.py', handler(text))
  await service.account.control.clearJournal()
  github.requests.length = 0
  const { account, workspace } = service
  return startAction({
    workspace, sha: sha(letter), token, aws: { endpoint: account.url, account: account.id, region: account.region },
    inputs: { 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /items', 'access-log': 'off', ...inputs },
    env: { GITHUB_API_URL: github.url, LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'] },
  }).result
}
const told = (result: StepResult, level: string): string => result.annotations.filter((each) => each.level === level).map(({ message }) => message).join('\n')

beforeAll(async () => {
  github = await startLocalGitHub({ repository: 'acme/demo', token, branches: [[sha('a'), sha('b'), sha('c'), sha('d')], [sha('a'), sha('b'), sha('e')]] })
  service = makeService({})
  await service.account.control.configure({ windows: noWindows, rates: false })
  succeeded(await deploy('b'))
})
afterAll(async () => {
  service.remove()
  await github.close()
})

test('a newer commit goes live, by one request', async () => {
  const result = succeeded(await deploy('c'))
  expect(github.requests).toEqual([`GET /repos/acme/demo/compare/${sha('c')}...bbbbbbb?per_page=1`])
  expect(told(result, 'warning')).toBe('')
})

test('an ancestor of the live commit is refused before anything is written, by a deploy and by a plan', async () => {
  const result = await deploy('b')
  expect(result.exitCode).toBe(1)
  expect(told(result, 'error')).toMatch(/^Commit bbbbbbb is older than ccccccc, which is live as release 2 of shop on prod\.\n[^]*command: rollback[^]*to: bbbbbbb[^]*allow-older: true/)
  expect([await service.writes(), github.requests.length]).toEqual([[], 1])
  expect(told(await deploy('a', { command: 'plan' }), 'error')).toContain('Commit aaaaaaa is older than ccccccc')
})

test('nothing is asked where nothing would change, where the commit is the live one, and where older ones are allowed', async () => {
  succeeded(await deploy('b', {}, 'c'))
  expect(github.requests).toEqual([])
  succeeded(await deploy('c', {}, 'c with other inputs'))
  expect(github.requests).toEqual([])
  expect(succeeded(await deploy('b', { 'allow-older': 'true' })).outputs['changed']).toBe('true')
  expect(github.requests).toEqual([])
  succeeded(await deploy('c'))
})

test('a commit of another branch is not older', async () => {
  const result = succeeded(await deploy('e'))
  expect([told(result, 'warning'), github.requests.length]).toEqual(['', 1])
  succeeded(await deploy('d'))
})

const unknown = [
  ['a commit that GitHub does not know', 'f', {}, undefined, /Whether commit fffffff is older than the live one, ddddddd, is not known: GitHub answered 404 \(Not Found.*contents: read/],
  ['a token that is not taken', 'b', { 'github-token': 'ghs_another' }, undefined, /GitHub answered 401 \(Bad credentials/],
  ['an API that fails', 'b', {}, 502, /GitHub answered 502 \(Server Error\)/],
  ['an API that cannot be reached', 'b', {}, 'silence', /is not known: .*\. It is deployed\./],
] as const
test.each(unknown)('%s is a warning, and no token is seen', async (name, letter, inputs, fault, words) => {
  github.fault = fault
  const result = succeeded(await deploy(letter, inputs, name))
  github.fault = undefined
  expect(told(result, 'warning')).toMatch(words)
  expect(result.log.join('\n') + told(result, 'warning')).not.toMatch(/ghs_/)
  succeeded(await deploy('d', { 'allow-older': 'true' }))
})

test('without any token it is a warning, too', async () => {
  const { account, workspace } = service
  service.write('lambda_function.py', handler('without'))
  const result = succeeded(await startAction({
    workspace, sha: sha('b'), aws: { endpoint: account.url, account: account.id, region: account.region },
    inputs: { 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /items', 'access-log': 'off' },
    env: { GITHUB_API_URL: github.url, LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'] },
  }).result)
  expect(told(result, 'warning')).toContain('is not known: the input `github-token` is empty')
})
