import type { Call, Output } from '../kernel/call.ts'
import { notFound } from './errors.ts'
import { findApi, findApiOf } from './find.ts'
import { newId } from './ids.ts'
import { page, pageOutput } from './paging.ts'
import { expectReplaceOf, patchesOf } from './patch.ts'
import { changeStage, findStage } from './stages.ts'
import { gatewayOf, type Api, type DocumentationPart } from './state.ts'
import { without } from './values.ts'

/** Recorded: test_doc_parts_crud_no_api, test_invalid_get_documentation_part. */
const NO_PART = 'Invalid Documentation part identifier specified'

/** `properties` is a text of JSON in requests and, unlike what the SDKs of AWS show, in answers, too (service model: a string). */
export function createDocumentationPart(call: Call): Output {
  const api = findApi(call)
  const { location, properties } = call.params as { location: DocumentationPart['location']; properties: string }
  return show(addPart(api, location, properties))
}

function addPart(
  api: Pick<Api, 'documentationParts'>, location: DocumentationPart['location'], properties: string,
): DocumentationPart {
  const part: DocumentationPart = { id: newId(6, api.documentationParts), location, properties }
  api.documentationParts.set(part.id, part)
  return part
}

export function getDocumentationPart(call: Call): Output {
  return show(findPart(call).part)
}

/** Filters of GetDocumentationParts: API reference. */
export function getDocumentationParts(call: Call): Output {
  const { type, nameQuery, path } = call.params
  const parts = [...findApi(call).documentationParts.values()].filter(({ location }) =>
    (type === undefined || location.type === type) && (nameQuery === undefined || location.name === nameQuery) &&
    (path === undefined || location.path === path))
  return pageOutput(page(call, parts, ({ id }) => id), show)
}

/** Recorded: test_invalid_update_documentation_part. */
export function updateDocumentationPart(call: Call): Output {
  const { api, part } = findPart(call)
  let next = part
  for (const patch of patchesOf(call)) {
    expectReplaceOf(patch, ['/properties'])
    next = { ...next, properties: patch.value ?? '{}' }
  }
  api.documentationParts.set(next.id, next)
  return show(next)
}

/** An unknown API has its own text here (recorded: test_invalid_delete_documentation_part). */
export function deleteDocumentationPart(call: Call): Output {
  findApi(call)
  const { api, part } = findPart(call)
  api.documentationParts.delete(part.id)
  return {}
}

/**
 * A snapshot of the documentation, which may go to a stage at the same time (developer guide, "Publish API documentation using the API
 * Gateway REST API"); text of a stage that is not there: unverified.
 */
export function createDocumentationVersion(call: Call): Output {
  const api = findApi(call)
  const { description, stageName } = call.params as { description?: string; stageName?: string }
  const documentationVersion = String(call.params.documentationVersion)
  const stage = stageName === undefined ? undefined : findStage(call).stage
  if (stage !== undefined) changeStage(stage, call, { ...stage.settings, documentationVersion })
  const version = { version: documentationVersion, createdDate: Math.floor(call.now / 1000), description }
  api.documentationVersions.set(documentationVersion, { ...version, parts: structuredClone([...api.documentationParts.values()]) })
  return version
}

export function getDocumentationVersions(call: Call): Output {
  const versions = [...findApi(call).documentationVersions.values()]
  return pageOutput(page(call, versions, ({ version }) => version), (each) => without(each, 'parts'))
}

/** An unknown API has the part's text (recorded: test_invalid_get_documentation_part, test_invalid_update_documentation_part). */
function findPart(call: Call): { readonly api: Api; readonly part: DocumentationPart } {
  const api = findApiOf(call, NO_PART)
  const part = gatewayOf(call).apis.get(api.id)?.documentationParts.get(String(call.params.documentationPartId))
  if (part === undefined) throw notFound(NO_PART)
  return { api, part }
}

function show(part: DocumentationPart): Output {
  return { ...part, location: { ...part.location } }
}
