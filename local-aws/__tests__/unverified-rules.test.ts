import { CreateResourceCommand, DeleteRestApiCommand, PutIntegrationCommand, PutMethodCommand, TagResourceCommand, UpdateStageCommand, CreateUsagePlanCommand, PutIntegrationResponseCommand } from '@aws-sdk/client-api-gateway'
import { expect, test } from '@jest/globals'
import { liveApi, type LiveApi } from './invoke/live-api.ts'

/** A rule without evidence: what it refuses, and whether the call was taken. */
interface Rule {
  readonly what: string
  readonly isTaken: (api: LiveApi) => Promise<boolean>
}

const taken = (call: Promise<unknown>): Promise<boolean> => call.then(() => true, (error: { $metadata?: { httpStatusCode?: number } }) => {
  // Only a refusal counts; a mistake of this test does not.
  if (error.$metadata?.httpStatusCode === undefined) throw error
  return false
})

async function ready(api: LiveApi): Promise<void> {
  await api.addFunction('f', 'def handler(event, context):\n    return {"statusCode": 200, "body": "x"}')
  await api.addProxy('/x', 'f', 'GET')
  await api.stage(await api.deploy())
}

const rules: readonly Rule[] = [
  {
    what: 'two methods of one operation name',
    isTaken: async ({ gateway, restApiId, rootId }) => {
      const method = (httpMethod: string) => gateway.send(new PutMethodCommand({ restApiId, resourceId: rootId, httpMethod, authorizationType: 'NONE', operationName: 'Same' }))
      await method('GET')
      return taken(method('POST'))
    },
  },
  {
    what: 'a method of an authorization type that does not exist',
    isTaken: ({ gateway, restApiId, rootId }) => taken(gateway.send(new PutMethodCommand({ restApiId, resourceId: rootId, httpMethod: 'GET', authorizationType: 'OPEN' }))),
  },
  {
    what: 'more than 80 operations of one UpdateStage',
    isTaken: async (api) => {
      await ready(api)
      const patchOperations = Array.from({ length: 81 }, (_, index) => ({ op: 'replace' as const, path: `/variables/v${index}`, value: 'x' }))
      return taken(api.gateway.send(new UpdateStageCommand({ restApiId: api.restApiId, stageName: 'dev', patchOperations })))
    },
  },
  {
    what: 'an access log with a variable that is not known',
    isTaken: async (api) => {
      await ready(api)
      const patchOperations = [{ op: 'replace' as const, path: '/accessLogSettings/format', value: '$context.requestId $context.nothing' }]
      return taken(api.gateway.send(new UpdateStageCommand({ restApiId: api.restApiId, stageName: 'dev', patchOperations })))
    },
  },
  {
    what: 'a method that only a less specific resource has',
    isTaken: async (api) => {
      await api.addFunction('f', 'def handler(event, context):\n    return {"statusCode": 200, "body": "x"}')
      await api.addProxy('/x', 'f', 'GET')
      await api.addProxy('/{any}', 'f', 'POST')
      await api.stage(await api.deploy())
      return (await api.call('/x', { method: 'POST' })).status === 200
    },
  },
  {
    what: 'the end of an API that a usage plan has',
    isTaken: async (api) => {
      await ready(api)
      await api.gateway.send(new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: api.restApiId, stage: 'dev' }] }))
      return taken(api.gateway.send(new DeleteRestApiCommand({ restApiId: api.restApiId })))
    },
  },
  {
    what: 'TagResource of a caller that may PUT the tags, and not PATCH the API',
    isTaken: async ({ account, gateway, restApiId }) => {
      await account.control.configure({ policy: { Statement: [{ Effect: 'Allow', Action: 'apigateway:PUT', Resource: '*' }] } })
      return taken(gateway.send(new TagResourceCommand({ resourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${restApiId}`, tags: { a: 'b' } })))
    },
  },
  {
    what: 'a mock of an API whose bodies are all binary',
    isTaken: async (api) => {
      const resource = await api.gateway.send(new CreateResourceCommand({ restApiId: api.restApiId, parentId: api.rootId, pathPart: 'mock' }))
      const at = { restApiId: api.restApiId, resourceId: resource.id, httpMethod: 'OPTIONS' }
      await api.gateway.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }))
      await api.gateway.send(new PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }))
      await api.gateway.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200' }))
      await api.stage(await api.deploy())
      return (await api.call('/mock', { method: 'OPTIONS' })).status === 200
    },
  },
]

test.each(rules.map((rule) => [rule.what, rule] as const))('%s: refused, and taken where only what is documented counts', async (what, { isTaken }) => {
  for (const unverified of [true, false]) {
    const api = await liveApi(what.startsWith('a mock') ? { binaryMediaTypes: ['*/*'] } : {})
    await api.account.control.configure({ unverified, rates: false })
    expect([unverified, await isTaken(api)]).toEqual([unverified, !unverified])
    // What is told of it decides which of the product's tests run a second time.
    expect(await api.account.control.metUnverified()).toBe(unverified)
    await api.account.control.reset()
    expect(await api.account.control.metUnverified()).toBe(unverified)
  }
})
