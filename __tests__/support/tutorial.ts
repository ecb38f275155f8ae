import {
  APIGatewayClient, CreateDeploymentCommand, CreateResourceCommand, CreateRestApiCommand, PutIntegrationCommand, PutIntegrationResponseCommand, PutMethodCommand, PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FreshAccount } from '../../local-aws/testing.ts'
import { foundName, makeFunction } from './found.ts'

/**
 * What AWS's tutorial leaves behind ("Build an API Gateway REST API with Lambda integration", developer guide): a function with a console
 * role, an API with GET and the console's CORS mock, a statement with a random id, and the stage `prod`.
 */
export async function tutorial(account: FreshAccount): Promise<string> {
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
export function callers(url: string, init: RequestInit): { readonly stop: () => Promise<readonly number[]> } {
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
