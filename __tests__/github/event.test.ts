import { afterAll, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actionInput, readEvent, temporaryFolder } from '../../src/github/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'event-test-'))
const path = join(folder, 'event.json')
afterAll(() => rmSync(folder, { recursive: true }))

function event(payload: unknown, env: Record<string, string> = {}) {
  writeFileSync(path, JSON.stringify(payload))
  return readEvent({ GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: 'acme/shop', GITHUB_SHA: 'merge', GITHUB_WORKSPACE: '/w', ...env })
}

describe('the event', () => {
  test('a push', () => {
    expect(event({ after: 'x' })).toEqual({ name: '', workspace: '/w', sha: 'merge' })
  })

  test('a pull request: the head is deployed, not the merge commit', () => {
    const side = (ref: string, sha: string, full_name: string | null) => ({ ref, sha, repo: full_name === null ? null : { full_name } })
    const told = (head: object) => event({
      action: 'opened', pull_request: { number: 7, title: 'A change', draft: true, user: { login: 'ada' }, head, base: side('main', 'base', 'acme/shop') },
    }, { GITHUB_EVENT_NAME: 'pull_request' })
    const own = {
      number: 7, action: 'opened', title: 'A change', headSha: 'head', headRef: 'feature', headRepository: 'acme/shop', baseSha: 'base', baseRef: 'main',
      isFork: false, isDraft: true, author: 'ada',
    }
    expect(told(side('feature', 'head', 'acme/shop'))).toEqual({ name: 'pull_request', workspace: '/w', sha: 'head', pullRequest: own })
    expect(told(side('feature', 'head', 'eve/shop')).pullRequest).toEqual({ ...own, headRepository: 'eve/shop', isFork: true })
    const { headRepository: _gone, ...rest } = own
    expect(told(side('feature', 'head', null)).pullRequest).toEqual({ ...rest, isFork: true })
  })

  test('the docs of the very version that runs', () => {
    expect(event({}, { GITHUB_ACTION_REPOSITORY: 'acme/lambda-api-deploy', GITHUB_ACTION_REF: 'v1' }).docsUrl).toBe('https://github.com/acme/lambda-api-deploy/blob/v1/docs')
    const enterprise = { GITHUB_ACTION_REPOSITORY: 'acme/lambda-api-deploy', GITHUB_ACTION_REF: 'v1', GITHUB_SERVER_URL: 'https://ghe.example' }
    expect(event({}, enterprise).docsUrl).toBe('https://ghe.example/acme/lambda-api-deploy/blob/v1/docs')
    expect(event({}, { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }).docsUrl).toBeUndefined()
  })

  test('outside of GitHub', () => {
    expect(readEvent({})).toEqual({ name: '', workspace: process.cwd() })
  })

  test('a variable that is there but empty counts as missing', () => {
    const docs = { GITHUB_ACTION_REPOSITORY: 'acme/x', GITHUB_ACTION_REF: 'v1', GITHUB_SERVER_URL: '' }
    expect(readEvent({ GITHUB_WORKSPACE: '', GITHUB_SHA: '', ...docs })).toEqual({ name: '', workspace: process.cwd(), docsUrl: 'https://github.com/acme/x/blob/v1/docs' })
    expect([temporaryFolder({ RUNNER_TEMP: '' }), temporaryFolder({ RUNNER_TEMP: '/t' })]).toEqual([tmpdir(), '/t'])
  })

  test('a file that is no JSON', () => {
    writeFileSync(path, '{')
    expect(() => readEvent({ GITHUB_EVENT_PATH: path })).toThrow(`The event's file ${path} cannot be read`)
  })
})

test('inputs have the runner’s spelling', () => {
  const input = actionInput({ 'INPUT_FUNCTION-NAME': ' greeting\n', INPUT_A_B: 'x' })
  expect([input('function-name'), input('a b'), input('none')]).toEqual(['greeting', 'x', ''])
})
