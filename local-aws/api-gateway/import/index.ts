import { AwsError, type Call, type Output } from '../../kernel/call.ts'
import { hasQuirk } from '../../kernel/overlap.ts'
import { emptyDefinition, newEndpoint } from '../definition.ts'
import { badRequest } from '../errors.ts'
import { findApi } from '../find.ts'
import { newId } from '../ids.ts'
import { addApi, showCreated, showRestApi } from '../rest-apis.ts'
import { gatewayOf, type Api, type Definition } from '../state.ts'
import { applyAuthorizers, applyModels, applyPath, removeOthers, type Refusals } from './apply.ts'
import { node, readDocument, type ApiDocument } from './document.ts'
import { importedDocumentation, mergedParts } from './documentation.ts'
import { importedPaths } from './operations.ts'
import { mergedProperties, overwrittenProperties } from './properties.ts'
import { importedModels, ModelNames } from './schemas.ts'
import { importedAuthorizers } from './security.ts'
import { text } from '../values.ts'

interface Result {
  readonly definition: Definition
  readonly documentation: Api['documentationParts']
  readonly warnings: readonly string[]
}

/** PutRestApi, `mode` merge (the default) or overwrite: the whole document or nothing, unless the fault `partial-put` strikes. */
export function putRestApi(call: Call): Output {
  // The document is read first: a bad one is refused before an unknown API is (recorded: test_import_api_bad_file).
  const document = read(call)
  const api = findApi(call)
  const overwrite = call.params.mode === 'overwrite'
  const keepsHalf = hasQuirk(call, 'partial-put')
  const { definition, documentation, warnings } = imported(call, {
    base: structuredClone(api.definition), api, document, overwrite, keepsHalf,
  })
  Object.assign(api, { definition, documentationParts: documentation })
  // Developer guide, update by import: "if a system error occurs part way through … the API can end up in a bad state".
  if (keepsHalf) throw new AwsError('ServiceUnavailableException', 'Service unavailable', { status: 503 })
  return { ...showRestApi(api), warnings: warnings.length === 0 ? undefined : warnings }
}

/** ImportRestApi: a new API of exactly what the document says; `endpointConfigurationTypes` in the parameters, else EDGE. */
export function importRestApi(call: Call): Output {
  const document = read(call)
  const types = parametersOf(call).endpointConfigurationTypes
  const base = emptyDefinition(text(node(document.root.info).title), newEndpoint(types === undefined ? undefined : { types: [types] }))
  const api = addApi(call, base, {})
  try {
    const { definition, documentation, warnings } = imported(call, {
      base: api.definition, api, document, overwrite: true, keepsHalf: false,
    })
    Object.assign(api, { definition, documentationParts: documentation })
    return { ...showCreated(api), warnings: warnings.length === 0 ? undefined : warnings }
  } catch (refusal) {
    gatewayOf(call).apis.delete(api.id)
    throw refusal
  }
}

interface Import {
  readonly base: Definition
  readonly api: Api
  readonly document: ApiDocument
  readonly overwrite: boolean
  /** Stops after half of the paths, as a system error may. */
  readonly keepsHalf: boolean
}

function imported(call: Call, { base, api, document, overwrite, keepsHalf }: Import): Result {
  const refusals: Refusals = []
  const warnings: string[] = []
  const models = new ModelNames()
  const paths = importedPaths(document, { basePath: parametersOf(call).basepath, models, warnings })
  const definition = overwrite ? overwrittenProperties(base, document) : mergedProperties(base, document)
  if (overwrite)
    for (const map of [definition.models, definition.authorizers, definition.requestValidators, definition.gatewayResponses]) map.clear()
  applyModels(definition, [...importedModels(document), ...models.inline.values()], { apiId: api.id, refusals })
  applyAuthorizers(definition, importedAuthorizers(document), refusals)
  applyValidators(definition, document)
  applyGatewayResponses(definition, document)
  if (overwrite) removeOthers(definition, paths)
  for (const path of keepsHalf ? paths.slice(0, Math.floor(paths.length / 2)) : paths) applyPath(definition, path, refusals)
  refuse(call, refusals, warnings)
  const isIgnored = parametersOf(call).ignore === 'documentation'
  const described = isIgnored ? [] : importedDocumentation(document, paths)
  return { definition, documentation: mergedParts(api.documentationParts, described, overwrite && !isIgnored), warnings }
}

/** serverless blog issue 629; aws-apigateway-importer issue 202 for the warnings that come along. */
function refuse(call: Call, refusals: readonly string[], warnings: readonly string[]): void {
  const listed = (lines: readonly string[]) => lines.map((line) => `\n\t${line}`).join('')
  const found = warnings.length === 0 ? '' : `\nAdditionally, these warnings were found:${listed(warnings)}`
  if (refusals.length > 0) throw badRequest(`Errors found during import:${listed(refusals)}${found}`)
  if (call.params.failOnWarnings === true && warnings.length > 0) throw badRequest(`Warnings found during import:${listed(warnings)}`)
}

function applyValidators(definition: Definition, { root }: ApiDocument): void {
  const { requestValidators } = definition
  for (const [name, given] of Object.entries(node(root['x-amazon-apigateway-request-validators']))) {
    const id = [...requestValidators.values()].find((validator) => validator.name === name)?.id ?? newId(6, requestValidators)
    const { validateRequestBody, validateRequestParameters } = node(given)
    requestValidators.set(id, {
      id,
      name,
      validateRequestBody: validateRequestBody === true,
      validateRequestParameters: validateRequestParameters === true,
    })
  }
}

function applyGatewayResponses(definition: Definition, { root }: ApiDocument): void {
  for (const [responseType, given] of Object.entries(node(root['x-amazon-apigateway-gateway-responses']))) {
    const { statusCode, responseParameters, responseTemplates } = node(given)
    definition.gatewayResponses.set(responseType, {
      responseType,
      statusCode: statusCode === undefined ? undefined : text(statusCode),
      responseParameters: node(responseParameters) as Record<string, string>,
      responseTemplates: (responseTemplates ?? { 'application/json': '{"message":$context.error.messageString}' }) as Record<
        string,
        string
      >,
    })
  }
}

function read(call: Call): ApiDocument {
  return readDocument(Buffer.from(call.params.body as Uint8Array), { accountId: call.account.id, region: call.region })
}

function parametersOf(call: Call): Record<string, string | undefined> {
  return (call.params.parameters ?? {}) as Record<string, string | undefined>
}
