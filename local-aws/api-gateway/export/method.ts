import type { Definition, Integration, Method, MethodResponse } from '../state.ts'
import { exportedSecurity } from './security.ts'
import { without } from '../values.ts'

/** Which document is written, and with which extensions. */
export interface Dialect {
  readonly isSwagger: boolean
  readonly integrations: boolean
  readonly authorizers: boolean
}

type Members = Record<string, unknown>

/** One operation (recorded: test_export_oas30_openapi, test_export_swagger_openapi). */
export function exportedMethod(definition: Definition, method: Method, dialect: Dialect): Members {
  const responses = Object.values(method.methodResponses ?? {})
  const parameters = exportedParameters(method, dialect.isSwagger)
  return {
    operationId: method.operationName,
    ...(dialect.isSwagger ? swaggerTypes(method) : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(dialect.isSwagger ? {} : requestBody(method)),
    ...(responses.length === 0
      ? {}
      : { responses: Object.fromEntries(responses.map((response) => [response.statusCode, exportedResponse(response, dialect)])) }),
    ...exportedSecurity(definition, method, dialect.authorizers),
    ...(dialect.integrations && method.methodIntegration
      ? { 'x-amazon-apigateway-integration': exportedIntegration(method.methodIntegration) }
      : {}),
  }
}

function exportedParameters(method: Method, isSwagger: boolean): Members[] {
  const places: Record<string, string> = { path: 'path', querystring: 'query', header: 'header' }
  const parameters = Object.entries(method.requestParameters ?? {}).map(([parameter, required]): Members => {
    const [, , kind = '', ...name] = parameter.split('.')
    const type = isSwagger ? { type: 'string' } : { schema: { type: 'string' } }
    return { name: name.join('.'), in: places[kind], ...(required ? { required } : {}), ...type }
  })
  const [model] = Object.values(method.requestModels ?? {})
  const body = { in: 'body', name: model, required: true, schema: { $ref: `#/definitions/${model ?? ''}` } }
  return isSwagger && model !== undefined ? [...parameters, body] : parameters
}

function swaggerTypes(method: Method): Members {
  const consumes = Object.keys(method.requestModels ?? {})
  const produces = [
    ...new Set(Object.values(method.methodResponses ?? {}).flatMap(({ responseModels }) => Object.keys(responseModels ?? {}))),
  ]
  return { ...(consumes.length === 0 ? {} : { consumes }), ...(produces.length === 0 ? {} : { produces }) }
}

function requestBody(method: Method): Members {
  if (method.requestModels === undefined) return {}
  return { requestBody: { content: contentOf(method.requestModels), required: true } }
}

function exportedResponse({ statusCode, responseParameters, responseModels }: MethodResponse, { isSwagger }: Dialect): Members {
  const type = isSwagger ? { type: 'string' } : { schema: { type: 'string' } }
  const headers = Object.keys(responseParameters ?? {}).map((name) => [name.replace(/^method\.response\.header\./, ''), type])
  const [model] = Object.values(responseModels ?? {})
  return {
    description: `${statusCode} response`,
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) as Members }),
    ...(isSwagger
      ? model === undefined
        ? {}
        : { schema: { $ref: `#/definitions/${model}` } }
      : { content: contentOf(responseModels ?? {}) }),
  }
}

function contentOf(models: Readonly<Record<string, string>>): Members {
  return Object.fromEntries(Object.entries(models).map(([type, model]) => [type, { schema: { $ref: `#/components/schemas/${model}` } }]))
}

/** Enumerations in lower case, responses by their pattern; what is AWS's default for every integration is not said. */
function exportedIntegration(integration: Integration): Members {
  const { type, passthroughBehavior, integrationResponses, timeoutInMillis, cacheKeyParameters, connectionType, ...rest } = without(
    integration,
    'cacheNamespace',
  )
  const responses = Object.values(integrationResponses ?? {}).map(({ selectionPattern, ...response }) => [
    selectionPattern || 'default',
    response,
  ])
  return {
    type: type.toLowerCase(),
    ...rest,
    ...(responses.length === 0 ? {} : { responses: Object.fromEntries(responses) as Members }),
    passthroughBehavior: passthroughBehavior.toLowerCase(),
    ...(timeoutInMillis === 29_000 ? {} : { timeoutInMillis }),
    ...(cacheKeyParameters.length === 0 ? {} : { cacheKeyParameters }),
    ...(connectionType === undefined || connectionType === 'INTERNET' ? {} : { connectionType }),
  }
}
