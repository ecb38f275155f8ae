import { APIGatewayClient, CreateStageCommand, GetStageCommand, TagResourceCommand, UpdateAccountCommand, UpdateStageCommand, type Stage } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import type { FreshAccount } from '../../local-aws/testing.ts'

const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] })

/** Gives a stage what its makers may have set on it: each kind of setting, none of which a config of ours names. */
export async function furnish({ client, region, id }: FreshAccount, restApiId: string, stageName: string): Promise<void> {
  const [api, iam] = [new APIGatewayClient(client), new IAMClient(client)]
  await iam.send(new CreateRoleCommand({ RoleName: 'logs', AssumeRolePolicyDocument: trust }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'logs', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs' }))
  await api.send(new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: `arn:aws:iam::${id}:role/logs` }] }))
  await new CloudWatchLogsClient(client).send(new CreateLogGroupCommand({ logGroupName: 'theirs' }))
  const values = {
    '/description': 'By hand', '/variables/colour': 'blue', '/tracingEnabled': 'true', '/clientCertificateId': 'abc123',
    '/accessLogSettings/destinationArn': `arn:aws:logs:${region}:${id}:log-group:theirs`, '/accessLogSettings/format': '$context.requestId $context.status',
    '/*/*/metrics/enabled': 'true', '/*/*/throttling/rateLimit': '700', '/~1hello/GET/logging/loglevel': 'ERROR', '/~1hello/GET/caching/ttlInSeconds': '60',
  }
  const patchOperations = Object.entries(values).map(([path, value]) => ({ op: 'replace' as const, path, value }))
  await api.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }))
  await api.send(new TagResourceCommand({ resourceArn: `arn:aws:apigateway:${region}::/restapis/${restApiId}/stages/${stageName}`, tags: { team: 'web', 'managed-by': 'hand' } }))
}

/** A stage without what is ours on it while it is ours: the release, and our tags. */
export async function foreignPart({ client }: FreshAccount, restApiId: string, stageName: string): Promise<unknown> {
  const stage = await new APIGatewayClient(client).send(new GetStageCommand({ restApiId, stageName }))
  const { deploymentId: _id, lastUpdatedDate: _date, createdDate: _created, $metadata: _metadata, ...rest } = stage as Stage & { $metadata: unknown }
  const variables = Object.fromEntries(Object.entries(stage.variables ?? {}).filter(([name]) => !/^greet_/.test(name)))
  const { 'managed-by': _managedBy, ...tags } = stage.tags ?? {}
  return { ...rest, variables, tags: Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('lambda-api-deploy:'))) }
}

/** Another stage on the deployment of the first, made by hand. */
export async function secondStage({ client }: FreshAccount, restApiId: string, stageName: string): Promise<void> {
  const api = new APIGatewayClient(client)
  const { deploymentId } = await api.send(new GetStageCommand({ restApiId, stageName }))
  await api.send(new CreateStageCommand({ restApiId, stageName: 'second', deploymentId, variables: { colour: 'red' } }))
}
