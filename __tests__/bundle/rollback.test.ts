import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DeleteAliasCommand, DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deployPolicy } from '../../src/resources/deploy-policy.ts'
import { withoutIds } from '../support/account-state.ts'
import { startAction, type Step, type StepResult } from '../support/runner.ts'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const file = (routes: readonly string[], functions: readonly string[] = ['read', 'book']): string => `
service: shop
defaults: { runtime: python3.11 }
functions:
${functions.map((name) => `  ${name}: { handler: ${name}.lambda_handler }`).join('\n')}
api:
  access-log: off
  throttling: { rate: 50 }
  routes:
${routes.map((route) => `    GET /${route}: ${functions.includes(route) ? route : 'read'}`).join('\n')}
`
const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, roleAssumable: 0, permissionVisible: 0, stageVisible: 0, aliasVisible: 0 }
const empty = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-'))
afterAll(() => rmSync(empty, { recursive: true, force: true }))

interface Shop extends Deployable {
  readonly deploy: (commit: string, change?: { text?: string; routes?: readonly string[]; functions?: readonly string[]; force?: string; command?: string }) => Promise<StepResult>
  /** Starts a rollback as a job without a checkout does. */
  readonly startBack: (inputs?: Readonly<Record<string, string>>) => Promise<Step>
  readonly back: (inputs?: Readonly<Record<string, string>>) => Promise<StepResult>
}

/** A shop whose releases are told from one another by a text that both functions answer. */
async function makeShop(): Promise<Shop> {
  const service = makeService({})
  const { account } = service
  const policy = deployPolicy({ partition: 'aws', region: account.region, account: account.id, service: 'shop' })
  await account.control.configure({ windows, rates: false, policy })
  const aws = { endpoint: account.url, account: account.id, region: account.region }
  let [text, routes, functions]: [string, readonly string[], readonly string[]] = ['', ['read', 'book'], ['read', 'book']]
  const startBack: Shop['startBack'] = async (inputs = {}) => {
    await account.control.clearJournal()
    return startAction({ workspace: empty, inputs: { service: 'shop', command: 'rollback', ...inputs }, aws })
  }
  return {
    ...service, startBack,
    back: async (inputs) => (await startBack(inputs)).result,
    deploy: async (commit, change = {}) => {
      text = change.text ?? text
      routes = change.routes ?? routes
      functions = change.functions ?? functions
      for (const name of functions) service.write(`${name}.py`, handler(text))
      service.write('lambda-api.yml', file(routes, functions))
      await account.control.clearJournal()
      const env = { LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'] }
      return startAction({ workspace: service.workspace, sha: commit.repeat(40), inputs: { command: change.command ?? '', force: change.force ?? '' }, aws, env }).result
    },
  }
}

const textAt = async (result: StepResult, path: string): Promise<unknown> => {
  const { status, body } = await call(result, path)
  return status === 200 ? (body as { readonly text: string }).text : status
}
const stateOf = async (shop: Shop): Promise<unknown> => withoutIds(await shop.account.control.state(), shop.account.id)
const errorOf = ({ annotations }: StepResult): string => annotations.filter(({ level }) => level === 'error').map(({ message }) => message).join('\n')

describe('a rollback without checkout and config', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await makeShop()
    succeeded(await shop.deploy('a', { text: 'one' }))
    succeeded(await shop.deploy('b', { text: 'two', routes: ['read', 'book', 'more'] }))
    succeeded(await shop.deploy('c', { text: 'three' }))
  })
  afterAll(() => shop.remove())

  test('leads to the release before by one UpdateStage, as soon as nothing must be moved', async () => {
    const result = succeeded(await shop.back())
    expect(await shop.writes()).toEqual(['UpdateStage'])
    expect((await shop.account.control.journal()).filter(({ status = 0 }) => status >= 400)).toEqual([])
    expect(result.outputs).toMatchObject({ command: 'rollback', changed: 'true', release: '4', 'previous-release': '3' })
    expect(result.log.join('\n')).toContain('from release 3 back to release 2, as release 4')
    expect([await textAt(result, '/read'), await textAt(result, '/book'), await textAt(result, '/more')]).toEqual(['two', 'two', 'two'])
    expect(result.summary).toContain('<td>held</td>')
  })

  test('run once more it writes nothing, for a job that was killed must not go back one further', async () => {
    const result = succeeded(await shop.back())
    expect(await shop.writes()).toEqual([])
    expect(result.outputs).toMatchObject({ changed: 'false', release: '4' })
    expect(result.log.join('\n')).toMatch(/Release 4 is live already.*Release 3 was left by a rollback and is held/)
  })

  test('the release that was left is refused, also by a plan, until it is forced or something else is deployed', async () => {
    const refused = await shop.deploy('c')
    expect(refused.exitCode).toBe(1)
    expect(errorOf(refused)).toMatch(/Release 3 of shop on prod is held[^]*force: true/)
    expect(await shop.writes()).toEqual([])
    expect(errorOf(await shop.deploy('c', { command: 'plan' }))).toContain('Release 3 of shop on prod is held')
    const forced = succeeded(await shop.deploy('c', { force: 'true' }))
    expect(await textAt(forced, '/read')).toBe('three')
    expect(forced.summary).not.toContain('<td>held</td>')
  })

  test('leads to a release by its number, with its routes; the stage keeps its settings', async () => {
    const result = succeeded(await shop.back({ to: '1' }))
    expect(await shop.writes()).toEqual(['TagResource', 'UpdateAlias', 'UpdateAlias', 'UpdateStage'])
    expect(result.log.join('\n')).toMatch(/- route\s+GET \/more/)
    const url = result.outputs['invoke-url'] ?? ''
    expect(JSON.parse(result.outputs['routes'] ?? '')).toEqual([
      { method: 'GET', path: '/book', function: 'shop-book', url: `${url}/book` }, { method: 'GET', path: '/read', function: 'shop-read', url: `${url}/read` },
    ])
    expect([await textAt(result, '/read'), await textAt(result, '/more')]).toEqual(['one', 403])
    const again = succeeded(await shop.deploy('a', { text: 'one', routes: ['read', 'book'] }))
    expect(await shop.writes()).toEqual([])
    expect(again.outputs['changed']).toBe('false')
  })

  test('leads to a release by its commit, and by a version', async () => {
    const byCommit = succeeded(await shop.back({ to: 'b'.repeat(40) }))
    expect(await textAt(byCommit, '/more')).toBe('two')
    const byVersion = succeeded(await shop.back({ to: 'shop-read:3' }))
    expect(await textAt(byVersion, '/more')).toBe('three')
    const same = succeeded(await shop.back({ to: 'c'.repeat(7) }))
    expect([same.outputs['changed'], await shop.writes()]).toEqual(['false', []])
  })

  test('names what can be gone back to where a release is not kept', async () => {
    const result = await shop.back({ to: '77' })
    expect(result.exitCode).toBe(1)
    expect(errorOf(result)).toMatch(/No release "77" of shop on prod is kept[^]*can be gone back to: .*1 \(commit aaaaaaa\)/)
    expect(await shop.writes()).toEqual([])
  })

  test('names what is missing where a version is gone', async () => {
    const lambda = new LambdaClient(shop.account.client)
    const record = (await shop.account.control.state()) as { lambda: Record<string, { functions: Record<string, { aliases: Record<string, { version: string }> }> }> }
    const aliases = record.lambda[shop.account.region]?.functions['shop-read']?.aliases ?? {}
    for (const [Name, { version }] of Object.entries(aliases)) if (version === '1') await lambda.send(new DeleteAliasCommand({ FunctionName: 'shop-read', Name }))
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'shop-read', Qualifier: '1' }))
    const result = await shop.back({ to: '1' })
    expect(errorOf(result)).toMatch(/Release 1 of shop on prod cannot be gone back to: version 1 of shop-read is gone/)
    expect(await shop.writes()).toEqual([])
  })

  test('a stage that does not exist is told with those that do', async () => {
    expect(errorOf(await shop.back({ stage: 'test' }))).toMatch(/There is no stage test of shop[^]*the stages prod/)
    expect(errorOf(await shop.back({ service: 'other' }))).toMatch(/There is no stage prod of other/)
  })
})

test('a release of other functions goes back whole, and what it does not know stays', async () => {
  const shop = await makeShop()
  succeeded(await shop.deploy('a', { text: 'one', functions: ['read', 'book', 'extra'], routes: ['read', 'extra'] }))
  succeeded(await shop.deploy('b', { text: 'two', functions: ['read', 'book'], routes: ['read', 'book'] }))
  const result = succeeded(await shop.back())
  expect([await textAt(result, '/read'), await textAt(result, '/extra'), await textAt(result, '/book')]).toEqual(['one', 'one', 403])
  const forth = succeeded(await shop.back({ to: '2' }))
  expect([await textAt(forth, '/read'), await textAt(forth, '/extra'), await textAt(forth, '/book')]).toEqual(['two', 403, 'two'])
  shop.remove()
})

/** Two releases back, so that slots move as well. */
async function prepared(): Promise<Shop> {
  const shop = await makeShop()
  for (const [commit, text] of [['a', 'one'], ['b', 'two'], ['c', 'three']] as const) {
    succeeded(await shop.deploy(commit, { text, routes: ['read', 'book', text] }))
  }
  return shop
}

/** Kills a rollback when its call `k` has had its effect and is not answered yet. */
async function killBack(shop: Shop, k: number): Promise<void> {
  const { control } = shop.account
  const step = await shop.startBack({ to: '1' })
  await control.fault({ call: k }, { kind: 'hold', when: 'after' })
  await Promise.race([control.held(), step.result.then(({ output }) => Promise.reject(new Error(`call ${k} never came: ${output}`)))])
  step.kill()
  await step.result
  await control.clearFaults()
  await control.release()
  await control.idle()
}

test('killed after any write, the next rollback comes to the same end, and so does a deploy', async () => {
  const shop = await prepared()
  const { control } = shop.account
  const before = await control.keepCopy()
  succeeded(await shop.back({ to: '1' }))
  const calls = await control.journal()
  const expected = await stateOf(shop)
  const points = calls.flatMap(({ writes }, index) => (writes ? [index + 1] : []))
  expect(points).toHaveLength(4)
  for (const k of points) {
    await control.restore(before)
    await killBack(shop, k)
    succeeded(await shop.back({ to: '1' }))
    expect(await stateOf(shop)).toEqual(expected)
    await control.restore(before)
    await killBack(shop, k)
    const four = { text: 'four', routes: ['read', 'book', 'four'] }
    const result = succeeded(await shop.deploy('d', four))
    expect([await textAt(result, '/read'), await textAt(result, '/book'), await textAt(result, '/four'), await textAt(result, '/three')]).toEqual(['four', 'four', 'four', 403])
    succeeded(await shop.deploy('d', four))
    expect(await shop.writes()).toEqual([])
  }
  shop.remove()
})

test("a neighbour's function with a name like ours, which the credentials may not read, is passed by", async () => {
  const shop = await makeShop()
  const { account } = shop
  succeeded(await shop.deploy('a', { text: 'one', functions: ['read', 'book', 'extra'], routes: ['read', 'book', 'extra'] }))
  succeeded(await shop.deploy('b', { text: 'two', functions: ['read', 'book'], routes: ['read', 'book'] }))
  const policy = deployPolicy({ partition: 'aws', region: account.region, account: account.id, service: 'shop' })
  await account.control.configure({ policy: null })
  const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-'))
  writeFileSync(join(folder, 'lambda_function.py'), handler('of a neighbour'))
  const inputs = { 'function-name': 'shop-neighbour', runtime: 'python3.11', routes: 'GET /', 'access-log': 'off' }
  succeeded(await startAction({ workspace: folder, inputs, aws: { endpoint: account.url, account: account.id, region: account.region } }).result)
  rmSync(folder, { recursive: true, force: true })
  const denied = { Sid: 'Neighbour', Effect: 'Deny' as const, Action: ['lambda:*'], Resource: [`arn:aws:lambda:${account.region}:${account.id}:function:shop-neighbour*`] }
  await account.control.configure({ policy: { ...policy, Statement: [...policy.Statement, denied] } })
  // No route leads to one of the functions of the release before, so that they are looked for by their names.
  const result = succeeded(await shop.back())
  expect([await textAt(result, '/read'), await textAt(result, '/extra')]).toEqual(['one', 'one'])
  const refused = (await account.control.journal()).filter(({ error }) => error !== undefined)
  expect(refused.map(({ operation, error }) => `${operation} ${error}`)).toEqual(['GetFunction AccessDeniedException'])
  shop.remove()
})
