import type { Call, Output } from '../kernel/call.ts'
import { badRequest, notFound, quotaReached } from './errors.ts'
import { findApi, findResource, NO_RESOURCE } from './find.ts'
import { newId } from './ids.ts'
import { showMethod } from './methods.ts'
import { page, pageOutput } from './paging.ts'
import { expectReplaceOf, patchesOf, type Patch } from './patch.ts'
import { checkPathPart, childrenOf, pathOf } from './path-parts.ts'
import type { Api, Definition, Resource } from './state.ts'
import { born, seen } from './visible.ts'

// Developer guide, quotas: 300 resources an API; that the root counts is unverified.
const MAXIMUM_RESOURCES = 300

export function createResource(call: Call): Output {
  const api = findApi(call)
  const parent = seen(call, api.definition.resources.get(String(call.params.parentId)))
  // Recorded: test_create_resource_parent_invalid.
  if (parent === undefined) throw notFound(NO_RESOURCE)
  const resource = born(call, addResource(api.definition, parent, String(call.params.pathPart)))
  return showResource(api, resource, false)
}

/** Adds a resource under a parent, with every rule of AWS; used by CreateResource and by imports. */
export function addResource(definition: Definition, parent: Resource, pathPart: string): Resource {
  const { resources } = definition
  checkPathPart(definition, { parent, pathPart })
  if (resources.size >= MAXIMUM_RESOURCES) throw quotaReached('Resources')
  const resource: Resource = { id: newId(6, resources), parentId: parent.id, pathPart, methods: new Map() }
  resources.set(resource.id, resource)
  return resource
}

export function getResource(call: Call): Output {
  const { api, resource } = findResource(call)
  return showResource(api, resource, wantsMethods(call))
}

export function getResources(call: Call): Output {
  const api = findApi(call)
  const detailed = wantsMethods(call)
  const resources = page(call, api.definition.resources.values(), (resource) => resource.id)
  return pageOutput(resources, (resource) => showResource(api, resource, detailed))
}

/** UpdateResource renames (`/pathPart`) or moves (`/parentId`) a resource (recorded: test_update_resource_behaviour). */
export function updateResource(call: Call): Output {
  const { api, resource } = findResource(call)
  const { parentId, pathPart } = resource
  try {
    for (const patch of patchesOf(call)) {
      expectReplaceOf(patch, ['/parentId', '/pathPart'])
      place(api.definition, resource, patch)
    }
  } catch (refusal) {
    Object.assign(resource, { parentId, pathPart })
    throw refusal
  }
  return showResource(api, resource, false)
}

function place(definition: Definition, resource: Resource, patch: Patch): void {
  const member = patch.path.slice(1) as 'parentId' | 'pathPart'
  // Recorded: test_update_resource_on_root.
  if (resource.parentId === undefined) throw badRequest(`Root resource cannot update its ${member}.`)
  const parent = definition.resources.get(member === 'parentId' ? (patch.value ?? '') : resource.parentId)
  if (parent === undefined) throw notFound(NO_RESOURCE)
  if (isInside(definition, parent, resource)) throw badRequest('Resources cannot be cyclical.')
  const pathPart = member === 'pathPart' ? (patch.value ?? '') : (resource.pathPart ?? '')
  checkPathPart(definition, { parent, pathPart, self: resource })
  resource.parentId = parent.id
  resource.pathPart = pathPart
}

function isInside(definition: Definition, inner: Resource | undefined, outer: Resource): boolean {
  for (let at = inner; at !== undefined; at = at.parentId === undefined ? undefined : definition.resources.get(at.parentId)) {
    if (at === outer) return true
  }
  return false
}

/** DeleteResource takes the whole subtree (recorded: test_delete_resource); the root stays. */
export function deleteResource(call: Call): Output {
  const { api, resource } = findResource(call)
  // Text unverified; that the root cannot be removed is the developer guide's.
  if (resource.parentId === undefined) throw badRequest('Root resource cannot be deleted.')
  removeTree(api.definition, resource)
  return {}
}

/** Removes a resource and all below it. */
export function removeTree(definition: Definition, resource: Resource): void {
  for (const child of childrenOf(definition, resource.id)) removeTree(definition, child)
  definition.resources.delete(resource.id)
}

function wantsMethods(call: Call): boolean {
  return ((call.params.embed ?? []) as readonly string[]).includes('methods')
}

/** Without embed=methods the values of resourceMethods are empty objects (recorded: the import tests). */
function showResource(api: Api, resource: Resource, detailed: boolean): Output {
  const methods = [...resource.methods.values()].map((method) => [method.httpMethod, detailed ? showMethod(method) : {}])
  return {
    id: resource.id,
    parentId: resource.parentId,
    pathPart: resource.pathPart,
    path: pathOf(api.definition, resource),
    resourceMethods: methods.length === 0 ? undefined : Object.fromEntries(methods),
  }
}
