import type { Account } from '../../../service/arns.ts'
import { byPathThenMethod } from '../../../service/route-order.ts'
import type { Service, ServiceId } from '../../../service/service.ts'
import { step, type Step } from '../../step.ts'
import {
  functionNameOf,
  mark,
  methodName,
  methodProblem,
  methodsOf,
  operationOf,
  verb,
  type MethodProblem,
  type MethodSpec,
} from './method.ts'
import type { Edit, Goal, OpenApiMembers, Part } from './part.ts'
import { lossesOf, refuseForeignRoutes } from './adopted-method.ts'
import { emptyTree, isVariable, parentOf, prefixes, readTree, treeMethods, type Tree, type TreeMethod } from './tree.ts'
import { TreeEditor } from './tree-editor.ts'
import { refuseTakenLevels } from './variables.ts'

/** The methods of the API with their integrations, on the tree of its resources. */
export const methods: Part<Tree> = {
  canonical: (service) => [...methodsOf(service)].sort(byPathThenMethod),
  read: readTree,
  plan: (goal, copy) => planMethods(goal, copy?.methods),
  foreign: ({ name }, copy) =>
    treeMethods(copy.methods)
      .filter((each) => !isOurs(name, each))
      .map((each) => ({ name: methodName(each), functionName: functionNameOf(each.actual.methodIntegration?.uri) })),
}

type MethodPut = Extract<TreeOperation, { do: 'put method' }>

/** What must happen to the tree, without ids; the order is the order of the list. */
export type TreeOperation =
  | MethodDeletion
  | { readonly do: 'delete resource'; readonly path: string }
  | { readonly do: 'put method'; readonly spec: MethodSpec; readonly problem: MethodProblem }

/**
 * A method that goes. Where its resource goes, too, the two go in one call: a resource bears no mark, so that one which a stopped run had
 * emptied could not be told from somebody's own.
 */
interface MethodDeletion {
  readonly do: 'delete method'
  readonly method: string
  readonly path: string
  /** The resource with which it goes. */
  readonly with?: string | undefined
}

/** Compares the tree with the wanted methods. What is taken away comes first, so that a renamed path variable finds its level free. */
export function treeOperations(tree: Tree, specs: readonly MethodSpec[], { service, account }: Owner): TreeOperation[] {
  const surplus = surplusMethods(tree, specs, service.name)
  const emptied = emptiedPaths(tree, specs, surplus)
  // On an API that is joined an empty resource may be somebody's own.
  const inTheWay = service.api?.joined === undefined ? pathsInTheWay(tree, specs, surplus) : []
  refuseTakenLevels(tree, specs, { paths: [...emptied, ...inTheWay], methods: surplus })
  const puts = specs.flatMap((spec): TreeOperation[] => {
    const problem = methodProblem(spec, tree.get(spec.path)?.methods[spec.method], account)
    return problem === undefined ? [] : [{ do: 'put method', spec, problem }]
  })
  refuseForeignRoutes(service.api?.joined, tree, puts)
  const holderOf = (path: string): string | undefined => prefixes(path).find((prefix) => emptied.includes(prefix))
  return [
    ...surplus.map(({ method, path }): TreeOperation => ({ do: 'delete method', method, path, with: holderOf(path) })),
    ...inTheWay.map((path): TreeOperation => ({ do: 'delete resource', path })),
    ...puts,
  ]
}

interface Owner {
  /** Without `api` none of its routes is wanted. */
  readonly service: Pick<Service, 'name'> & Partial<Pick<Service, 'api'>>
  readonly account: Account
}

/** The edits that take away all methods of a service. */
export function withoutMethods({ name }: ServiceId, account: Account, tree: Tree): Edit[] {
  return editsOf(treeOperations(tree, [], { service: { name }, account }), tree, account)
}

function planMethods(goal: Goal, tree: Tree | undefined): Edit[] {
  return editsOf(treeOperations(tree ?? emptyTree(''), methodsOf(goal.service), goal), tree, goal.account)
}

function editsOf(operations: readonly TreeOperation[], tree: Tree | undefined, account: Account): Edit[] {
  const editor = new TreeEditor(tree)
  return operations.map((operation) => {
    switch (operation.do) {
      case 'delete method':
        return { step: deleteMethodStep(operation, editor) }
      case 'delete resource':
        return { step: deleteResourceStep(operation.path, editor) }
      case 'put method':
        return { step: putMethodStep(operation, editor, tree), document: pathMember(operation.spec, account) }
    }
  })
}

function deleteMethodStep(at: MethodDeletion, editor: TreeEditor): Step {
  const name = methodName(at)
  return step({
    id: `route/${name}`, kind: 'route', name, action: 'delete', phase: 'prepare', reason: 'is no longer in the config',
    apply: (context) => (at.with === undefined ? editor.deleteMethod(context, at) : editor.deleteResource(context, at.with)),
  })
}

function deleteResourceStep(path: string, editor: TreeEditor): Step {
  return step({
    id: `resource/${path}`, kind: 'resource', name: path, action: 'delete', phase: 'prepare',
    reason: 'it is empty and stands in the way of a route',
    apply: (context) => editor.deleteResource(context, path),
  })
}

function putMethodStep({ spec, problem }: MethodPut, editor: TreeEditor, tree: Tree | undefined): Step {
  const name = methodName(spec)
  const loses = problem === 'not marked' ? lossesOf(tree?.get(spec.path)?.methods[spec.method] ?? {}) : []
  return step({
    id: `route/${name}`, kind: 'route', name, phase: 'prepare',
    action: problem === 'missing' ? 'create' : problem === 'not marked' ? 'adopt' : 'update', reason: reasons[problem],
    fields: [{ field: 'function', to: spec.integration.functionName }, ...loses],
    apply: (context) => editor.putMethod(context, spec, problem),
  })
}

const reasons: Readonly<Record<MethodProblem, string>> = {
  missing: 'is not in the API yet',
  'not marked': 'exists without our mark and is adopted',
  'no integration': 'leads nowhere',
  differs: 'leads elsewhere',
}

function pathMember(spec: MethodSpec, account: Account): OpenApiMembers {
  return { paths: { [spec.path]: { [verb(spec.method)]: operationOf(spec, account) } } }
}

/** Whether a method bears our mark. */
function isOurs(service: string, { method, path, actual }: TreeMethod): boolean {
  return actual.operationName === mark(service, method, path)
}

/** Marked methods that nothing asks for any more. */
function surplusMethods(tree: Tree, specs: readonly MethodSpec[], service: string): TreeMethod[] {
  const wanted = new Set(specs.map(methodName))
  return treeMethods(tree).filter((each) => isOurs(service, each) && !wanted.has(methodName(each)))
}

/**
 * Resources that nothing needs once the surplus methods are gone, and that were there for those alone: an empty one is somebody's own. Of
 * a subtree its root alone, because deleting a resource deletes its subtree.
 */
function emptiedPaths(tree: Tree, specs: readonly MethodSpec[], surplus: readonly TreeMethod[]): string[] {
  const ours = new Set(surplus.flatMap(({ path }) => prefixes(path)))
  const others = [...tree.keys()].filter((path) => !ours.has(path))
  const needed = new Set([...neededPaths(tree, specs, surplus), ...others.flatMap(prefixes)])
  return roots([...ours].filter((path) => !needed.has(path)))
}

/**
 * Empty resources with another name for a path variable that a route needs: of those one level takes only one. A run that was stopped
 * before its first method may have left such a one.
 */
function pathsInTheWay(tree: Tree, specs: readonly MethodSpec[], surplus: readonly TreeMethod[]): string[] {
  const [needed, emptied] = [neededPaths(tree, specs, surplus), emptiedPaths(tree, specs, surplus)]
  const levels = new Set(specs.flatMap(({ path }) => prefixes(path)).filter(isVariable).map(parentOf))
  const isLeft = (path: string): boolean => !needed.has(path) && !prefixes(path).some((each) => emptied.includes(each))
  return [...tree.keys()].filter((path) => isVariable(path) && levels.has(parentOf(path)) && isLeft(path))
}

/** The paths on the way to what is wanted, and to what others have there. */
function neededPaths(tree: Tree, specs: readonly MethodSpec[], surplus: readonly TreeMethod[]): ReadonlySet<string> {
  const gone = new Set(surplus.map(methodName))
  const left = treeMethods(tree).filter((each) => !gone.has(methodName(each)))
  return new Set([...specs, ...left].flatMap(({ path }) => prefixes(path)))
}

function roots(paths: readonly string[]): string[] {
  return paths.filter((path) => !prefixes(path).some((prefix) => prefix !== path && paths.includes(prefix)))
}
