import { beforeEach, describe, expect, test } from '@jest/globals'
import { giveRole } from './caller.ts'
import { at, caller, deploymentId, notThere, refusal, update, type Op } from './dev-stage.ts'

describe('CreateStage', () => {
  test('answers as recorded', async () => {
    const stage = await caller.call('CreateStage', { restApiId: at.restApiId, stageName: 's1', deploymentId, tags: { a: 'b' } })
    expect(stage).toEqual({
      stageName: 's1',
      deploymentId,
      cacheClusterEnabled: false,
      cacheClusterStatus: 'NOT_AVAILABLE',
      createdDate: expect.any(Date),
      lastUpdatedDate: expect.any(Date),
      methodSettings: {},
      tracingEnabled: false,
      tags: { a: 'b' },
    })
  })

  test.each([
    [{ stageName: 'dev' }, '409 ConflictException: Stage already exists'],
    [{ stageName: 's!' }, '400 BadRequestException: Stage name only allows a-zA-Z0-9_'],
    [{ deploymentId: 'zzz' }, '400 BadRequestException: Deployment id does not exist'],
    [{ canarySettings: { deploymentId: 'zzz', percentTraffic: 1 } }, '400 BadRequestException: Deployment id does not exist'],
    [
      { variables: { 'a:b': 'x' } },
      '400 BadRequestException: Invalid stage variable name: a:b.  Please use names with only word characters.',
    ],
    [
      { variables: { a: '$LATEST' } },
      "400 BadRequestException: Invalid stage variable value: $LATEST.  Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.",
    ],
    [{ variables: { a: '' } }, /^400 BadRequestException: Invalid stage variable value: \./],
    [{ variables: { a: 'x'.repeat(513) } }, /^400 BadRequestException: Invalid stage variable value/],
  ])('refuses %j', async (members, text) => {
    const said = await caller.refusal('CreateStage', { restApiId: at.restApiId, stageName: 's1', deploymentId, ...members })
    if (typeof text === 'string') expect(said).toBe(text)
    else expect(said).toMatch(text)
  })

  test('stops at ten stages', async () => {
    for (let number = 1; number < 10; number += 1) await caller.call('CreateStage', { restApiId: at.restApiId, stageName: `s${number}`, deploymentId })
    expect(await caller.refusal('CreateStage', { restApiId: at.restApiId, stageName: 's10', deploymentId })).toMatch(/^429 LimitExceededException: /)
  })
})

test('tags of a stage show in the stage', async () => {
  const resourceArn = `arn:aws:apigateway:eu-west-1::/restapis/${at.restApiId}/stages/dev`
  await caller.call('TagResource', { resourceArn, tags: { team: 'a', gone: 'x' } })
  await caller.call('UntagResource', { resourceArn, tagKeys: ['gone'] })
  expect(await caller.call('GetStage', at)).toHaveProperty('tags', { team: 'a' })
  expect(await caller.call('GetTags', { resourceArn })).toEqual({ tags: { team: 'a' } })
})

test('GetStages filters by deployment', async () => {
  const { id } = await caller.call('CreateDeployment', { restApiId: at.restApiId })
  await caller.call('CreateStage', { restApiId: at.restApiId, stageName: 's2', deploymentId: id })
  const { item } = await caller.call('GetStages', { restApiId: at.restApiId, deploymentId: id })
  expect((item as { stageName: string }[]).map(({ stageName }) => stageName)).toEqual(['s2'])
  expect(await caller.refusal('GetStage', { ...at, stageName: 'nobody' })).toBe('404 NotFoundException: Invalid stage identifier specified')
})

describe('UpdateStage', () => {
  test('moves deployment, variable and description in one step, or nothing', async () => {
    const { id } = await caller.call('CreateDeployment', { restApiId: at.restApiId })
    const moves: Op[] = [['replace', '/deploymentId', String(id)], ['replace', '/variables/alias', 'prod-b'], ['replace', '/description', 'd']]
    expect(await refusal(...moves, ['replace', '/nothing', 'x'])).toMatch(/^400 BadRequestException: Invalid method setting path: \/nothing\. Must be one of: \[\/deploymentId, /)
    expect(await caller.call('GetStage', at)).toMatchObject({ deploymentId, variables: { testVar: 'default' } })
    expect(await update(...moves)).toMatchObject({ deploymentId: id, variables: { testVar: 'default', alias: 'prod-b' }, description: 'd' })
    expect(await update(['remove', '/variables/alias'])).toHaveProperty('variables', { testVar: 'default' })
  })

  test.each([
    [['replace', '/deploymentId', 'zzz'], '400 BadRequestException: Deployment id does not exist'],
    [['remove', '/variables/nobody'], notThere('variables/nobody')],
    [['replace', '/variables/a', 'a b'], /^400 BadRequestException: Invalid stage variable value: a b\./],
    [['replace', '/tags/tag1', 'x'], /^400 BadRequestException: Invalid method setting path: \/tags\/tag1\. Must be one of: \[.*, \/tracingEnabled\]$/],
    [['replace', '/documentation_version', 'x'], /Invalid method setting path: \/documentation_version\. /],
    [['remove', '/*/*'], notThere('*/*')],
  ] as [Op, string | RegExp][])('refuses %j', async (op, text) => {
    const said = await refusal(op)
    if (typeof text === 'string') expect(said).toBe(text)
    else expect(said).toMatch(text)
  })

  test('takes no more than some operations at once', async () => {
    const many = Array.from({ length: 81 }, (_, number): Op => ['replace', `/variables/v${number}`, 'x'])
    expect(await refusal(...many)).toBe('400 BadRequestException: Update size too large. Try updating stage in multiple UpdateStage operations')
    expect(await update(...many.slice(1))).toHaveProperty(['variables', 'v80'], 'x')
  })

  test('AWS\'s list of valid paths, missing commas and all', async () => {
    const said = await refusal(['replace', '/x', 'y'])
    expect(said).toContain('/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, ')
    expect(said).toContain('/*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, ')
  })

  test('method settings come with those of all methods, else with their defaults, and go whole', async () => {
    const { methodSettings } = await update(['replace', '/*/*/throttling/burstLimit', '123'], ['replace', '/~1pets/GET/caching/enabled', 'true'])
    expect(methodSettings).toMatchObject({
      '*/*': { throttlingBurstLimit: 123, throttlingRateLimit: 10_000, cacheTtlInSeconds: 300, cachingEnabled: false },
      '~1pets/GET': { throttlingBurstLimit: 123, cachingEnabled: true },
    })
    expect(await update(['remove', '/*/*'], ['remove', '/~1pets/GET'])).toHaveProperty('methodSettings', {})
  })

  test('logging needs the account\'s role', async () => {
    const text = '400 BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging'
    expect(await refusal(['replace', '/*/*/logging/loglevel', 'INFO'])).toBe(text)
    expect(await refusal(['add', '/accessLogSettings/destinationArn', 'arn:aws:logs:eu-west-1:123456789012:log-group:g'])).toBe(text)
    await giveRole(caller)
    expect(await update(['replace', '/*/*/logging/loglevel', 'INFO'])).toHaveProperty(['methodSettings', '*/*', 'loggingLevel'], 'INFO')
  })
})

describe('access logs', () => {
  const GROUP = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/apigateway/pets'
  beforeEach(() => giveRole(caller))

  test('destination and format are set alone or together, and removed together', async () => {
    expect(await update(['add', '/accessLogSettings/destinationArn', GROUP])).toHaveProperty('accessLogSettings', { destinationArn: GROUP })
    expect(await update(['replace', '/accessLogSettings/destinationArn', `${GROUP}a`])).toHaveProperty('accessLogSettings', { destinationArn: `${GROUP}a` })
    const format = '$context.requestId $context.identity.sourceIp'
    expect(await update(['add', '/accessLogSettings/format', format])).toHaveProperty('accessLogSettings', { destinationArn: `${GROUP}a`, format })
    expect((await update(['remove', '/accessLogSettings'])).accessLogSettings).toBeUndefined()
  })

  const badPath = '400 BadRequestException: Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]'
  test.each([
    [['add', '/accessLogSettings/randomValue', 'x'], badPath],
    [['replace', '/accessLogSettings', 'x'], badPath],
    [['add', '/accessLogSettings/*', 'x'], badPath],
    [['replace', '/accessLogSettings/format', ''], '400 BadRequestException: Access Log value must not be empty'],
    [['remove', '/accessLogSettings/destinationArn'], notThere('accessLogSettings/destinationArn')],
    [['remove', '/accessLogSettings/*'], notThere('accessLogSettings/*')],
    [['replace', '/accessLogSettings/destinationArn', `${GROUP}:*`], /^400 BadRequestException/],
    [['replace', '/accessLogSettings/destinationArn', 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/mine'], /^400 BadRequestException/],
    [['replace', '/accessLogSettings/format', '$context.status'], /^400 BadRequestException/],
    [['replace', '/accessLogSettings/format', '$context.requestId $context.routeKey'], /^400 BadRequestException/],
    [
      ['replace', '/accessLogSettings/format', '$context.requestId\n$context.status'],
      '400 BadRequestException: Access Log format must be single line, new line character is allowed only at end of the format',
    ],
  ] as [Op, string | RegExp][])('refuses %j', async (op, text) => {
    await update(['add', '/accessLogSettings/destinationArn', GROUP])
    const said = await refusal(op)
    if (typeof text === 'string') expect(said).toBe(text)
    else expect(said).toMatch(text)
  })

  test('rules without evidence can be switched off', async () => {
    await caller.account.control.configure({ unverified: false })
    expect(await update(['replace', '/accessLogSettings/format', '$context.requestId $context.routeKey'])).toHaveProperty('accessLogSettings')
  })
})

// Public service model
test.each(['FlushStageCache', 'FlushStageAuthorizersCache'])('%s is answered for a stage that is there', async (operation) => {
  expect(await caller.call(operation, { restApiId: at.restApiId, stageName: 'dev' })).toEqual({})
  expect(await caller.refusal(operation, { restApiId: at.restApiId, stageName: 'none' })).toBe('404 NotFoundException: Invalid stage identifier specified')
})
