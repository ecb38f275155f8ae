import type { MethodResponse } from '../state.ts'
import { basePathSegments, isNode, node, type ApiDocument, type Node } from './document.ts'
import { importedIntegration, type ImportedIntegration } from './integration.ts'
import { securityOf, type ImportedSecurity } from './security.ts'
import type { ModelNames } from './schemas.ts'

/** One method of a document, whole. */
export interface ImportedOperation extends ImportedSecurity {
  readonly path: string
  readonly httpMethod: string
  readonly operationName?: string | undefined
  readonly validatorName?: string | undefined
  readonly requestParameters?: Readonly<Record<string, boolean>> | undefined
  readonly requestModels?: Readonly<Record<string, string>> | undefined
  readonly methodResponses?: Readonly<Record<string, MethodResponse>> | undefined
  readonly integration?: ImportedIntegration | undefined
}

const VERBS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head']
const ANY = 'x-amazon-apigateway-any-method'

/** A path with its operations; one without any still makes its resources. */
export interface ImportedPath {
  readonly path: string
  readonly operations: readonly ImportedOperation[]
}

/** All paths of a document. Findings that refuse nothing go to `warnings`. */
export function importedPaths(
  document: ApiDocument,
  options: { basePath: string | undefined; models: ModelNames; warnings: string[] },
): ImportedPath[] {
  const base = basePathSegments(document, options.basePath)
  return Object.entries(node(document.root.paths)).map(([written, item]) => {
    const path = `/${[...base, ...written.split('/').filter(Boolean)].join('/')}`
    const verbs = Object.entries(node(item)).filter(([verb]) => VERBS.includes(verb) || verb === ANY)
    return {
      path,
      operations: verbs.map(([verb, operation]) =>
        importedOperation(document, { path, verb, operation: node(operation), item: node(item) }, options),
      ),
    }
  })
}

interface Written {
  readonly path: string
  readonly verb: string
  readonly operation: Node
  readonly item: Node
}

function importedOperation(
  document: ApiDocument,
  written: Written,
  { models, warnings }: { models: ModelNames; warnings: string[] },
): ImportedOperation {
  const { path, verb, operation, item } = written
  const httpMethod = verb === ANY ? 'ANY' : verb.toUpperCase()
  const parameters = [...list(item.parameters), ...list(operation.parameters)].map((parameter) => resolved(document, parameter))
  return {
    path,
    httpMethod,
    ...securityOf(document, operation),
    operationName: operation.operationId as string | undefined,
    validatorName: (operation['x-amazon-apigateway-request-validator'] ?? document.root['x-amazon-apigateway-request-validator']) as
      string | undefined,
    requestParameters: requestParameters(parameters),
    requestModels: requestModels(document, { operation, parameters }, models),
    methodResponses: methodResponses(document, operation, models),
    integration: importedIntegration(operation['x-amazon-apigateway-integration'], { path, httpMethod, warnings }),
  }
}

/** Path, query and header parameters with whether they are required. */
function requestParameters(parameters: readonly Node[]): Record<string, boolean> | undefined {
  const places: Record<string, string> = { path: 'path', query: 'querystring', header: 'header' }
  const entries = parameters.flatMap(({ name, in: place, required }): [string, boolean][] => {
    const kind = places[String(place)]
    return kind === undefined ? [] : [[`method.request.${kind}.${String(name)}`, required === true]]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function requestModels(
  document: ApiDocument,
  { operation, parameters }: { operation: Node; parameters: readonly Node[] },
  models: ModelNames,
): Record<string, string> | undefined {
  if (!document.isSwagger) return contentModels(node(operation.requestBody).content, models)
  const body = parameters.find((parameter) => parameter.in === 'body')
  const name = body && models.of(body.schema)
  if (name === undefined) return undefined
  return Object.fromEntries(mediaTypes(operation.consumes ?? document.root.consumes).map((type) => [type, name]))
}

/** Responses by status; `default` is not supported (developer guide, known issues). */
function methodResponses(document: ApiDocument, operation: Node, models: ModelNames): Record<string, MethodResponse> | undefined {
  const entries = Object.entries(node(operation.responses)).filter(([status]) => /^[1-5]\d\d$/.test(status))
  const responses = entries.map(([statusCode, written]): [string, MethodResponse] => {
    const response = resolved(document, written)
    const headers = Object.keys(node(response.headers)).map((name) => [`method.response.header.${name}`, false] as const)
    return [
      statusCode,
      {
        statusCode,
        responseParameters: headers.length === 0 ? undefined : Object.fromEntries(headers),
        responseModels: responseModels(document, { operation, response }, models),
      },
    ]
  })
  return responses.length === 0 ? undefined : Object.fromEntries(responses)
}

function responseModels(
  document: ApiDocument,
  { operation, response }: { operation: Node; response: Node },
  models: ModelNames,
): Record<string, string> | undefined {
  if (!document.isSwagger) return contentModels(response.content, models)
  const name = models.of(response.schema)
  if (name === undefined) return undefined
  return Object.fromEntries(mediaTypes(operation.produces ?? document.root.produces).map((type) => [type, name]))
}

function contentModels(content: unknown, models: ModelNames): Record<string, string> | undefined {
  const entries = Object.entries(node(content)).flatMap(([type, media]): [string, string][] => {
    const name = models.of(node(media).schema)
    return name === undefined ? [] : [[type, name]]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function mediaTypes(value: unknown): string[] {
  const types = list(value).map(String)
  return types.length === 0 ? ['application/json'] : types
}

/** A node, or what its `$ref` into the document names. */
function resolved(document: ApiDocument, value: unknown): Node {
  const { $ref } = node(value)
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return node(value)
  const target = $ref.slice(2).split('/').reduce<unknown>((at, key) => (isNode(at) ? at[key] : undefined), document.root)
  return node(target)
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}
