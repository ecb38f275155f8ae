import { AwsError } from '../../kernel/call.ts'
import { addAuthorizer } from '../authorizers.ts'
import { newId } from '../ids.ts'
import { checkResponse } from '../integration-responses.ts'
import { checkIntegration, newIntegration } from '../integrations.ts'
import { checkMethod, checkModels } from '../methods.ts'
import { childrenOf, pathOf } from '../path-parts.ts'
import { addResource, removeTree } from '../resources.ts'
import type { Definition, Integration, Method, Resource } from '../state.ts'
import type { ImportedIntegration } from './integration.ts'
import type { ImportedOperation, ImportedPath } from './operations.ts'
import { modelSchema, type ImportedModel } from './schemas.ts'

/** Collects what AWS would refuse while the rest goes on, as an import reports all of it at once. */
export type Refusals = string[]

/** Runs one step; a refusal of AWS is noted under the import's own words (serverless blog issue 629). */
export function attempt<T>(refusals: Refusals, what: string, step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    refusals.push(`${what}: ${error.message}`)
    return undefined
  }
}

/** Adds or replaces models. */
export function applyModels(
  definition: Definition,
  models: Iterable<ImportedModel>,
  { apiId, refusals }: { apiId: string; refusals: Refusals },
): void {
  for (const { name, description, schema } of models) {
    // Developer guide, known issues: model names are alphanumeric.
    if (!/^[A-Za-z0-9]+$/.test(name)) {
      refusals.push(`Unable to create model '${name}': Model name must be alphanumeric: ${name}`)
      continue
    }
    const taken = new Set([...definition.models.values()].map(({ id }) => id))
    const id = definition.models.get(name)?.id ?? newId(6, taken)
    definition.models.set(name, {
      id,
      name,
      description,
      contentType: 'application/json',
      schema: JSON.stringify(modelSchema(schema, apiId)),
    })
  }
}

/** Adds or replaces authorizers by name. */
export function applyAuthorizers(
  definition: Definition,
  authorizers: readonly Readonly<Record<string, unknown>>[],
  refusals: Refusals,
): void {
  for (const given of authorizers) {
    attempt(refusals, `Unable to create authorizer '${String(given.name)}'`, () => {
      const old = [...definition.authorizers.values()].find(({ name }) => name === given.name)
      if (old !== undefined) definition.authorizers.delete(old.id)
      const made = addAuthorizer(definition, given)
      if (old === undefined) return
      definition.authorizers.delete(made.id)
      definition.authorizers.set(old.id, { ...made, id: old.id })
    })
  }
}

/** Adds the resources of a path and replaces its methods, whole. */
export function applyPath(definition: Definition, { path, operations }: ImportedPath, refusals: Refusals): void {
  const resource = attempt(refusals, `Unable to create resource at path '${path}'`, () => resourceAt(definition, path))
  if (resource === undefined) return
  for (const operation of operations) {
    const method = attempt(refusals, `Unable to put method '${operation.httpMethod}' on resource at path '${path}'`, () =>
      methodOf(definition, operation),
    )
    if (method === undefined) continue
    const methodIntegration = attempt(
      refusals,
      `Unable to put integration on '${operation.httpMethod}' for resource at path '${path}'`,
      () => integrationOf(method, operation.integration, resource.id),
    )
    resource.methods.set(method.httpMethod, { ...method, methodIntegration })
  }
}

/**
 * Removes what an overwriting document does not name; what stays keeps its id (recorded:
 * test_import_rest_api_with_base_path_oas30[ignore]).
 */
export function removeOthers(definition: Definition, paths: readonly ImportedPath[]): void {
  const kept = new Set(['/', ...paths.flatMap(({ path }) => prefixes(path))])
  const operations = new Set(paths.flatMap(({ path, operations: ofPath }) => ofPath.map(({ httpMethod }) => `${httpMethod} ${path}`)))
  for (const resource of [...definition.resources.values()]) {
    if (!definition.resources.has(resource.id)) continue
    const path = pathOf(definition, resource)
    if (!kept.has(path)) removeTree(definition, resource)
    else for (const name of [...resource.methods.keys()]) if (!operations.has(`${name} ${path}`)) resource.methods.delete(name)
  }
}

function prefixes(path: string): string[] {
  const parts = path.split('/').filter(Boolean)
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`)
}

function resourceAt(definition: Definition, path: string): Resource {
  const root = [...definition.resources.values()].find(({ parentId }) => parentId === undefined) as Resource
  const parts = path.split('/').filter(Boolean)
  return parts.reduce(
    (at, part) => childrenOf(definition, at.id).find(({ pathPart }) => pathPart === part) ?? addResource(definition, at, part),
    root,
  )
}

function methodOf(definition: Definition, operation: ImportedOperation): Method {
  const { authorizerName, validatorName } = operation
  const method: Method = {
    httpMethod: operation.httpMethod,
    authorizationType: operation.authorizationType,
    authorizerId: [...definition.authorizers.values()].find(({ name }) => name === authorizerName)?.id,
    authorizationScopes: operation.authorizationScopes,
    apiKeyRequired: operation.apiKeyRequired,
    requestValidatorId: [...definition.requestValidators.values()].find(
      ({ name }) => validatorName !== undefined && name === validatorName,
    )?.id,
    operationName: operation.operationName,
    requestParameters: operation.requestParameters,
    requestModels: operation.requestModels,
    methodResponses: operation.methodResponses,
  }
  checkMethod(definition, method)
  for (const response of Object.values(method.methodResponses ?? {})) checkModels(definition, response.responseModels)
  return method
}

function integrationOf(method: Method, imported: ImportedIntegration | undefined, resourceId: string): Integration | undefined {
  if (imported === undefined) return undefined
  const integration = newIntegration(resourceId, imported.given)
  checkIntegration(method, integration)
  for (const response of imported.responses) checkResponse(method, response)
  const responses = imported.responses.map((response) => [response.statusCode, response] as const)
  return { ...integration, integrationResponses: responses.length === 0 ? undefined : Object.fromEntries(responses) }
}
