import { GetResourcesCommand, PutRestApiCommand, APIGatewayClient, CreateRestApiCommand, type PutRestApiCommandOutput, type Resource } from '@aws-sdk/client-api-gateway'
import { freshAccount, type FreshAccount } from '../../testing.ts'

/** A Regional API that documents are imported into. */
export interface Imports {
  readonly account: FreshAccount
  readonly gateway: APIGatewayClient
  readonly restApiId: string
  readonly rootId: string
  readonly put: (document: unknown, options?: PutOptions) => Promise<PutRestApiCommandOutput>
  /** Methods of the working copy, as `GET /path`. */
  readonly routes: () => Promise<string[]>
  readonly resource: (path: string) => Promise<Resource | undefined>
}

export interface PutOptions {
  readonly mode?: 'merge' | 'overwrite'
  readonly failOnWarnings?: boolean
  readonly parameters?: Record<string, string>
}

const uri =
  'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${AWS::AccountId}:function:f:${stageVariables.alias}/invocations'

export const integration = { type: 'aws_proxy', httpMethod: 'POST', uri }

/** An operation with a Lambda integration through a stage variable. */
export const operation = { responses: {}, 'x-amazon-apigateway-integration': integration }

export function documentOf(paths: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { openapi: '3.0.1', info: { title: 'after', version: '1.0.0' }, paths, ...more }
}

export async function imports(): Promise<Imports> {
  const account = freshAccount()
  await account.control.configure({ rates: false })
  const gateway = new APIGatewayClient(account.client)
  const input = { name: 'before', description: 'kept?', binaryMediaTypes: ['image/heif'] }
  const api = await gateway.send(new CreateRestApiCommand({ ...input, endpointConfiguration: { types: ['REGIONAL'] } }))
  const restApiId = api.id ?? ''
  const resources = async () => (await gateway.send(new GetResourcesCommand({ restApiId, limit: 500, embed: ['methods'] }))).items ?? []
  return {
    ...{ account, gateway, restApiId, rootId: api.rootResourceId ?? '' },
    put: (document, options = {}) => {
      const body = typeof document === 'string' ? document : JSON.stringify(document)
      return gateway.send(new PutRestApiCommand({ restApiId, body, ...options }))
    },
    routes: async () => (await resources()).flatMap(({ path = '', resourceMethods = {} }) => Object.keys(resourceMethods).map((method) => `${method} ${path}`)).sort(),
    resource: async (path) => (await resources()).find((item) => item.path === path),
  }
}
