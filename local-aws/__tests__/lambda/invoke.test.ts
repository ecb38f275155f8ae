import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  InvokeCommand,
  GetLayerVersionByArnCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type InvokeCommandInput,
  type InvokeCommandOutput,
} from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { activeFunction, bench, functionInput, refusal, settled, zipOf, type Bench } from './support.ts'

const saying = (text: string): Buffer => zipOf({ 'index.py': `def handler(event, context):\n    print("said")\n    return [${JSON.stringify(text)}, context.function_version, context.invoked_function_arn]\n` })

function invoke({ lambda }: Bench, more: Partial<InvokeCommandInput> = {}): Promise<InvokeCommandOutput> {
  return lambda.send(new InvokeCommand({ FunctionName: 'f', ...more }))
}

async function result(answer: Promise<InvokeCommandOutput>): Promise<unknown> {
  return JSON.parse(Buffer.from((await answer).Payload ?? []).toString())
}

async function logged({ client }: Bench, group: string, until: string): Promise<string[]> {
  const logs = new CloudWatchLogsClient(client)
  for (;;) {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: group })).catch(() => ({ events: [] }))
    const messages = events.map(({ message = '' }) => message)
    if (messages.some((message) => message.includes(until))) return messages
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

// test_lambda_versions_with_code_changes, test_lambda_alias_moving
test('each qualifier runs its own version and is told so', async () => {
  const on = await bench()
  await on.control.configure({ windows: { versionPending: 0 } })
  await activeFunction(on, 'f', { Code: { ZipFile: saying('one') }, Publish: true })
  await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: saying('two') }))
  await settled(on, 'f')
  await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }))
  expect(await result(invoke(on))).toEqual(['two', '$LATEST', on.arn('f')])
  expect(await result(invoke(on, { Qualifier: '1' }))).toEqual(['one', '1', on.arn('f:1')])
  const live = await invoke(on, { FunctionName: on.arn('f:live') })
  expect(live).toMatchObject({ StatusCode: 200, ExecutedVersion: '1' })
  expect(await result(Promise.resolve(live))).toEqual(['one', '1', on.arn('f:live')])
  expect((await refusal(invoke(on, { Qualifier: 'no' }))).message).toBe(`Function not found: ${on.arn('f:no')}`)
  expect((await refusal(invoke(on, { FunctionName: 'nobody' }))).message).toBe(`Function not found: ${on.arn('nobody:$LATEST')}`)
})

// developer guide, alias routing
test("an alias's other version gets its share", async () => {
  const on = await bench()
  await on.control.configure({ windows: { versionPending: 0 } })
  await activeFunction(on, 'f', { Code: { ZipFile: saying('one') }, Publish: true })
  await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: saying('two') }))
  await settled(on, 'f')
  await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  const executed = async (Name: string, weight: number): Promise<Set<unknown>> => {
    const RoutingConfig = { AdditionalVersionWeights: { 2: weight } }
    await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name, FunctionVersion: '1', RoutingConfig }))
    const answers = await Promise.all(Array.from({ length: 40 }, () => invoke(on, { Qualifier: Name })))
    return new Set(answers.map(({ ExecutedVersion }) => ExecutedVersion))
  }
  expect(await executed('half', 0.5)).toEqual(new Set(['1', '2']))
  expect(await executed('all', 1)).toEqual(new Set(['2']))
  expect(await executed('none', 0)).toEqual(new Set(['1']))
})

// developer guide, function states
test('a Pending function cannot run, and an update serves the old code until it is over', async () => {
  const on = await bench()
  await on.control.configure({ windows: { functionPending: 40_000, functionUpdate: 40_000 } })
  await on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f', { Code: { ZipFile: saying('old') } })))
  expect(await refusal(invoke(on))).toEqual({
    status: 409,
    name: 'ResourceConflictException',
    message: 'The operation cannot be performed at this time. The function is currently in the following state: Pending',
  })
  await settled(on, 'f')
  await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: saying('new') }))
  expect(await result(invoke(on))).toEqual(['old', '$LATEST', on.arn('f')])
  await settled(on, 'f')
  expect(await result(invoke(on))).toEqual(['new', '$LATEST', on.arn('f')])
})

// test_invocation_type_event, test_invocation_type_dry_run, test_lambda_invoke_payload_encoding_error
test('the invocation types, and payloads that are refused', async () => {
  const on = await bench()
  await activeFunction(on, 'f', { Code: { ZipFile: saying('x') } })
  const dry = await invoke(on, { InvocationType: 'DryRun' })
  expect(dry.StatusCode).toBe(204)
  expect(dry).not.toHaveProperty('ExecutedVersion')
  const event = await invoke(on, { InvocationType: 'Event', Payload: '{}' })
  expect([event.StatusCode, Buffer.from(event.Payload ?? []).toString()]).toEqual([202, ''])
  const messages = await logged(on, '/aws/lambda/f', 'REPORT')
  expect(messages.filter((message) => message.startsWith('START'))).toHaveLength(1)
  expect(messages).toContain('said\n')
  const broken = await refusal(invoke(on, { Payload: '{"a":' }))
  expect(broken).toMatchObject({ status: 400, name: 'InvalidRequestContentException' })
  expect(broken.message).toMatch(/^Could not parse request body into json: Could not parse payload into json: /)
  expect(await refusal(invoke(on, { ClientContext: 'no JSON' }))).toMatchObject({ status: 400, name: 'InvalidRequestContentException' })
  const large = JSON.stringify('x'.repeat(6 * 1024 * 1024))
  expect(await refusal(invoke(on, { Payload: large }))).toEqual({
    status: 413,
    name: 'RequestEntityTooLargeException',
    message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
  })
})

// test_reserved_concurrency
test('no more run at once than are reserved', async () => {
  const on = await bench()
  const folder = mkdtempSync(join(tmpdir(), 'local-aws-test-'))
  const waits = zipOf({ 'index.py': 'import os, time\ndef handler(event, context):\n    while not os.path.exists(event): time.sleep(0.01)\n' })
  await activeFunction(on, 'f', { Code: { ZipFile: waits }, Timeout: 900 })
  await on.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 1 }))
  const file = join(folder, 'go on')
  const outcomes = Array.from({ length: 2 }, () => invoke(on, { Payload: JSON.stringify(file) }).then(() => 'ran', (error: Error) => error))
  // The one that runs ends when the other has been refused.
  const Reason = 'ReservedFunctionConcurrentInvocationLimitExceeded'
  expect(await Promise.race(outcomes)).toMatchObject({ name: 'TooManyRequestsException', message: 'Rate Exceeded.', Reason, $metadata: { httpStatusCode: 429 } })
  writeFileSync(file, '')
  expect((await Promise.all(outcomes)).filter((outcome) => outcome === 'ran')).toHaveLength(1)
  rmSync(folder, { recursive: true })
})

// test_layer_lifecycle; developer guide, layers
test('layers lie under /opt, in order, and are on the path', async () => {
  const on = await bench()
  const layer = async (LayerName: string, files: Record<string, string>): Promise<string> => {
    const answer = await on.lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: zipOf(files) } }))
    return answer.LayerVersionArn ?? ''
  }
  const lower = await layer('lower', { 'python/shared.py': 'name = "lower"', 'python/only.py': 'name = "only"' })
  const upper = await layer('upper', { 'python/shared.py': 'name = "upper"' })
  expect(lower).toBe(`arn:aws:lambda:eu-west-1:${on.id}:layer:lower:1`)
  const code = zipOf({ 'index.py': 'import only, shared\ndef handler(event, context):\n    return [only.name, shared.name]\n' })
  await activeFunction(on, 'f', { Code: { ZipFile: code }, Layers: [lower, upper] })
  expect(await result(invoke(on))).toEqual(['only', 'upper'])
  expect(await on.lambda.send(new GetLayerVersionByArnCommand({ Arn: lower }))).toMatchObject({ LayerVersionArn: lower, Version: 1 })
  const twice = on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Layers: [lower, lower] }))
  expect((await refusal(twice)).message).toContain(`${lower} and ${lower} are versions of the same layer.`)
  const missing = on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Layers: [`${lower}9`] }))
  expect((await refusal(missing)).message).toBe(`Layer version ${lower}9 does not exist.`)
})

test('with LogFormat JSON, and a log group of its own, every line of Lambda and of logging is JSON', async () => {
  const on = await bench()
  const code = zipOf({ 'index.py': 'import logging\ndef handler(event, context):\n    logging.getLogger("a").warning("hot %s", 1)\n' })
  await activeFunction(on, 'f', { Code: { ZipFile: code }, LoggingConfig: { LogFormat: 'JSON', LogGroup: 'own' } })
  await invoke(on)
  const lines = (await logged(on, 'own', 'platform.report')).filter((line) => !line.startsWith('[LOCAL AWS]')).map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.map(({ type, message }) => type ?? message)).toEqual(['platform.initStart', 'platform.start', 'hot 1', 'platform.report'])
  expect(lines[2]).toMatchObject({ level: 'WARNING', logger: 'a', requestId: expect.any(String) })
})
