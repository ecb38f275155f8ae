import { expect, test } from '@jest/globals'
import { PutIntegrationCommand, PutMethodCommand, TestInvokeMethodCommand, type PutIntegrationCommandInput } from '@aws-sdk/client-api-gateway'
import { ListCodeSigningConfigsCommand } from '@aws-sdk/client-lambda'
import { refusal } from '../lambda/support.ts'
import { liveApi } from './live-api.ts'

/** Status of the invoke URL of an API with this integration on its root, and what the execution log says. */
async function outcomeOf(integration: Pick<PutIntegrationCommandInput, 'type'> & Partial<PutIntegrationCommandInput>): Promise<{ status: number; log: string }> {
  const { gateway, restApiId, rootId, stage, deploy, call } = await liveApi()
  const at = { restApiId, resourceId: rootId, httpMethod: 'GET' }
  await gateway.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }))
  await gateway.send(new PutIntegrationCommand({ ...at, ...integration }))
  await stage(await deploy())
  const { log = '' } = await gateway.send(new TestInvokeMethodCommand(at))
  return { status: (await call('/')).status, log }
}

test('an integration over HTTP fails and says that it is not modelled, instead of reaching out', async () => {
  const { status, log } = await outcomeOf({ type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://127.0.0.1:9/' })
  expect(status).toBe(500)
  expect(log).toContain('Local AWS has no integration of type HTTP_PROXY')
})

test('a template with a directive fails and says so, instead of being rendered wrong', async () => {
  const { status, log } = await outcomeOf({ type: 'MOCK', requestTemplates: { 'application/json': '#set($a = 1){"statusCode": 200}' } })
  expect(status).toBe(500)
  expect(log).toContain('Local AWS does not run Velocity directives in mapping templates')
})

test('an operation that local AWS does not have is a 501 with its name', async () => {
  const { lambda } = await liveApi()
  expect(await refusal(lambda.send(new ListCodeSigningConfigsCommand({})))).toEqual({
    status: 501,
    name: 'NotImplementedException',
    message: 'Local AWS does not have lambda ListCodeSigningConfigs.',
  })
})
