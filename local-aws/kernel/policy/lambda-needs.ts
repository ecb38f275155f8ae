import type { Call } from '../call.ts'
import { textOf } from '../text.ts'
import { passRole, tagContext, type Need } from './needs.ts'
import type { Context } from './patterns.ts'

/** Operations whose action has another name (service authorization reference, "Actions, resources, and condition keys for AWS Lambda"). */
const actionNames: Readonly<Record<string, string>> = {
  Invoke: 'InvokeFunction',
  InvokeAsync: 'InvokeAsync',
  InvokeWithResponseStream: 'InvokeFunction',
}

/** Operations that no resource narrows. */
const global: ReadonlySet<string> = new Set([
  'ListFunctions',
  'GetAccountSettings',
  'ListLayers',
  'ListEventSourceMappings',
  'CreateCodeSigningConfig',
  'ListCodeSigningConfigs',
])

/**
 * Operations on the function as a whole even where they name an alias or version (service authorization reference: resource type
 * `function*`).
 */
const unqualified: ReadonlySet<string> = new Set([
  'CreateAlias',
  'GetAlias',
  'UpdateAlias',
  'DeleteAlias',
  'ListAliases',
  'ListVersionsByFunction',
  'PublishVersion',
])

/** What a Lambda call needs: its own action on the function, iam:PassRole for its role, and reading what it names (layers, code in S3). */
export function lambdaNeeds(call: Call): readonly Need[] {
  const { operation, params } = call
  const tags = params['Tags'] as Record<string, string> | undefined
  const resource = global.has(operation) ? '*' : resourceArn(call)
  const needs: Need[] = [
    {
      action: `lambda:${actionNames[operation] ?? operation}`,
      resource,
      context: { ...ownContext(call), ...(tags === undefined ? {} : tagContext(tags)) },
    },
  ]
  // Lambda developer guide, "Using tags on Lambda functions": tags at creation need TagResource.
  if (operation === 'CreateFunction' && tags !== undefined)
    needs.push({ action: 'lambda:TagResource', resource, context: tagContext(tags) })
  // Public service model, GetFunctionResponse: tags come only with "explicit allow permissions for lambda:ListTags".
  if (operation === 'GetFunction') needs.push({ action: 'lambda:ListTags', resource, partial: true })
  if (typeof params['Role'] === 'string') needs.push(passRole(params['Role'], 'lambda.amazonaws.com'))
  for (const layer of (params['Layers'] as string[] | undefined) ?? []) needs.push({ action: 'lambda:GetLayerVersion', resource: layer })
  const { S3Bucket, S3Key, S3ObjectVersion } = ((params['Code'] as Record<string, unknown> | undefined) ?? params) as Record<
    string,
    string | undefined
  >
  if (S3Bucket !== undefined)
    needs.push({
      action: S3ObjectVersion === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
      resource: `arn:aws:s3:::${S3Bucket}/${S3Key ?? ''}`,
    })
  return needs
}

/** Lambda's own condition keys (service authorization reference, AWS Lambda); the VPC of a subnet is not known here. */
function ownContext({ operation, params }: Call): Context {
  const { Principal, Layers, VpcConfig } = params as {
    Principal?: string
    Layers?: readonly string[]
    VpcConfig?: { SubnetIds?: readonly string[]; SecurityGroupIds?: readonly string[] }
  }
  const given = {
    'lambda:Principal': operation === 'AddPermission' ? Principal : undefined,
    'lambda:Layer': Layers,
    'lambda:SubnetIds': VpcConfig?.SubnetIds,
    'lambda:SecurityGroupIds': VpcConfig?.SecurityGroupIds,
  }
  return Object.fromEntries(Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])))
}

function resourceArn(call: Call): string {
  const { params, operation } = call
  if (typeof params['LayerName'] === 'string') {
    const version = params['VersionNumber'] === undefined ? '' : `:${textOf(params['VersionNumber'])}`
    return `${prefix(call)}:layer:${params['LayerName'].split(':').at(-1) ?? ''}${version}`
  }
  const named = params['Resource'] ?? params['Arn']
  if (typeof named === 'string') return named
  const [, name, inName] =
    /^(?:.*:)?function:([^:]+)(?::([^:]+))?$/.exec(String(params['FunctionName'])) ??
    /^(?:\d{12}:)?([^:]+)(?::([^:]+))?$/.exec(String(params['FunctionName'])) ??
    []
  const qualifier = (params['Qualifier'] as string | undefined) ?? inName
  return `${prefix(call)}:function:${name ?? ''}${qualifier === undefined || unqualified.has(operation) ? '' : `:${qualifier}`}`
}

function prefix({ region, account }: Call): string {
  return `arn:aws:lambda:${region}:${account.id}`
}
