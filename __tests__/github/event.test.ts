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
    expect(event({ after: 'x' })).toEqual({ workspace: '/w', sha: 'merge' })
  })

  test('a pull request: the head is deployed, not the merge commit', () => {
    expect(event({ action: 'opened', pull_request: { number: 7, head: { sha: 'head', ref: 'feature' } } })).toEqual({ workspace: '/w', sha: 'head' })
  })

  test('the docs of the very version that runs', () => {
    expect(event({}, { GITHUB_ACTION_REPOSITORY: 'acme/lambda-api-deploy', GITHUB_ACTION_REF: 'v1' }).docsUrl).toBe('https://github.com/acme/lambda-api-deploy/blob/v1/docs')
    const enterprise = { GITHUB_ACTION_REPOSITORY: 'acme/lambda-api-deploy', GITHUB_ACTION_REF: 'v1', GITHUB_SERVER_URL: 'https://ghe.example' }
    expect(event({}, enterprise).docsUrl).toBe('https://ghe.example/acme/lambda-api-deploy/blob/v1/docs')
    expect(event({}, { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }).docsUrl).toBeUndefined()
  })

  test('outside of GitHub', () => {
    expect(readEvent({})).toEqual({ workspace: process.cwd() })
  })

  test('a variable that is there but empty counts as missing', () => {
    const docs = { GITHUB_ACTION_REPOSITORY: 'acme/x', GITHUB_ACTION_REF: 'v1', GITHUB_SERVER_URL: '' }
    expect(readEvent({ GITHUB_WORKSPACE: '', GITHUB_SHA: '', ...docs })).toEqual({ workspace: process.cwd(), docsUrl: 'https://github.com/acme/x/blob/v1/docs' })
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
