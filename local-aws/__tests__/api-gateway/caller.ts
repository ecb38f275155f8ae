import * as sdk from '@aws-sdk/client-api-gateway'
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { freshAccount, type FreshAccount } from '../../testing.ts'

type Params = Readonly<Record<string, unknown>>
type Output = Record<string, unknown>

/** Calls any operation of API Gateway by its name, with the real SDK over HTTP. */
export interface Caller {
  readonly account: FreshAccount
  /** The answer without the SDK's own metadata. */
  readonly call: (operation: string, params: Params) => Promise<Output>
  /** The refusal of a call as `STATUS Name: message`; fails when the call is taken. */
  readonly refusal: (operation: string, params: Params) => Promise<string>
}

interface Sender {
  readonly send: (command: unknown) => Promise<Output>
}

/** A caller in an empty account, without the documented rates: those have tests of their own. */
export async function newCaller(): Promise<Caller> {
  const account = freshAccount()
  await account.control.configure({ rates: false })
  const client = new sdk.APIGatewayClient(account.client) as unknown as Sender
  const commands = sdk as unknown as Readonly<Record<string, new (input: Params) => unknown>>
  const call = async (operation: string, params: Params): Promise<Output> => {
    const Command = commands[`${operation}Command`]
    if (Command === undefined) throw new Error(`The SDK has no ${operation}`)
    const output = { ...(await client.send(new Command(params))) }
    delete output.$metadata
    return output
  }
  const refusal = async (operation: string, params: Params) => {
    try {
      await call(operation, params)
    } catch (error) {
      const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
      if ($metadata?.httpStatusCode === undefined) throw error
      return `${$metadata.httpStatusCode} ${name}: ${message}`
    }
    throw new Error(`${operation} was taken`)
  }
  return { account, call, refusal }
}

/** An API with one MOCK method on `/pets`, and its ids. */
export async function newApi(caller: Caller): Promise<{ restApiId: string; rootId: string; petsId: string }> {
  const api = await caller.call('CreateRestApi', { name: 'pets' })
  const restApiId = String(api.id)
  const rootId = String(api.rootResourceId)
  const pets = await caller.call('CreateResource', { restApiId, parentId: rootId, pathPart: 'pets' })
  const petsId = String(pets.id)
  await caller.call('PutMethod', { restApiId, resourceId: petsId, httpMethod: 'GET', authorizationType: 'NONE' })
  await caller.call('PutIntegration', { restApiId, resourceId: petsId, httpMethod: 'GET', type: 'MOCK' })
  return { restApiId, rootId, petsId }
}

/** The same, deployed to the stage `dev`. */
export async function newStage(caller: Caller): Promise<{ restApiId: string; rootId: string; petsId: string; deploymentId: string; stageName: string }> {
  const api = await newApi(caller)
  const { id } = await caller.call('CreateDeployment', { restApiId: api.restApiId })
  const deploymentId = String(id)
  await caller.call('CreateStage', { restApiId: api.restApiId, stageName: 'dev', deploymentId, variables: { testVar: 'default' } })
  return { ...api, deploymentId, stageName: 'dev' }
}

/** Gives the Region a CloudWatch role. */
export async function giveRole(caller: Caller): Promise<void> {
  const iam = new IAMClient(caller.account.client)
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'logs', AssumeRolePolicyDocument: JSON.stringify(trust) }))
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'logs', PolicyArn }))
  await caller.call('UpdateAccount', { patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: Role?.Arn }] })
}
