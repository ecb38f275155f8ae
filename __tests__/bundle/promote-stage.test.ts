import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { GetFunctionCommand, LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

const file = ({ routes = 'GET /items: read, POST /items: book', memory = 512, more = '' } = {}): string => `
service: shop
defaults: { runtime: python3.11 }
functions:
  read: { handler: read.lambda_handler }
  book: { handler: book.lambda_handler }
api:
  access-log: off
  routes: { ${routes} }
stages:
  prod: { functions: { book: { memory-size: ${memory}, environment-variables: { MODE: live } } } }
${more}`

let service: Deployable
beforeEach(async () => {
  service = makeService({ stage: 'prod' })
  await service.account.control.configure({ windows: noWindows, rates: false })
  write('one')
})
afterEach(() => service.remove())

function write(text: string, config = file()): void {
  service.write('lambda-api.yml', config)
  service.write('read.py', handler(text))
  service.write('book.py', handler(text))
}

const staging = async (): ReturnType<Deployable['run']> => succeeded(await service.run({ stage: 'staging' }))
const promotion = { command: 'promote', 'from-stage': 'staging' }
const promote = async (more = {}): ReturnType<Deployable['run']> => succeeded(await service.run({ ...promotion, ...more }))
const errors = async (inputs: Readonly<Record<string, string>>): Promise<string> => {
  const { exitCode, annotations } = await service.run(inputs)
  expect(exitCode).toBe(1)
  expect(await service.writes()).toEqual([])
  return annotations.filter(({ level }) => level === 'error').map(({ message }) => message).join('\n')
}

/** The digest of the code behind an alias, and its settings. */
async function behind(name: string, Qualifier: string) {
  const { Configuration } = await new LambdaClient(service.account.client).send(new GetFunctionCommand({ FunctionName: name, Qualifier }))
  const { CodeSha256, Version, MemorySize, Environment } = Configuration ?? {}
  return { CodeSha256, Version, MemorySize, variables: Environment?.Variables }
}

describe('what another stage serves', () => {
  test('comes as it is, with the configuration of this stage: nothing is built, and the second run writes nothing', async () => {
    await staging()
    const before = await behind('shop-book', 'staging-a')
    write('two')
    const { outputs, log } = await promote()
    expect(log.join('\n')).toContain('release 1 of stage staging')
    expect(log.join('\n')).not.toContain('Package shop')
    expect(outputs).toMatchObject({ command: 'promote', changed: 'true', release: '1' })
    const after = await behind('shop-book', 'prod-a')
    expect(after).toMatchObject({ CodeSha256: before.CodeSha256, MemorySize: 512, variables: { MODE: 'live' } })
    expect(after.Version).not.toBe(before.Version)
    // The settings of this one are equal on both stages: so is the version.
    expect(await behind('shop-read', 'prod-a')).toEqual(await behind('shop-read', 'staging-a'))
    expect((await call({ outputs } as never, '/items')).body).toMatchObject({ text: 'one' })
    expect((await promote()).outputs['changed']).toBe('false')
    expect(await service.writes()).toEqual([])
  })

  test('is downloaded where nothing at hand has it any more, byte for byte', async () => {
    await staging()
    // Another stage has given $LATEST other code meanwhile.
    write('two')
    succeeded(await service.run({ stage: 'trial' }))
    const { log, outputs } = await promote()
    expect(log.join('\n')).toContain('Took the package of shop-book from its version')
    expect((await behind('shop-book', 'prod-a')).CodeSha256).toBe((await behind('shop-book', 'staging-a')).CodeSha256)
    expect((await call({ outputs } as never, '/items', { method: 'POST' })).body).toMatchObject({ text: 'one' })
  })

  test('has its own routes, whatever the config of the day says; a plan shows them and writes nothing', async () => {
    write('one', file({ routes: 'GET /old: read' }))
    succeeded(await service.run())
    write('one', file({ routes: 'GET /new: read' }))
    await staging()
    write('two', file({ routes: 'GET /other: read', more: 'release: { smoke-test: { GET /other: 200 } }\n' }))
    const plan = succeeded(await service.run({ command: 'plan', 'from-stage': 'staging' }))
    expect(await service.writes()).toEqual([])
    const lines = plan.log.join('\n')
    for (const line of ['GET /new', 'GET /old', 'release 1 of stage staging goes live, as release 2']) expect(lines).toContain(line)
    expect(lines).not.toContain('route GET /other')
    expect(plan.annotations.map(({ message }) => message).join()).toContain('GET /other -> 200 is not asked')
    const { outputs } = await promote()
    expect(JSON.parse(outputs['routes'] ?? '')).toMatchObject([{ method: 'GET', path: '/new', function: 'shop-read' }])
    expect((await call({ outputs } as never, '/new')).status).toBe(200)
    expect((await call({ outputs } as never, '/old')).status).toBe(403)
    await promote()
    expect(await service.writes()).toEqual([])
  })

  test('passes the smoke tests of this stage, or callers never see it', async () => {
    const smoke = 'release: { smoke-test: { GET /items: { text: one } } }\n'
    write('one', file({ more: smoke }))
    await staging()
    await promote()
    write('two', file())
    await staging()
    write('two', file({ more: smoke }))
    const { exitCode, annotations } = await service.run(promotion)
    expect([exitCode, annotations.map(({ message }) => message).join()]).toEqual([1, expect.stringContaining('failed before the release went live')])
  })

  test('goes on one release after another, and back; what was left is held', async () => {
    await staging()
    await promote()
    write('two')
    await staging()
    expect((await promote()).outputs['release']).toBe('2')
    const back = succeeded(await service.run({ command: 'rollback' }))
    expect((await call(back, '/items')).body).toMatchObject({ text: 'one' })
    expect(await errors(promotion)).toContain('is held')
    expect((await promote({ force: 'true' })).outputs['changed']).toBe('true')
  })
})

describe('it is refused', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['to itself', { ...promotion, stage: 'staging' }, 'are both "staging"'],
    ['beside another command', { ...promotion, command: 'deploy' }, 'makes no sense with command: deploy'],
    ['from a stage that is not there', { ...promotion, 'from-stage': 'test' }, 'There is no stage test of shop'],
  ]
  test.each(rows)('%s', async (_name, inputs, message) => {
    await staging()
    expect(await errors(inputs)).toContain(message)
  })

  test('from a stage with a canary', async () => {
    await staging()
    write('two')
    succeeded(await service.run({ stage: 'staging', 'canary-percent': '10', 'bake-time': 'hold' }))
    expect(await errors(promotion)).toContain('which of the two releases is to be promoted is not decided')
  })

  test('where the config describes other functions, another runtime or another API', async () => {
    await staging()
    write('one', file().replace('  book:', '  more: { handler: read.lambda_handler }\n  book:'))
    expect(await errors(promotion)).toContain('has no code for shop-more')
    write('one', file({ routes: 'GET /items: read' }).replace(/ {2}book: \{ h.*\n/, '').replace('book: { memory', 'read: { memory'))
    expect(await errors(promotion)).toContain('is made of functions of which the config does not describe all')
    write('one', file().replaceAll('python3.11', 'python3.13'))
    expect(await errors(promotion)).toContain('made for python3.11')
    write('one', file().replace('access-log: off', 'access-log: off\n  binary-media-types: [image/png]'))
    expect(await errors(promotion)).toContain('is not the one that the config describes')
  })

  test('where somebody has moved an alias by hand', async () => {
    await staging()
    write('two')
    await staging()
    await new LambdaClient(service.account.client).send(new UpdateAliasCommand({ FunctionName: 'shop-read', Name: 'staging-b', FunctionVersion: '1' }))
    expect(await errors(promotion)).toContain('somebody has moved an alias of staging by hand')
  })
})
