import { afterAll, describe, expect, test } from '@jest/globals'
import { GetFunctionConfigurationCommand, LambdaClient, TagResourceCommand } from '@aws-sdk/client-lambda'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { callFromElsewhere, dumpOf, dumpWithoutCode, foundName, hangOn, makeFunction, settings } from '../support/found.ts'

const made: Deployable[] = []
afterAll(() => made.forEach((each) => each.remove()))

const inputs = { service: 'greet', 'function-name': foundName, runtime: 'python3.11', 'access-log': 'off', routes: 'GET /items', join: 'true' }

/** A function that somebody has made by hand, with all that others hang on it, and a workspace with new code for it. */
async function found(more: Readonly<Record<string, string>> = {}) {
  const service = makeService({ ...inputs, ...more })
  made.push(service)
  await service.account.control.configure({ rates: false })
  const lambda = await makeFunction(service.account, settings)
  await hangOn(service.account, lambda)
  await callFromElsewhere(service.account, lambda)
  service.write('lambda_function.py', handler('new'))
  return { service, lambda, before: await dumpWithoutCode(service.account) }
}

describe('a function that this service did not make', () => {
  test('is refused without `join`, with the line that joins and the command that shows what it would do', async () => {
    const { service } = await found({ join: '' })
    const result = await service.run()
    expect([result.exitCode, await service.writes()]).toEqual([1, []])
    expect(result.annotations[0]?.message).toMatch(/There is a function hello that this service did not make[\s\S]*`join: true`[\s\S]*`command: plan`/)
  })

  test('the plan names who gets the new code at once, and writes nothing', async () => {
    const { service } = await found()
    const planned = succeeded(await service.run({ command: 'plan' }))
    expect(await service.writes()).toEqual([])
    expect(planned.output).toMatch(/> function +hello +was not made by this service; it is published as found, and that is served first/)
    for (const caller of ['API a1b2c3d4e5, */GET/hello (statement 5d7e1b0c-', 'event source arn:aws:sqs:', 'function URL https://']) expect(planned.output).toContain(caller)
    expect(planned.output).toMatch(/~ function code +hello +the code differs/)
  })

  test('that a stack has made is told of, with what to do first', async () => {
    const { service } = await found()
    const Resource = `arn:aws:lambda:${service.account.region}:${service.account.id}:function:${foundName}`
    await new LambdaClient(service.account.client).send(new TagResourceCommand({ Resource, Tags: { 'aws:cloudformation:stack-name': 'hello-dev' } }))
    const planned = succeeded(await service.run({ command: 'plan' }))
    expect(planned.annotations.map(({ message }) => message).join()).toContain('The function hello belongs to the CloudFormation stack hello-dev')
  })

  test('is served as found first, then with the new code; a rollback leads back to what was found', async () => {
    const { service } = await found()
    const result = succeeded(await service.run())
    expect((await call(result, '/items')).body).toMatchObject({ text: 'new' })
    expect(result.outputs['release']).toBe('2')
    succeeded(await service.run())
    expect(await service.writes()).toEqual([])
    succeeded(await service.run({ command: 'rollback' }))
    expect((await call(result, '/items')).body).toMatchObject({ text: 'found' })
  })

  test('keeps every setting that the config does not name; variables are merged, and go again', async () => {
    const { service, before } = await found()
    const set = { 'memory-size': '1024', 'environment-variables': 'TABLE=ours\nMODE=live', tags: 'team=ours\ncost=1' }
    succeeded(await service.run(set))
    const { configuration } = (await dumpOf(service.account)).latest
    const { Description, MemorySize, Environment, ...rest } = (before as { latest: Record<string, unknown> }).latest
    expect(configuration).toEqual({ ...rest, Description, MemorySize: 1024, Environment: { Variables: { TABLE: 'ours', SECRET: 'kept', MODE: 'live' } } })
    succeeded(await service.run(set))
    expect(await service.writes()).toEqual([])
    succeeded(await service.run({ 'memory-size': '1024', 'environment-variables': 'MODE=test' }))
    expect((await dumpOf(service.account)).latest.configuration['Environment']).toEqual({ Variables: { TABLE: 'theirs', SECRET: 'kept', MODE: 'test' } })
    expect((await dumpOf(service.account)).tags).toMatchObject({ team: 'web' })
    expect(Environment).toEqual({ Variables: { TABLE: 'theirs', SECRET: 'kept' } })
  })

  test('is given back by destroy: all that was there is as before, but for the code', async () => {
    const { service, before, lambda } = await found()
    succeeded(await service.run({ 'environment-variables': 'TABLE=ours\nMODE=live', tags: 'team=ours' }))
    service.write('lambda_function.py', handler('newer'))
    succeeded(await service.run({ 'environment-variables': 'TABLE=ours\nMODE=live', tags: 'team=ours' }))
    const destroyed = succeeded(await service.run({ command: 'destroy', confirm: 'greet' }))
    expect(destroyed.summary).toContain('Function hello is given back')
    expect(await dumpWithoutCode(service.account)).toEqual(before)
    succeeded(await service.run({ command: 'destroy', confirm: 'greet' }))
    expect(await service.writes()).toEqual([])
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: foundName }))).State).toBe('Active')
  })

  test('which the config says no more is taken over is refused, before anything is reset', async () => {
    const { service } = await found()
    succeeded(await service.run())
    const result = await service.run({ join: 'false' })
    expect([result.exitCode, await service.writes()]).toEqual([1, []])
    expect(result.annotations[0]?.message).toContain('Write `join: true` again')
  })
})
