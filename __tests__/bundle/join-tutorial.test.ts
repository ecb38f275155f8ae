import { afterAll, expect, test } from '@jest/globals'
import {
  APIGatewayClient, CreateDeploymentCommand, CreateResourceCommand, CreateRestApiCommand, PutIntegrationCommand, PutIntegrationResponseCommand, PutMethodCommand, PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { setTimeout as sleep } from 'node:timers/promises'
import { dumpWithoutCode, foundName, makeFunction } from '../support/found.ts'
import { call, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

const made: Deployable[] = []
afterAll(() => made.forEach((each) => each.remove()))

/**
 * What AWS's tutorial leaves behind ("Build an API Gateway REST API with Lambda integration", developer guide): a function with a console
 * role, an API with GET and the console's CORS mock, a statement with a random id, and the stage `prod`.
 */
async function tutorial({ account }: Deployable): Promise<string> {
  const lambda = await makeFunction(account)
  const api = new APIGatewayClient(account.client)
  const { id: restApiId = '', rootResourceId } = await api.send(new CreateRestApiCommand({ name: 'hello-API', description: 'Created by AWS Lambda', endpointConfiguration: { types: ['REGIONAL'] } }))
  const { id: resourceId } = await api.send(new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'hello' }))
  const at = (httpMethod: string) => ({ restApiId, resourceId, httpMethod })
  const FunctionArn = `arn:aws:lambda:${account.region}:${account.id}:function:${foundName}`
  await api.send(new PutMethodCommand({ ...at('GET'), authorizationType: 'NONE' }))
  await api.send(new PutIntegrationCommand({ ...at('GET'), type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: `arn:aws:apigateway:${account.region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations` }))
  await lambda.send(new AddPermissionCommand({
    FunctionName: foundName, StatementId: '8b6f3f0e-2f1d-4b7e-9a3e-4f6f2f1c9d10', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:aws:execute-api:${account.region}:${account.id}:${restApiId}/*/GET/hello`,
  }))
  const cors = { 'Access-Control-Allow-Headers': "'Content-Type'", 'Access-Control-Allow-Methods': "'GET,OPTIONS'", 'Access-Control-Allow-Origin': "'*'" }
  const headers = Object.entries(cors).map(([name, value]) => [`method.response.header.${name}`, value] as const)
  await api.send(new PutMethodCommand({ ...at('OPTIONS'), authorizationType: 'NONE' }))
  await api.send(new PutMethodResponseCommand({ ...at('OPTIONS'), statusCode: '200', responseModels: { 'application/json': 'Empty' }, responseParameters: Object.fromEntries(headers.map(([name]) => [name, false])) }))
  await api.send(new PutIntegrationCommand({ ...at('OPTIONS'), type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }))
  await api.send(new PutIntegrationResponseCommand({ ...at('OPTIONS'), statusCode: '200', responseParameters: Object.fromEntries(headers) }))
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }))
  return restApiId
}

/** Asks a route again and again until it is told to stop; gives every status that came. */
function callers(url: string, init: RequestInit): { readonly stop: () => Promise<readonly number[]> } {
  const statuses: number[] = []
  let isOver = false
  const loop = (async () => {
    while (!isOver) {
      statuses.push((await fetch(url, init)).status)
      await sleep(5)
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await loop
      return statuses
    },
  }
}

test("a tutorial's account: joined, deployed, changed, rolled back and given back, and no caller of the old stage fails", async () => {
  const service = makeService({ service: 'greet', 'function-name': foundName, runtime: 'python3.11', 'access-log': 'off', join: 'true', stage: 'v2', routes: 'GET /items' })
  made.push(service)
  const { account } = service
  await account.control.configure({ rates: false })
  const restApiId = await tutorial(service)
  const gateway = async (): Promise<unknown> => Object.entries(await account.control.state()).filter(([name]) => /gateway/i.test(name))
  const before = { gateway: await gateway(), fn: await dumpWithoutCode(account) }
  const old = `${account.url}/restapis/${restApiId}/prod/_user_request_/hello`
  const loops = [callers(old, {}), callers(old, { method: 'OPTIONS' })]
  const run = async (more: Readonly<Record<string, string>> = {}) => succeeded(await service.run({ 'api-id': restApiId, ...more }))
  service.write('lambda_function.py', handler('new'))
  const first = await run()
  expect((await call(first, '/items')).body).toMatchObject({ text: 'new' })
  service.write('lambda_function.py', handler('newer'))
  await run()
  await run({ routes: 'GET /items\nPOST /items\nGET /items/{id}' })
  expect((await call(first, '/items/4')).body).toMatchObject({ text: 'newer' })
  await run({ command: 'rollback', to: '1' })
  expect((await call(first, '/items')).body).toMatchObject({ text: 'found' })
  await run({ command: 'destroy', confirm: 'greet' })
  const statuses = (await Promise.all(loops.map(({ stop }) => stop()))).flat()
  const failed = statuses.filter((status) => status !== 200)
  process.stdout.write(`joined: ${statuses.length} requests, ${failed.length} failed\n`)
  expect([statuses.length > 50, failed]).toEqual([true, []])
  expect({ gateway: await gateway(), fn: await dumpWithoutCode(account) }).toEqual(before)
})
