import type { Call } from '../call.ts'
import type { Operation, ServiceModel } from '../model/service-model.ts'
import { passRole, tagContext, type Need } from './needs.ts'
import type { Context } from './patterns.ts'

/**
 * API Gateway's permissions are HTTP verbs on its own paths (developer guide, "Control access to an API with IAM permissions", and "Amazon
 * API Gateway ARN reference").
 */
export function apiGatewayNeeds(call: Call, model: ServiceModel, operation: Operation): readonly Need[] {
  const { params } = call
  const path = resourcePath(model, operation, params)
  const tags = params['tags'] as Record<string, string> | undefined
  const needs: Need[] = [
    {
      action: `apigateway:${operation.http.method}`,
      resource: arn(call, path),
      context: { ...ownContext(call), ...(tags === undefined ? {} : tagContext(tags)) },
    },
  ]
  // Tags at creation ask for PUT on /tags/<the new resource's ARN, encoded> (aws-terminator issue 284).
  if (tags !== undefined && operation.name.startsWith('Create'))
    needs.push({
      action: 'apigateway:PUT',
      resource: arn(call, `/tags/${encodeURIComponent(arn(call, createdPath(call, path)))}`),
      context: tagContext(tags),
    })
  // iam-dataset issue 39: TagResource also asks for PATCH on the resource itself.
  if (operation.name === 'TagResource')
    needs.push({ action: 'apigateway:PATCH', resource: String(params['resourceArn']), unverified: true })
  if (setsPolicy(call)) needs.push({ action: 'apigateway:UpdateRestApiPolicy', resource: arn(call, path) })
  const role = passedRole(call)
  return role === undefined ? needs : [...needs, passRole(role, 'apigateway.amazonaws.com')]
}

/**
 * API Gateway's own condition keys of the request (service authorization reference, Amazon API Gateway Management), as far as a deploy sets
 * what they name.
 */
function ownContext({ operation, params }: Call): Context {
  const request: Readonly<Record<string, unknown>> = {
    CreateRestApi: {
      ApiName: params['name'],
      EndpointType: (params['endpointConfiguration'] as { types?: readonly string[] } | undefined)?.types,
    },
    CreateDeployment: { StageName: params['stageName'] },
    PutMethod: { ApiKeyRequired: params['apiKeyRequired'], RouteAuthorizationType: params['authorizationType'] },
    UpdateStage: {
      AccessLoggingDestination: patched(params, '/accessLogSettings/destinationArn'),
      AccessLoggingFormat: patched(params, '/accessLogSettings/format'),
    },
  }
  const keys = Object.entries(request[operation] ?? {}).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    keys.map(([key, value]) => [`apigateway:Request/${key}`, Array.isArray(value) ? value.map(String) : String(value)]),
  )
}

function patched(params: Readonly<Record<string, unknown>>, path: string): string | undefined {
  return patches(params).find((patch) => patch.path === path)?.value
}

function arn({ region }: Call, path: string): string {
  return `arn:aws:apigateway:${region}::${path}`
}

function resourcePath(model: ServiceModel, operation: Operation, params: Readonly<Record<string, unknown>>): string {
  const members = operation.input === undefined ? {} : (model.shapes[operation.input.shape]?.members ?? {})
  const byWire = Object.fromEntries(Object.entries(members).map(([name, member]) => [member.locationName ?? name, name]))
  const [path = ''] = operation.http.requestUri.split('?')
  return path.replace(/\{([^}]+)\}/g, (_, wire: string) => encodeURIComponent(String(params[byWire[wire] ?? wire])))
}

/** The new thing's path, where its name is known; an id that is born with it stands as `new`, which only a wildcard matches. */
function createdPath({ operation, params }: Call, path: string): string {
  return `${path}/${operation === 'CreateStage' ? String(params['stageName']) : 'new'}`
}

/** A resource policy has an action of its own (awacs issue 118). */
function setsPolicy({ operation, params }: Call): boolean {
  if (operation === 'CreateRestApi') return params['policy'] !== undefined
  return operation === 'UpdateRestApi' && patches(params).some(({ path }) => path === '/policy')
}

function passedRole({ operation, params }: Call): string | undefined {
  if (operation === 'PutIntegration') return params['credentials'] as string | undefined
  return operation === 'UpdateAccount' ? patched(params, '/cloudwatchRoleArn') : undefined
}

function patches(params: Readonly<Record<string, unknown>>): readonly { readonly path?: string; readonly value?: string }[] {
  return (params['patchOperations'] as { path?: string; value?: string }[] | undefined) ?? []
}
