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

const pullRequest = (repo: { full_name: string } | null) => ({
  action: 'opened',
  pull_request: { number: 7, head: { sha: 'head', ref: 'feature', repo }, base: { ref: 'main' } },
})

describe('the event', () => {
  test('a push', () => {
    const env = { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_RUN_ID: '5', GITHUB_SERVER_URL: 'https://ghe.example' }
    expect(event({ after: 'x' }, env)).toEqual({
      name: 'push',
      payload: { after: 'x' },
      workspace: '/w',
      repository: 'acme/shop',
      sha: 'merge',
      ref: 'refs/heads/main',
      serverUrl: 'https://ghe.example',
      runUrl: 'https://ghe.example/acme/shop/actions/runs/5',
    })
  })

  test('a pull request: the head is deployed, not the merge commit', () => {
    expect(event(pullRequest({ full_name: 'acme/shop' }), { GITHUB_EVENT_NAME: 'pull_request' })).toMatchObject({
      action: 'opened',
      sha: 'head',
      pullRequest: { number: 7, headRef: 'feature', baseRef: 'main', isFork: false },
    })
  })

  test.each([{ full_name: 'someone/shop' }, null])('a pull request from %j is a fork', (repo) => {
    expect(event(pullRequest(repo)).pullRequest?.isFork).toBe(true)
  })

  test('the docs of the very version that runs', () => {
    expect(event({}, { GITHUB_ACTION_REPOSITORY: 'acme/lambda-api-deploy', GITHUB_ACTION_REF: 'v1' }).docsUrl).toBe('https://github.com/acme/lambda-api-deploy/blob/v1/docs')
    expect(event({}, { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }).docsUrl).toBeUndefined()
  })

  test('outside of GitHub', () => {
    expect(readEvent({})).toEqual({ name: '', payload: {}, workspace: process.cwd(), ref: '', serverUrl: 'https://github.com' })
  })

  test('a variable that is there but empty counts as missing', () => {
    expect(readEvent({ GITHUB_WORKSPACE: '', GITHUB_SERVER_URL: '' })).toMatchObject({ workspace: process.cwd(), serverUrl: 'https://github.com' })
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
