import { afterAll, expect, test } from '@jest/globals'
import { APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway'
import { everything, handler, makeService, succeeded } from '../support/service.ts'

const service = makeService({ ...everything, stage: 'prod', 'access-log-retention-days': '', 'cloudwatch-role': 'keep' })
afterAll(() => service.remove())

test('deploy 06: the access log goes to a Firehose stream, without an account role and without a log group', async () => {
  const stream = `arn:aws:firehose:eu-west-1:${service.account.id}:deliverystream/amazon-apigateway-shop`
  service.write('lambda_function.py', handler('one'))
  const result = succeeded(await service.run({ 'access-log-group': stream }))
  expect(result.outputs['access-log-group'] ?? '').toBe('')
  const api = new APIGatewayClient(service.account.client)
  const destination = async (): Promise<string | undefined> =>
    (await api.send(new GetStageCommand({ restApiId: result.outputs['api-id'], stageName: 'prod' }))).accessLogSettings?.destinationArn
  expect(await destination()).toBe(stream)
  expect(await service.writes()).not.toEqual(expect.arrayContaining(['CreateLogGroup']))
  succeeded(await service.run({ 'access-log-group': stream }))
  expect(await service.writes()).toEqual([])
  // A group needs the role, which is asked for as on a first deploy.
  const refused = await service.run()
  expect(refused.annotations[0]?.message).toContain('API Gateway has no role for writing logs')
  succeeded(await service.run({ 'cloudwatch-role': 'create' }))
  expect(await destination()).toMatch(/:log-group:\/aws\/apigateway\/shop-/)
  const gone = succeeded(await service.run({ 'access-log-group': stream, command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }))
  expect(gone.summary).toContain('delete log group')
})
