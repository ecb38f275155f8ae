import { beforeAll, expect, test } from '@jest/globals'
import { PutIntegrationCommand, PutIntegrationResponseCommand, PutMethodCommand, TestInvokeMethodCommand, type TestInvokeMethodCommandInput } from '@aws-sdk/client-api-gateway'
import { liveApi, type LiveApi } from '../invoke/live-api.ts'
import { refusal } from '../lambda/support.ts'

let api: LiveApi
let at: { restApiId: string; resourceId: string; httpMethod: string }
beforeAll(async () => {
  api = await liveApi()
  at = { restApiId: api.restApiId, resourceId: await api.addPath('/pets/{petId}'), httpMethod: 'GET' }
  await api.gateway.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }))
  await api.gateway.send(new PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }))
  const responseTemplates = { 'application/json': '{"petId": "$input.params(\'petId\')"}' }
  await api.gateway.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200', responseTemplates }))
})

const invoke = (more: Partial<TestInvokeMethodCommandInput> = {}) => api.gateway.send(new TestInvokeMethodCommand({ ...at, ...more }))

test.each([
  ['/pets/123', '123', '{petId=123}', '{}'],
  ['/pets/123?foo=bar', '123', '{petId=123}', '{foo=bar}'],
  [undefined, '{petId}', '{petId={petId}}', '{}'],
  ['/random/test', '', '{}', '{}'],
])('a mock, at %s, as recorded', async (...[pathWithQueryString, petId, path, query]) => {
  const answer = await invoke({ pathWithQueryString })
  expect(answer).toMatchObject({ status: 200, headers: { 'Content-Type': 'application/json' }, multiValueHeaders: { 'Content-Type': ['application/json'] } })
  expect(JSON.parse(answer.body ?? '')).toEqual({ petId })
  const lines = (answer.log ?? '').split('\n').map((line) => line.replace(/^\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : /, '> '))
  expect(lines).toEqual([
    expect.stringMatching(/^Execution log for request [0-9a-f-]{36}$/),
    expect.stringMatching(/^> Starting execution for request: [0-9a-f-]{36}$/),
    `> HTTP Method: GET, Resource Path: ${pathWithQueryString?.split('?')[0] ?? '/pets/{petId}'}`,
    `> Method request path: ${path}`,
    `> Method request query string: ${query}`,
    '> Method request headers: {}',
    '> Method request body before transformations: ',
    `> Method response body after transformations: {"petId": "${petId}"}`,
    '> Method response headers: {Content-Type=application/json}',
    '> Successfully completed execution',
    '> Method completed with status: 200',
    '',
  ])
})

test('a function, of the working copy, under the permission for test-invoke-stage', async () => {
  await api.addFunction('who', 'def handler(event, context):\n    return {"statusCode": 200, "body": event["requestContext"]["stage"]}\n', { permission: false })
  const resourceId = await api.addProxy('/who', 'who')
  const refused = await invoke({ resourceId, httpMethod: 'GET' })
  expect(refused).toMatchObject({ status: 500, body: '{"message":"Internal server error"}', headers: { 'x-amzn-ErrorType': 'InternalServerErrorException' } })
  expect(refused.headers).not.toHaveProperty('Content-Type')
  expect(refused.log).toContain('Execution failed due to configuration error: Invalid permissions on Lambda function')
  await api.permit('who', { tail: 'test-invoke-stage/GET/who' })
  expect(await invoke({ resourceId, httpMethod: 'GET' })).toMatchObject({ status: 200, body: 'test-invoke-stage' })
})

test('what is not there', async () => {
  expect(await refusal(invoke({ httpMethod: 'PUT' }))).toMatchObject({ status: 404, message: 'Invalid Method identifier specified' })
  expect(await refusal(invoke({ resourceId: 'nobody' }))).toMatchObject({ status: 404, message: 'Invalid Resource identifier specified' })
  expect(await refusal(invoke({ restApiId: 'nobody' }))).toMatchObject({ status: 404, message: 'Invalid Resource identifier specified' })
})
