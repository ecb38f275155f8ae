import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type CreateRestApiCommandInput,
} from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { activeFunction, bench, zipOf, type Bench } from '../lambda/support.ts'

/** An API with functions in an account of its own, driven by the real SDK over HTTP. */
export interface LiveApi {
  readonly account: Bench
  readonly gateway: APIGatewayClient
  readonly lambda: LambdaClient
  readonly restApiId: string
  readonly rootId: string
  /** URI of a Lambda integration; `name` may carry a qualifier. */
  readonly uri: (name: string) => string
  readonly addFunction: (name: string, python: string, options?: { readonly permission?: boolean }) => Promise<void>
  /** Lets the API invoke a function or one qualifier of it. */
  readonly permit: (name: string, options?: { readonly qualifier?: string; readonly tail?: string }) => Promise<void>
  /** Adds the resources of a path and returns the last one's id. */
  readonly addPath: (path: string) => Promise<string>
  readonly addProxy: (path: string, name: string, httpMethod?: string) => Promise<string>
  readonly deploy: () => Promise<string>
  readonly stage: (deploymentId: string, variables?: Record<string, string>) => Promise<void>
  readonly call: (path: string, init?: RequestInit) => Promise<Response>
}

const STAGE = 'dev'

export async function liveApi(input: Partial<CreateRestApiCommandInput> = {}): Promise<LiveApi> {
  const account = await bench()
  const { lambda } = account
  const gateway = new APIGatewayClient(account.client)
  const api = await gateway.send(new CreateRestApiCommand({ name: 'live', endpointConfiguration: { types: ['REGIONAL'] }, ...input }))
  const restApiId = api.id ?? ''
  const rootId = api.rootResourceId ?? ''
  const ids = new Map([['/', rootId]])

  const uri = (name: string) => `arn:aws:apigateway:${account.region}:lambda:path/2015-03-31/functions/${account.arn(name)}/invocations`

  const permit: LiveApi['permit'] = async (name, { qualifier, tail = '*' } = {}) => {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: name,
        Qualifier: qualifier,
        StatementId: `s${Math.random().toString(36).slice(2)}`,
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:${account.region}:${account.id}:${restApiId}/${tail}`,
      }),
    )
  }

  const addFunction: LiveApi['addFunction'] = async (name, python, { permission = true } = {}) => {
    await activeFunction(account, name, { Code: { ZipFile: zipOf({ 'index.py': python }) }, Timeout: 20 })
    if (permission) await permit(name)
  }

  const addPath = async (path: string): Promise<string> => {
    const known = ids.get(path)
    if (known !== undefined) return known
    const at = path.lastIndexOf('/')
    const parentId = await addPath(path.slice(0, at) || '/')
    const { id = '' } = await gateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart: path.slice(at + 1) }))
    ids.set(path, id)
    return id
  }

  const addProxy: LiveApi['addProxy'] = async (path, name, httpMethod = 'ANY') => {
    const resourceId = await addPath(path)
    await gateway.send(new PutMethodCommand({ restApiId, resourceId, httpMethod, authorizationType: 'NONE' }))
    await gateway.send(new PutIntegrationCommand({ restApiId, resourceId, httpMethod, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: uri(name) }))
    return resourceId
  }

  const deploy = async (): Promise<string> => {
    await account.control.refill()
    return (await gateway.send(new CreateDeploymentCommand({ restApiId }))).id ?? ''
  }

  return {
    ...{ account, gateway, lambda, restApiId, rootId, uri, addFunction, permit, addPath, addProxy, deploy },
    stage: async (deploymentId, variables) => {
      await gateway.send(new CreateStageCommand({ restApiId, stageName: STAGE, deploymentId, variables }))
    },
    call: (path, init) => fetch(`${account.url}/restapis/${restApiId}/${STAGE}/_user_request_${path}`, init),
  }
}
