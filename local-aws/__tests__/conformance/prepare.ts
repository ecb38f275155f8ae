import { APIGatewayClient, UpdateAccountCommand } from '@aws-sdk/client-api-gateway'
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { bareEngine } from '../support/bare-engine.ts'
import { freshAccount, type ClientConfig, type FreshAccount } from '../../testing.ts'
import type { Scenario } from './rows.ts'

/** Where a scenario is played: the front of local AWS, or the bare engine behind it. */
export type Stage = 'front' | 'engine'

export interface Prepared {
  readonly stage: Stage
  readonly account: string
  readonly region: string
  /** A role that Lambda may assume. */
  readonly role: string
  /** A role that lets API Gateway write logs. */
  readonly logsRole: string
  readonly client: ClientConfig
  readonly control: FreshAccount['control']
}

/**
 * Virtual milliseconds until a change of a function is over. Where rows look at the state on the way, it must outlast the requests between.
 * A plain PublishVersion was recorded Active at once (test_version_lifecycle), where local AWS is stricter by default.
 */
const windows = {
  quick: { functionPending: 200, functionUpdate: 200, versionPending: 0, snapshotPending: 0, provisionedReady: 0 },
  slow: { functionPending: 80_000, functionUpdate: 80_000, versionPending: 0, snapshotPending: 0, provisionedReady: 0 },
}

/** An empty account with two roles; API Gateway has its logging role, as the account that was recorded had it, unless the scenario does without. */
export async function prepare(scenario: Pick<Scenario, 'slow' | 'noLogsRole' | 'rates' | 'windows'>, stage: Stage): Promise<Prepared> {
  const { slow = false, noLogsRole = false, rates = false } = scenario
  const account = freshAccount()
  await account.control.configure({ rates, noisyNeighbour: rates ? 0.99 : 0, unverified: true, windows: { ...(slow ? windows.slow : windows.quick), ...scenario.windows } })
  const client = stage === 'front' ? account.client : await bareEngine(account.client)
  const iam = new IAMClient(client)
  const roles = await Promise.all([roleFor(iam, 'runs', 'lambda'), roleFor(iam, 'logs', 'apigateway')])
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'logs', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs' }))
  const [role = '', logsRole = ''] = roles
  if (!noLogsRole) await new APIGatewayClient(client).send(new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: logsRole }] }))
  return { stage, account: account.id, region: account.region, role, logsRole, client, control: account.control }
}

async function roleFor(iam: IAMClient, name: string, service: string): Promise<string> {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }] }
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }))
  return Role?.Arn ?? ''
}
