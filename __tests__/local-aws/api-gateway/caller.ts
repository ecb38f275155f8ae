import { handlers } from '../../../local-aws/api-gateway/index.ts'
import { gatewayIn } from '../../../local-aws/api-gateway/state.ts'
import { Account } from '../../../local-aws/kernel/account.ts'
import { AwsError, type Output } from '../../../local-aws/kernel/call.ts'

export const REGION = 'eu-west-1'
export const ROLE = 'arn:aws:iam::123456789012:role/apigateway-logs'

type Params = Readonly<Record<string, unknown>>

/** Calls operations of API Gateway as parsed calls, without the wire. */
export interface Caller {
  readonly account: Account
  readonly call: (operation: string, params: Params) => Promise<Output>
  /** The refusal of a call as `STATUS Name: message`; fails when the call is taken. */
  readonly refusal: (operation: string, params: Params) => Promise<string>
}

export function newCaller(accountId = '123456789012'): Caller {
  const account = new Account(accountId)
  const call = async (operation: string, params: Params) => {
    const handler = handlers[operation]
    if (handler === undefined) throw new Error(`local AWS has no ${operation}`)
    return handler({ service: 'apigateway', operation, params, region: REGION, account, now: Date.now(), seq: 1 })
  }
  const refusal = async (operation: string, params: Params) => {
    try {
      await call(operation, params)
    } catch (error) {
      if (error instanceof AwsError) return `${error.status} ${error.code}: ${error.message}`
      throw error
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

/** Sets the Region's CloudWatch role without asking IAM. */
export function giveRole(caller: Caller): void {
  gatewayIn(caller.account, REGION).cloudwatchRoleArn = ROLE
}
