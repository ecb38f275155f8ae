import {
  APIGatewayClient, CreateDocumentationPartCommand, CreateRestApiCommand, GetDocumentationPartsCommand, GetTagsCommand, PutRestApiCommand, TagResourceCommand,
} from '@aws-sdk/client-api-gateway'
import { expect, test } from '@jest/globals'
import { freshAccount } from '../../testing.ts'
import { refusal } from '../support/refusal.ts'

const body = Buffer.from(JSON.stringify({
  openapi: '3.0.1', info: { title: 'a', version: '1' },
  paths: { '/x': { get: { description: 'A list', responses: { 200: { description: 'It worked' } }, 'x-amazon-apigateway-integration': { type: 'mock' } } } },
}))

test('a merge adds the descriptions of a document as documentation parts, unless it is to ignore them; those that stand there stay', async () => {
  const { client, control } = freshAccount()
  await control.configure({ rates: false })
  const api = new APIGatewayClient(client)
  const { id: restApiId } = await api.send(new CreateRestApiCommand({ name: 'a' }))
  await api.send(new CreateDocumentationPartCommand({ restApiId, location: { type: 'API' }, properties: '{"description":"by hand"}' }))
  const types = async (): Promise<unknown> => (await api.send(new GetDocumentationPartsCommand({ restApiId }))).items?.map(({ location }) => location?.type).sort()
  await api.send(new PutRestApiCommand({ restApiId, mode: 'merge', parameters: { ignore: 'documentation' }, body }))
  expect(await types()).toEqual(['API'])
  await api.send(new PutRestApiCommand({ restApiId, mode: 'merge', body }))
  expect(await types()).toEqual(['API', 'METHOD', 'RESPONSE'])
})

test('tags of AWS are set by CloudFormation alone, and others may still be added to what bears them', async () => {
  const { client, control, region } = freshAccount()
  await control.configure({ rates: false })
  const api = new APIGatewayClient(client)
  const tags = { 'aws:cloudformation:stack-name': 's' }
  expect((await refusal(api.send(new CreateRestApiCommand({ name: 'a', tags })))).name).toBe('BadRequestException')
  await control.configure({ asCloudFormation: true })
  const { id } = await api.send(new CreateRestApiCommand({ name: 'a', tags }))
  await control.configure({ asCloudFormation: false })
  const resourceArn = `arn:aws:apigateway:${region}::/restapis/${id}`
  await api.send(new TagResourceCommand({ resourceArn, tags: { team: 'web' } }))
  expect((await api.send(new GetTagsCommand({ resourceArn }))).tags).toEqual({ ...tags, team: 'web' })
})
