import type { Call, Output } from '../kernel/call.ts'
import { badRequest, conflict, notFound } from './errors.ts'
import { findApi, findApiOf } from './find.ts'
import { newId } from './ids.ts'
import { page, pageOutput } from './paging.ts'
import { expectReplaceOf, patchesOf } from './patch.ts'
import { pathOf } from './path-parts.ts'
import type { Api, Definition, Model } from './state.ts'
import { text } from './values.ts'

const DRAFT_4 = 'http://json-schema.org/draft-04/schema#'

/** The two models that every API made by CreateRestApi has (recorded: test_model_lifecycle). */
export function defaultModels(taken: { has(id: string): boolean }): Model[] {
  const model = (name: string, description: string, schema: object): Model => ({
    id: newId(6, taken),
    name,
    description,
    contentType: 'application/json',
    schema: JSON.stringify({ $schema: DRAFT_4, title: `${name} Schema`, type: 'object', ...schema }, null, 2),
  })
  return [
    model('Empty', 'This is a default empty schema model', {}),
    model('Error', 'This is a default error schema model', { properties: { message: { type: 'string' } } }),
  ]
}

export function createModel(call: Call): Output {
  const { models } = findApi(call).definition
  const { params } = call
  const name = text(params.name)
  // Recorded: test_model_validation.
  if (name === '') throw badRequest('Model name must be non-empty')
  if (models.has(name)) throw conflict('Model name already exists for this REST API')
  checkSchema(params.schema)
  const model: Model = {
    id: newId(6, new Set([...models.values()].map(({ id }) => id))),
    name,
    // Recorded: test_put_method_model, create-model: an empty one is none.
    description: (params.description as string | undefined) || undefined,
    contentType: String(params.contentType),
    schema: params.schema as string,
  }
  models.set(name, model)
  return { ...model }
}

export function getModel(call: Call): Output {
  return { ...findModel(call).model }
}

export function getModels(call: Call): Output {
  return pageOutput(page(call, findApi(call).definition.models.values(), ({ id }) => id), (model) => ({ ...model }))
}

/** Recorded: test_update_model. */
export function updateModel(call: Call): Output {
  const { api, model } = findModel(call)
  let next = model
  for (const patch of patchesOf(call)) {
    expectReplaceOf(patch, ['/description', '/schema'])
    if (patch.path === '/schema') checkSchema(patch.value)
    next = { ...next, [patch.path.slice(1)]: patch.value }
  }
  api.definition.models.set(next.name, next)
  return { ...next }
}

/** A model that a method names stays (recorded: test_put_method_model). */
export function deleteModel(call: Call): Output {
  const { api, model } = findModel(call)
  const user = userOf(api.definition, model.name)
  if (user !== undefined) throw conflict(`Cannot delete model '${model.name}', is referenced in method request: ${user}`)
  api.definition.models.delete(model.name)
  return {}
}

/** `/{path}/{method}` with the path's own slash: `//ANY` for the root. */
function userOf(definition: Definition, name: string): string | undefined {
  for (const resource of definition.resources.values()) {
    for (const method of resource.methods.values()) {
      if (Object.values(method.requestModels ?? {}).includes(name)) return `${pathOf(definition, resource)}/${method.httpMethod}`
    }
  }
  return undefined
}

/** Recorded: test_model_validation, an empty or absent schema. */
function checkSchema(schema: unknown): void {
  if (!schema || schema === '{}') throw badRequest('Model schema must have at least 1 property or array items defined')
}

/** Recorded: test_model_validation, get-model-wrong-id. */
function findModel(call: Call): { api: Api; model: Model } {
  const name = String(call.params.modelName)
  const missing = `Invalid model name specified: ${name}`
  const api = findApiOf(call, missing)
  const model = api.definition.models.get(name)
  if (model === undefined) throw notFound(missing)
  return { api, model }
}
