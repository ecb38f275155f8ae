import { GetMethodCommand, GetResourcesCommand, type Method, type Resource } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../../aws/clients.ts'
import { allPages } from '../../../aws/pages.ts'
import { orUndefined } from '../../../aws/refusal.ts'

/** The API's resources by path, each with its methods and their integrations. */
export type Tree = ReadonlyMap<string, TreeNode>

export interface TreeNode {
  readonly id: string
  readonly path: string
  readonly methods: Readonly<Record<string, Method>>
}

/** A method of the tree, and where it stands. */
export interface TreeMethod {
  readonly path: string
  /** GET, POST, ... or ANY. */
  readonly method: string
  readonly actual: Method
}

/** The tree of a new API, which has nothing but its root. */
export function emptyTree(rootResourceId: string): Tree {
  return new Map([['/', { id: rootResourceId, path: '/', methods: {} }]])
}

/** Reads the whole tree in pages of 500 with the methods in them, which takes the place of two calls a method. */
export async function readTree(aws: Aws, restApiId: string): Promise<Tree> {
  const resources = await allPages(async (from) => {
    const { items, position } = await aws.api(new GetResourcesCommand({ restApiId, limit: 500, embed: ['methods'], position: from }))
    return { items, next: position }
  })
  return withOperationNames(aws, restApiId, new Map(resources.map((resource) => [resource.path ?? '/', nodeOf(resource)])))
}

/**
 * The same tree, where embedded methods lacked their operation names, with those that GetMethod shows: without them our own methods
 * would look foreign. That AWS embeds them is unverified, as no recorded answer has embedded methods. So where no method has a name,
 * one that is built as ours are is asked for by itself, and if it has one, all the others are, too.
 */
async function withOperationNames(aws: Aws, restApiId: string, tree: Tree): Promise<Tree> {
  const all = treeMethods(tree)
  const sample = all.find(({ actual }) => actual.methodIntegration?.uri?.includes('${stageVariables.'))
  if (sample === undefined || all.some(({ actual }) => actual.operationName !== undefined)) return tree
  const operationNameOf = async ({ path, method: httpMethod }: TreeMethod): Promise<string | undefined> => {
    const resourceId = tree.get(path)?.id
    return (await orUndefined(aws.api(new GetMethodCommand({ restApiId, resourceId, httpMethod }))))?.operationName
  }
  const ofSample = await operationNameOf(sample)
  if (ofSample === undefined) return tree
  const nameOf = async (each: (typeof all)[number]) => (each === sample ? ofSample : operationNameOf(each))
  const named = await Promise.all(all.map(async (each) => ({ ...each, operationName: await nameOf(each) })))
  const byPath = Map.groupBy(named, ({ path }) => path)
  const methodsAt = (path: string) =>
    (byPath.get(path) ?? []).map(({ method, actual, operationName }): [string, Method] => [method, { ...actual, operationName }])
  return new Map([...tree.values()].map((node) => [node.path, { ...node, methods: Object.fromEntries(methodsAt(node.path)) }]))
}

/** All methods of a tree. */
export function treeMethods(tree: Tree): TreeMethod[] {
  return [...tree.values()].flatMap(({ path, methods }) => Object.entries(methods).map(([method, actual]) => ({ path, method, actual })))
}

/** `/a/{id}/b` gives `/a`, `/a/{id}`, `/a/{id}/b`; the root gives none. */
export function prefixes(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '')
  return names.map((_name, index) => `/${names.slice(0, index + 1).join('/')}`)
}

/** The path of the level above; the root's children give ''. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** Whether a path ends in a variable, such as `/a/{id}` or `/a/{proxy+}`. A level takes one of either kind. */
export function isVariable(path: string): boolean {
  return /\/\{[^/]+\}$/.test(path)
}

function nodeOf(resource: Resource): TreeNode {
  return { id: resource.id ?? '', path: resource.path ?? '/', methods: resource.resourceMethods ?? {} }
}
