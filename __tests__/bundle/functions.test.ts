import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalEntry } from '../../local-aws/client.ts'
import { trustOf } from '../../src/resources/iam/role.ts'
import { startAction } from '../support/runner.ts'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const config = (functions: readonly string[], keepReleases: number): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions: {${functions.map((name) => ` ${name}: {}`).join(',')} }
api:
  access-log: off
  routes: {${functions.map((name) => ` GET /${name}: ${name}`).join(',')} }
release: { keep-releases: ${keepReleases} }
`

/** As many as may go on at once on this machine. */
const lanes = Math.min(4, Math.max(2, availableParallelism()))

const made: Deployable[] = []
let service: Deployable
beforeEach(() => {
  service = makeService({ stage: 'prod' })
  made.push(service)
  service.write('app.py', handler('one'))
})
afterAll(() => made.forEach((each) => each.remove()))

const deploy = async (functions: readonly string[], keepReleases: number): ReturnType<Deployable['run']> => {
  service.write('lambda-api.yml', config(functions, keepReleases))
  return succeeded(await service.run())
}
const names = async (): Promise<string[]> => {
  const { lambda } = (await service.account.control.state()) as { lambda: Record<string, { functions: object }> }
  return Object.keys(lambda['eu-west-1']?.functions ?? {}).sort()
}

describe('functions that come and go', () => {
  test('one that is added joins the live slot without moving the others', async () => {
    await deploy(['read'], 5)
    const result = await deploy(['read', 'book'], 5)
    expect(await service.writes()).not.toContain('UpdateFunctionCode')
    expect((await call(result, '/book')).status).toBe(200)
    expect((await call(result, '/read')).status).toBe(200)
    await deploy(['read', 'book'], 5)
    expect(await service.writes()).toEqual([])
  })

  test('one that is gone from the config goes with its role as soon as no kept release needs it', async () => {
    await deploy(['read', 'book'], 1)
    await deploy(['read'], 1)
    expect(await names()).toEqual(['shop-book', 'shop-read'])
    service.write('app.py', handler('two'))
    await deploy(['read'], 1)
    expect(await names()).toEqual(['shop-read'])
    expect(JSON.stringify(await service.account.control.state())).not.toContain('shop-book')
    await deploy(['read'], 1)
    expect(await service.writes()).toEqual([])
  })

  test('what looks alike but belongs to another service stays, also when the last stage goes', async () => {
    await deploy(['read'], 0)
    const other = makeService({})
    made.push(other)
    other.write('app.py', handler('mail'))
    const mail = await startAction({
      workspace: other.workspace, inputs: { 'function-name': 'shop-mail', runtime: 'python3.11', handler: 'app.lambda_handler', 'access-log': 'off' },
      aws: { endpoint: service.account.url, account: service.account.id, region: service.account.region },
    }).result
    expect(mail.exitCode).toBe(0)
    await deploy(['list'], 0)
    // It was served when this run began, and callers may see the release before for a while yet.
    expect(await names()).toEqual(['shop-list', 'shop-mail', 'shop-read'])
    service.write('app.py', handler('two'))
    await deploy(['list'], 0)
    expect(await names()).toEqual(['shop-list', 'shop-mail'])
    succeeded(await service.run({ command: 'destroy', confirm: 'shop' }))
    expect(await names()).toEqual(['shop-mail'])
  })
})

test('of many functions with dependencies of their own no more than a few are built at once, and the log tells them apart', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const bin = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-npm-'))
  const log = join(bin, 'log')
  // Stands for npm: it says when it begins and when it ends.
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho + >> ${log}\nsleep 0.3\necho - >> ${log}\n`, { mode: 0o755 })
  for (const name of names) {
    const pack = { name, version: '1.0.0' }
    service.write(`${name}/index.js`, 'exports.handler = async () => ({ statusCode: 200 })\n')
    service.write(`${name}/package.json`, JSON.stringify(pack))
    service.write(`${name}/package-lock.json`, JSON.stringify({ ...pack, lockfileVersion: 3, requires: true, packages: { '': pack } }))
  }
  service.write('lambda-api.yml', `service: shop\ndefaults: { runtime: nodejs24.x }\nfunctions:\n${names.map((name) => `  ${name}: { source: ${name} }\n`).join('')}api:\n  access-log: off\n  routes: { GET /a: a }\n`)
  const { id: account, url: endpoint, region } = service.account
  const env = { PATH: `${bin}:${process.env['PATH']}`, LAMBDA_API_DEPLOY_CACHE: join(bin, 'cache') }
  const result = await startAction({ workspace: service.workspace, inputs: { command: 'plan' }, env, aws: { endpoint, account, region } }).result
  succeeded(result)
  let running = 0
  const most = readFileSync(log, 'utf8').trim().split('\n').map((line) => (running += line === '+' ? 1 : -1)).reduce((a, b) => Math.max(a, b), 0)
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(lanes)
  const groups = result.output.split('::group::').slice(1).map((group) => [/^Package (\S+)/.exec(group)?.[1], group.match(/^Installing/gm)?.length])
  expect(groups.filter(([name]) => name !== undefined)).toEqual(names.map((name) => [`shop-${name}`, 1]))
  rmSync(bin, { recursive: true })
})

test('large packages are sent a few at a time, small ones all at once', async () => {
  const large = ['l1', 'l2', 'l3', 'l4', 'l5', 'l6']
  const small = ['s1', 's2', 's3', 's4', 's5']
  for (const name of [...large, ...small]) {
    service.write(`${name}/app.py`, handler(name))
    if (large.includes(name)) writeFileSync(join(service.workspace, name, 'noise.bin'), randomBytes(3_000_000))
  }
  const { account } = service
  await new IAMClient(account.client).send(new CreateRoleCommand({ RoleName: 'runs', AssumeRolePolicyDocument: trustOf('lambda.amazonaws.com') }))
  service.write('lambda-api.yml', `service: shop\ndefaults: { runtime: python3.11, handler: app.lambda_handler, role: "arn:aws:iam::${account.id}:role/runs" }\nfunctions:\n${[...large, ...small].map((name) => `  ${name}: { source: ${name} }\n`).join('')}api:\n  access-log: off\n  routes: { GET /a: l1 }\n`)
  await account.control.configure({ rates: false, latencyMs: 250 })
  succeeded(await service.run())
  const calls = (await account.control.journal()).filter(({ operation }) => operation === 'CreateFunction')
  expect(calls).toHaveLength(large.length + small.length)
  const isLarge = ({ params }: JournalEntry): boolean => large.includes((params as { FunctionName: string }).FunctionName.slice('shop-'.length))
  expect(mostAtOnce(calls.filter(isLarge))).toBeLessThanOrEqual(lanes)
  expect(mostAtOnce(calls.filter((each) => !isLarge(each)))).toBeGreaterThan(lanes)
})

function mostAtOnce(calls: readonly JournalEntry[]): number {
  return Math.max(...calls.map(({ start }) => calls.filter((each) => each.start <= start && (each.end ?? Infinity) > start).length))
}
