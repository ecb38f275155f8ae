import { afterAll, expect, test } from '@jest/globals'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { freshAccount } from '../../local-aws/testing.ts'
import { runActionWell, type StepResult } from '../support/runner.ts'

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** Deploys an example as it stands, its own lambda-api.yml included, with real dependencies from the index. */
async function deploy(example: string, inputs: Record<string, string>): Promise<{ result: StepResult; account: ReturnType<typeof freshAccount> }> {
  const account = freshAccount()
  const workspace = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-example-'))
  folders.push(workspace)
  cpSync(join(import.meta.dirname, '..', '..', 'examples', example), workspace, { recursive: true })
  const result = await runActionWell({
    workspace, inputs: { 'cloudwatch-role': 'create', ...inputs },
    aws: { endpoint: account.url, account: account.id, region: account.region },
    env: { LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'] },
  })
  return { result, account }
}

async function ask(result: StepResult, route: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const [method = 'GET', path = '/'] = route.split(' ')
  const answer = await fetch(`${result.outputs['invoke-url']}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}

test('greeting answers on both routes and leaves a line in its access log', async () => {
  const { result, account } = await deploy('greeting', {})
  expect(await ask(result, 'GET /greeting')).toEqual({ status: 200, body: { message: 'Hello, world!' } })
  expect(await ask(result, 'GET /greeting/Ada%20L.')).toEqual({ status: 200, body: { message: 'Hello, Ada L.!' } })
  const logs = new CloudWatchLogsClient(account.client)
  let lines: string[] = []
  for (let tries = 0; tries < 50 && lines.length < 2; tries++) {
    const events = await logs.send(new FilterLogEventsCommand({ logGroupName: result.outputs['access-log-group'] ?? '' })).catch(() => ({ events: [] }))
    lines = (events.events ?? []).map((event) => event.message ?? '')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  expect(lines.map((line) => (JSON.parse(line) as { resourcePath: string; status: string })).map(({ resourcePath, status }) => `${resourcePath} ${status}`).sort()).toEqual(['/greeting 200', '/greeting/{name} 200'])
})

test('events answers on every route, from three functions, and both stages have values of their own', async () => {
  const { result } = await deploy('events', { stage: 'prod' })
  const functions = JSON.parse(result.outputs['functions'] ?? '[]') as { name: string }[]
  expect(functions.map((each) => each.name)).toEqual(['events-admin', 'events-book', 'events-read'])
  for (const route of ['GET /events', 'GET /events/pycon', 'GET /events/pycon/sessions', 'GET /events/pycon/sessions/keynote', 'GET /venues/cellar', 'GET /admin/occupancy', 'GET /admin/events/pycon/occupancy']) {
    expect([route, (await ask(result, route)).status]).toEqual([route, 200])
  }
  const routes = JSON.parse(result.outputs['routes'] ?? '[]') as { method: string; path: string }[]
  for (const { method, path } of routes) {
    const concrete = path.replace('{proxy+}', 'any/thing').replace('{id}', 'pycon').replace(/\{[a-z]+\}/g, 'nothing-here')
    const answer = await ask(result, `${method === 'ANY' ? 'GET' : method} ${concrete}`, method === 'GET' || method === 'ANY' ? undefined : {})
    // The function itself has answered: neither API Gateway's 403 for an unknown route nor a 5xx.
    expect([`${method} ${path}`, answer.status, answer.body]).toEqual([`${method} ${path}`, expect.any(Number), expect.anything()])
    expect(answer.status).toBeLessThan(500)
    expect(answer.status).not.toBe(403)
  }
})
