import { beforeAll, describe, expect, test } from '@jest/globals'
import { CreateStageCommand, DeleteMethodCommand, UpdateRestApiCommand, UpdateStageCommand, type PatchOperation } from '@aws-sdk/client-api-gateway'
import { CreateAliasCommand, DeleteFunctionCommand, GetPolicyCommand, PublishVersionCommand, RemovePermissionCommand, UpdateAliasCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { settled } from '../lambda/support.ts'
import { liveApi, type LiveApi } from './live-api.ts'

const WHO = `
import json, os
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps({"colour": os.environ.get("COLOUR", "none"), "variables": event["stageVariables"]})}
`

/** An API whose route goes through the stage variable `alias`, with the aliases a (version 1) and b (version 2). */
async function slotted(): Promise<LiveApi> {
  const api = await liveApi()
  await api.addFunction('who', WHO, { permission: false })
  for (const colour of ['blue', 'green']) {
    await api.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'who', Environment: { Variables: { COLOUR: colour } } }))
    await settled(api.account, 'who')
    const { Version } = await api.lambda.send(new PublishVersionCommand({ FunctionName: 'who' }))
    await api.lambda.send(new CreateAliasCommand({ FunctionName: 'who', Name: colour, FunctionVersion: Version }))
    await settled(api.account, 'who', Version)
  }
  await api.addProxy('/who', 'who:${stageVariables.alias}')
  return api
}

async function update(api: LiveApi, ...patchOperations: PatchOperation[]): Promise<void> {
  await api.gateway.send(new UpdateStageCommand({ restApiId: api.restApiId, stageName: 'dev', patchOperations }))
}

/** Virtual milliseconds. */
const WINDOW = 20_000

const set = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value })

async function colour(api: LiveApi): Promise<string> {
  const response = await api.call('/who')
  return response.status === 200 ? ((await response.json()) as { colour: string }).colour : String(response.status)
}

// azul issue 7883
test('a version that goes while invocations still resolve an alias to it is a 502', async () => {
  const api = await slotted()
  await api.permit('who', { qualifier: 'blue' })
  await api.stage(await api.deploy(), { alias: 'blue' })
  await api.account.control.configure({ windows: { aliasVisible: 1e12 } })
  await api.lambda.send(new UpdateAliasCommand({ FunctionName: 'who', Name: 'blue', FunctionVersion: '2' }))
  expect(await colour(api)).toBe('blue')
  await api.lambda.send(new DeleteFunctionCommand({ FunctionName: 'who', Qualifier: '1' }))
  expect(await colour(api)).toBe('502')
})

describe('the permission of the qualifier', () => {
  let api: LiveApi
  beforeAll(async () => {
    api = await slotted()
    await api.stage(await api.deploy(), { alias: 'blue' })
  })

  test('is asked of the alias that the stage variable names, on every request', async () => {
    expect(await colour(api)).toBe('500')
    await api.permit('who')
    expect(await colour(api)).toBe('500')
    await api.permit('who', { qualifier: 'blue' })
    expect(await colour(api)).toBe('blue')
    await update(api, set('/variables/alias', 'green'))
    expect(await colour(api)).toBe('500')
    await api.permit('who', { qualifier: 'green', tail: 'dev/GET/who' })
    expect(await colour(api)).toBe('green')
  })

  test('is gone with its statement, and says so as AWS does', async () => {
    const { Policy = '' } = await api.lambda.send(new GetPolicyCommand({ FunctionName: 'who', Qualifier: 'green' }))
    const [{ Sid }] = (JSON.parse(Policy) as { Statement: [{ Sid: string }] }).Statement
    await api.lambda.send(new RemovePermissionCommand({ FunctionName: 'who', Qualifier: 'green', StatementId: Sid }))
    const response = await api.call('/who')
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('{"message":"Internal server error"}')
    expect(response.headers.get('x-amzn-errortype')).toBe('InternalServerErrorException')
  })

  test.each(['dev/POST/who', 'prod/GET/who', 'dev/ANY/who'])('a statement for %s does not cover dev/GET/who', async (tail) => {
    await api.permit('who', { qualifier: 'green', tail })
    expect(await colour(api)).toBe('500')
  })

  test('an alias that is not there, and a variable that is not set, are a 500', async () => {
    await update(api, set('/variables/alias', 'nobody'))
    expect(await colour(api)).toBe('500')
    await update(api, { op: 'remove', path: '/variables/alias' })
    expect(await colour(api)).toBe('500')
  })
})

describe('a stage', () => {
  let api: LiveApi
  let first: string
  beforeAll(async () => {
    api = await slotted()
    for (const qualifier of ['blue', 'green']) await api.permit('who', { qualifier })
    first = await api.deploy()
    await api.stage(first, { alias: 'blue', kept: 'yes' })
  })

  test('serves its deployment, not the working copy', async () => {
    await api.gateway.send(new DeleteMethodCommand({ restApiId: api.restApiId, resourceId: await api.addPath('/who'), httpMethod: 'ANY' }))
    await api.addProxy('/new', 'who:${stageVariables.alias}')
    expect(await colour(api)).toBe('blue')
    expect((await api.call('/new')).status).toBe(403)
    const second = await api.deploy()
    await update(api, set('/deploymentId', second))
    expect(await colour(api)).toBe('403')
    expect((await api.call('/new')).status).toBe(200)
    await update(api, set('/deploymentId', first))
    expect(await colour(api)).toBe('blue')
  })

  test('with a canary gives it its share, its deployment and its variables', async () => {
    await update(api, set('/canarySettings/percentTraffic', '100'), set('/canarySettings/stageVariableOverrides/alias', 'green'))
    const response = await api.call('/who')
    expect(await response.json()).toEqual({ colour: 'green', variables: { alias: 'green', kept: 'yes' } })
    await update(api, set('/canarySettings/percentTraffic', '50'))
    const seen = new Set<string>()
    for (let number = 0; number < 60 && seen.size < 2; number += 1) seen.add(await colour(api))
    expect([...seen].sort()).toEqual(['blue', 'green'])
    await update(api, set('/canarySettings/percentTraffic', '0.0'))
    for (let number = 0; number < 5; number += 1) expect(await colour(api)).toBe('blue')
    await update(api, { op: 'remove', path: '/canarySettings' })
  })

  test('follows UpdateStage after its window', async () => {
    await api.account.control.configure({ windows: { stageVisible: WINDOW } })
    await update(api, set('/variables/alias', 'green'))
    expect(await colour(api)).toBe('blue')
    await api.account.control.advance(WINDOW - 1)
    expect(await colour(api)).toBe('blue')
    await api.account.control.advance(1)
    expect(await colour(api)).toBe('green')
    await api.account.control.configure({ windows: { stageVisible: 0 } })
    await update(api, set('/variables/alias', 'blue'))
    expect(await colour(api)).toBe('blue')
  })

  test('a new stage is not there before its window is over', async () => {
    await api.account.control.configure({ windows: { stageVisible: WINDOW } })
    await api.gateway.send(new CreateStageCommand({ restApiId: api.restApiId, stageName: 'young', deploymentId: first, variables: { alias: 'blue' } }))
    const url = `${api.account.url}/restapis/${api.restApiId}/young/_user_request_/who`
    expect((await fetch(url)).status).toBe(403)
    await api.account.control.advance(WINDOW - 1)
    expect((await fetch(url)).status).toBe(403)
    await api.account.control.advance(1)
    expect((await fetch(url)).status).toBe(200)
    await api.account.control.configure({ windows: { stageVisible: 0 } })
  })

  test('with its endpoint disabled is forbidden, after a deployment', async () => {
    const patchOperations = [set('/disableExecuteApiEndpoint', 'true')]
    await api.gateway.send(new UpdateRestApiCommand({ restApiId: api.restApiId, patchOperations }))
    expect(await colour(api)).toBe('blue')
    await update(api, set('/deploymentId', await api.deploy()))
    const response = await api.call('/new')
    expect(response.status).toBe(403)
    expect(await response.text()).toBe('{"message":"Forbidden"}')
  })
})
