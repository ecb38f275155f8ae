import { badRequest, conflict } from './errors.ts'
import type { Definition, Resource } from './state.ts'

/** Full path of a resource: `/` for the root, `/pets/{petId}` below it. */
export function pathOf(definition: Definition, resource: Resource): string {
  const parts: string[] = []
  for (let at: Resource | undefined = resource; at?.parentId !== undefined; at = definition.resources.get(at.parentId))
    parts.unshift(at.pathPart ?? '')
  return `/${parts.join('/')}`
}

/** The children of a resource. */
export function childrenOf(definition: Definition, parentId: string): Resource[] {
  return [...definition.resources.values()].filter((resource) => resource.parentId === parentId)
}

/**
 * Refuses a path part that cannot stand under `parent`; `self` is the resource that is being renamed or moved.
 * Sources beside each rule.
 */
export function checkPathPart(definition: Definition, placed: { parent: Resource; pathPart: string; self?: Resource }): void {
  const { parent, pathPart, self } = placed
  // terraform issue 21048.
  if (pathPart === '') throw badRequest("Resource's path part must be specified")
  if (!isPathPart(pathPart)) {
    // The newer text names the colon too (aws-cdk issue 22477: a colon is accepted inside a part).
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    )
  }
  // Recorded: test_create_proxy_resource_validation.
  if (isGreedy(parent.pathPart ?? ''))
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`)
  const siblings = childrenOf(definition, parent.id).filter((sibling) => sibling !== self)
  // Recorded: test_update_resource_behaviour.
  if (siblings.some((sibling) => sibling.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`)
  }
  const variable = siblings.find((sibling) => isVariable(sibling.pathPart ?? ''))
  // Recorded: test_create_proxy_resource_validation; `{id}` and `{proxy+}` exclude each other too.
  if (isVariable(pathPart) && variable !== undefined) {
    throw badRequest(`A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`)
  }
}

/**
 * Letters, digits and `_ - . , :` (developer guide, known issues), `$` (aws-cdk issue 27083; PR 27619 deploys `$appliances:all`), or one
 * whole variable: `{id}.html`, `x{id}` and `:id` are refused (serverless-next issue 208).
 */
function isPathPart(pathPart: string): boolean {
  return /^(?!:)[$A-Za-z0-9._\-,:]+$/.test(pathPart) || /^\{[A-Za-z0-9._\-:]+\+?\}$/.test(pathPart)
}

export function isVariable(pathPart: string): boolean {
  return pathPart.startsWith('{')
}

export function isGreedy(pathPart: string): boolean {
  return pathPart.endsWith('+}')
}
