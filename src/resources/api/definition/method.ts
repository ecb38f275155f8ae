import { createHash } from 'node:crypto'
import type { Method, PutIntegrationCommandInput, PutMethodCommandInput } from '@aws-sdk/client-api-gateway'
import { functionArn, invocationArn, type Account } from '../../../service/arns.ts'
import { aliasVariable } from '../../../service/names.ts'
import type { Route, Service } from '../../../service/service.ts'
import { prefixes } from './tree.ts'
import type { OpenApiMembers } from './part.ts'

/**
 * What a method of the API is to be, without ids. Four readers take it from here: the definition's digest, which hashes it as it is; the
 * comparison with what stands ({@link methodProblem}); the calls ({@link putMethodInput}, {@link putIntegrationInput}); and the OpenAPI
 * document ({@link operationOf}).
 */
export interface MethodSpec {
  /** GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD or ANY. */
  readonly method: string
  readonly path: string
  /** Our mark, which makes the method ours: {@link mark}. */
  readonly operationName: string
  readonly authorizationType: 'NONE'
  readonly apiKeyRequired: boolean
  readonly integration: FunctionIntegration
}

/** Requests go to a function as they are, and its answers back. */
interface FunctionIntegration {
  readonly type: 'AWS_PROXY'
  readonly functionName: string
  /** The stage variable that names the function's live alias. */
  readonly aliasVariable: string
}

/** The methods that a service asks for: those of its routes. */
export function methodsOf(service: Service): MethodSpec[] {
  return service.api.routes.map((route) => methodOf(route, service))
}

/** What a route is as a method. */
export function methodOf({ method, path, functionName }: Route, { name }: Pick<Service, 'name'>): MethodSpec {
  return {
    method, path, operationName: mark(name, method, path),
    authorizationType: 'NONE', apiKeyRequired: false,
    integration: { type: 'AWS_PROXY', functionName, aliasVariable: aliasVariable(name) },
  }
}

/** `GET /events/{id}` */
export function methodName({ method, path }: Pick<MethodSpec, 'method' | 'path'>): string {
  return `${method} ${path}`
}

/** Our mark in a method's `operationName`, unique in the API as an operation's name must be. */
export function mark(service: string, method: string, path: string): string {
  return `lambda-api-deploy-${service}-${createHash('sha256').update(methodName({ method, path })).digest('hex').slice(0, 12)}`
}

/** Whether a method bears the mark of a service, whichever it is. */
export function isMarked(operationName: string | undefined): boolean {
  return operationName?.startsWith('lambda-api-deploy-') === true
}

/** In which way a method of the working copy is not what is wanted. */
export type MethodProblem = 'missing' | 'not marked' | 'no integration' | 'differs'

/** Compares a method as AWS has it with the wanted one; undefined where nothing is to be done. */
export function methodProblem(spec: MethodSpec, actual: Method | undefined, account: Account): MethodProblem | undefined {
  if (actual === undefined) return 'missing'
  if (actual.operationName !== spec.operationName) return 'not marked'
  const { methodIntegration: integration, authorizationType = 'NONE', apiKeyRequired = false } = actual
  if (integration === undefined) return 'no integration'
  const { type, integrationHttpMethod, uri } = putIntegrationInput(spec, account)
  const isRight =
    authorizationType === spec.authorizationType && apiKeyRequired === spec.apiKeyRequired &&
    integration.type === type && integration.httpMethod === integrationHttpMethod && integration.uri === uri
  return isRight ? undefined : 'differs'
}

/** What PutMethod takes, besides the ids of the API and of the resource. */
export function putMethodInput({ method, operationName, authorizationType, apiKeyRequired }: MethodSpec) {
  return { httpMethod: method, operationName, authorizationType, apiKeyRequired } satisfies Partial<PutMethodCommandInput>
}

/** What PutIntegration takes, besides the same ids. */
export function putIntegrationInput({ method, integration }: MethodSpec, account: Account) {
  // Lambda is always called by POST (developer guide, "Lambda proxy integrations").
  const input = { httpMethod: method, type: integration.type, integrationHttpMethod: 'POST', uri: integrationUri(integration, account) }
  return input satisfies Partial<PutIntegrationCommandInput>
}

/** The function behind the alias of the live slot. */
export function integrationUri({ functionName, aliasVariable: variable }: Omit<FunctionIntegration, 'type'>, account: Account): string {
  return invocationArn(account, functionArn(account, functionName, `\${stageVariables.${variable}}`))
}

/** The name of the function that an integration calls by its URI, whoever has made it. */
export function functionNameOf(uri: string | undefined): string | undefined {
  return /:function:([\w-]+)[:/]/.exec(uri ?? '')?.[1]
}

/** A method as an OpenAPI operation. One without responses is a warning (aws-apigateway-importer#202). */
export function operationOf(spec: MethodSpec, account: Account): OpenApiMembers {
  const { type, integrationHttpMethod, uri } = putIntegrationInput(spec, account)
  return {
    operationId: spec.operationName,
    parameters: pathVariables(spec.path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    responses: { 200: { description: 'The function decides.' } },
    'x-amazon-apigateway-integration': { type: type.toLowerCase(), httpMethod: integrationHttpMethod, uri },
  }
}

/** The name of a method's operation in a path of an OpenAPI document. */
export function verb(method: string): string {
  return method === 'ANY' ? anyMethod : method.toLowerCase()
}

/** The method of such a name; undefined for the other members that a path may have, such as `parameters`. */
export function methodOfVerb(name: string): string | undefined {
  if (name === anyMethod) return 'ANY'
  return /^(get|post|put|delete|patch|options|head)$/.test(name) ? name.toUpperCase() : undefined
}

const anyMethod = 'x-amazon-apigateway-any-method'

function pathVariables(path: string): string[] {
  return prefixes(path).flatMap((prefix) => /\{([^}+]+)\+?\}$/.exec(prefix)?.[1] ?? [])
}
