import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { withoutIds } from '../support/account-state.ts'
import { makePreviews, shop, type Previews } from '../support/previews.ts'
import type { StepResult } from '../support/runner.ts'
import { call, handler, succeeded } from '../support/service.ts'

let previews: Previews
let before: unknown

const stateOf = async (): Promise<unknown> => withoutIds(await previews.service.account.control.state(), previews.service.account.id)
const writes = async (): Promise<string[]> => previews.service.writes()
const told = (result: StepResult, level: string): string => result.annotations.filter((each) => each.level === level).map(({ message }) => message).join('\n')

beforeAll(async () => {
  previews = await makePreviews()
  succeeded(await previews.push(shop))
  before = await stateOf()
})
afterAll(() => previews.close())

test('a pull request gets its API, each push changes it, and closing it leaves the account as it was', async () => {
  const pullRequest = previews.open({ number: 7 })
  const opened = succeeded(await previews.run(pullRequest, 'opened'))
  expect(opened.outputs).toMatchObject({ command: 'deploy', changed: 'true', stage: 'preview', 'function-name': 'shop-pr-7' })
  expect(await call(opened, '/items')).toMatchObject({ status: 200, body: { text: 'one' } })
  previews.service.write('lambda_function.py', handler('two'))
  const pushed = succeeded(await previews.run(pullRequest, 'synchronize'))
  expect(pushed.outputs['invoke-url']).toBe(opened.outputs['invoke-url'])
  expect(await call(pushed, '/items')).toMatchObject({ status: 200, body: { text: 'two' } })
  succeeded(await previews.run(pullRequest, 'labeled'))
  expect(await writes()).toEqual([])
  pullRequest.state = 'closed'
  const closed = succeeded(await previews.run(pullRequest, 'closed'))
  expect(closed.outputs).toMatchObject({ command: 'destroy', changed: 'true' })
  expect(await stateOf()).toEqual(before)
  const again = succeeded(await previews.run(pullRequest, 'closed'))
  expect([again.outputs['changed'], await writes()]).toEqual(['false', []])
  expect(again.summary).toContain('There is no preview of pull request 7.')
})

test('a pull request that is closed while its preview is deployed keeps none: before, right before it goes live, and at the end', async () => {
  for (const [number, question] of [[11, 1], [12, 2], [13, 3]] as const) {
    const pullRequest = previews.open({ number })
    let asked = 0
    previews.github.onRequest = (request) => {
      if (request.endsWith(`/pulls/${number}`) && ++asked === question) pullRequest.state = 'closed'
    }
    const result = succeeded(await previews.run(pullRequest, 'opened'))
    previews.github.onRequest = undefined
    expect([number, asked, result.outputs['command']]).toEqual([number, question, 'destroy'])
    expect(result.summary).toContain(`Pull request ${number} is closed, so its preview is taken away.`)
    // What goes live is never more than a moment there.
    expect([number, (await writes()).includes('CreateStage')]).toEqual([number, question === 3])
    expect(await stateOf()).toEqual(before)
  }
})

test('a run that fails because its pull request was closed, and the preview taken away below it, is no failure', async () => {
  const pullRequest = previews.open({ number: 14 })
  previews.service.write('lambda_function.py', 'def lambda_handler(event, context): raise Exception("defect")\n')
  let asked = 0
  previews.github.onRequest = () => void (++asked === 2 && (pullRequest.state = 'closed'))
  const result = succeeded(await previews.run(pullRequest, 'opened', { inputs: { 'smoke-test': 'GET /items -> 200' } }))
  previews.github.onRequest = undefined
  expect(result.outputs['command']).toBe('destroy')
  previews.service.write('lambda_function.py', handler('two'))
  expect(await stateOf()).toEqual(before)
})

test('what a closed event comes too late for stays: the pull request is open again', async () => {
  const pullRequest = previews.open({ number: 15 })
  succeeded(await previews.run(pullRequest, 'reopened'))
  const late = succeeded(await previews.run(pullRequest, 'closed'))
  expect([late.outputs['changed'], await writes()]).toEqual(['false', []])
  expect(late.summary).toContain('Pull request 15 is open again: its preview stays.')
  // Without any config: no checkout, no name.
  pullRequest.state = 'closed'
  succeeded(await previews.run(pullRequest, 'closed', { inputs: { 'function-name': '', runtime: '', routes: '', 'cloudwatch-role': '' } }))
  expect(await stateOf()).toEqual(before)
})

test('where GitHub does not say whether it is open, the preview is deployed, and the permission is told', async () => {
  const pullRequest = previews.open({ number: 16 })
  previews.github.permissions = { contents: 'read' }
  previews.github.permissions = {}
  const result = succeeded(await previews.run(pullRequest, 'opened'))
  previews.github.permissions = { contents: 'read', 'pull-requests': 'read' }
  expect(result.outputs['command']).toBe('deploy')
  expect(told(result, 'warning')).toContain('Give the job the permission `pull-requests: read`.')
  expect(result.annotations.filter(({ level }) => level === 'warning')).toHaveLength(1)
  pullRequest.state = 'closed'
  succeeded(await previews.run(pullRequest, 'closed'))
  expect(await stateOf()).toEqual(before)
})

test('it runs with the role of its function, and with one of its own only where that is written out', async () => {
  const pullRequest = previews.open({ number: 17 })
  const rolesOf = async () => Object.keys(((await previews.service.account.control.state()) as { iam: { roles: object } }).iam.roles)
  const roles = await rolesOf()
  succeeded(await previews.run(pullRequest, 'opened'))
  expect(await rolesOf()).toEqual(roles)
  const own = previews.open({ number: 18 })
  succeeded(await previews.run(own, 'opened', { inputs: { role: 'create' } }))
  expect((await rolesOf()).filter((name) => !roles.includes(name))).toEqual(['shop-pr-18-eu-west-1'])
  const nobody = await previews.run(previews.open({ number: 19 }), 'opened', { inputs: { 'function-name': 'desk' } })
  expect([nobody.exitCode, told(nobody, 'error')]).toEqual([1, expect.stringContaining('There is no function desk whose role its preview desk-pr-19 could take.')])
  expect(await writes()).toEqual([])
  for (const each of [pullRequest, own]) {
    each.state = 'closed'
    succeeded(await previews.run(each, 'closed'))
  }
  expect(await stateOf()).toEqual(before)
})

test('on a push `preview: true` is told, and nothing is deployed', async () => {
  const result = await previews.push({ ...shop, preview: 'true' })
  expect([result.exitCode, told(result, 'error')]).toEqual([1, expect.stringMatching(/there is no pull request\.\n[^]*github\.event_name == 'pull_request'/)])
  expect(await previews.service.account.control.journal()).toEqual([])
})
