import type { Account } from '../../../service/arns.ts'
import { byPathThenMethod } from '../../../service/route-order.ts'
import type { Service } from '../../../service/service.ts'
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
import { emptyTree, prefixes, readTree, treeMethods, type Tree, type TreeMethod } from './tree.ts'
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

/** What must happen to the tree, without ids; the order is the order of the list. */
export type TreeOperation =
  | { readonly do: 'delete method'; readonly method: string; readonly path: string }
  | { readonly do: 'delete resource'; readonly path: string }
  | { readonly do: 'put method'; readonly spec: MethodSpec; readonly problem: MethodProblem }

/** Compares the tree with the wanted methods. What is taken away comes first, so that a renamed path variable finds its level free. */
export function treeOperations(tree: Tree, specs: readonly MethodSpec[], { service, account }: Owner): TreeOperation[] {
  const surplus = surplusMethods(tree, specs, service.name)
  const empty = emptyPaths(tree, specs, surplus)
  refuseTakenLevels(tree, specs, { paths: empty, methods: surplus })
  const puts = specs.flatMap((spec): TreeOperation[] => {
    const problem = methodProblem(spec, tree.get(spec.path)?.methods[spec.method], account)
    return problem === undefined ? [] : [{ do: 'put method', spec, problem }]
  })
  return [
    ...surplus.map(({ method, path }): TreeOperation => ({ do: 'delete method', method, path })),
    ...empty.map((path): TreeOperation => ({ do: 'delete resource', path })),
    ...puts,
  ]
}

interface Owner {
  readonly service: Pick<Service, 'name'>
  readonly account: Account
}

function planMethods(goal: Goal, tree: Tree | undefined): Edit[] {
  const editor = new TreeEditor(tree)
  return treeOperations(tree ?? emptyTree(''), methodsOf(goal.service), goal).map((operation) => {
    switch (operation.do) {
      case 'delete method':
        return { step: deleteMethodStep(operation, editor) }
      case 'delete resource':
        return { step: deleteResourceStep(operation.path, editor) }
      case 'put method':
        return { step: putMethodStep(operation, editor), document: pathMember(operation.spec, goal.account) }
    }
  })
}

function deleteMethodStep(at: Pick<MethodSpec, 'method' | 'path'>, editor: TreeEditor): Step {
  const name = methodName(at)
  return step({
    id: `route/${name}`, kind: 'route', name, action: 'delete', phase: 'prepare', reason: 'is no longer in the config',
    apply: (context) => editor.deleteMethod(context, at),
  })
}

function deleteResourceStep(path: string, editor: TreeEditor): Step {
  return step({
    id: `resource/${path}`, kind: 'resource', name: path, action: 'delete', phase: 'prepare', reason: 'no method and no child is left',
    apply: (context) => editor.deleteResource(context, path),
  })
}

function putMethodStep({ spec, problem }: Extract<TreeOperation, { do: 'put method' }>, editor: TreeEditor): Step {
  const name = methodName(spec)
  return step({
    id: `route/${name}`, kind: 'route', name, phase: 'prepare',
    action: problem === 'missing' ? 'create' : 'update', reason: reasons[problem],
    fields: [{ field: 'function', to: spec.integration.functionName }],
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

/** Resources that nothing needs; of an empty subtree its root alone, because deleting a resource deletes its subtree. */
function emptyPaths(tree: Tree, specs: readonly MethodSpec[], surplus: readonly TreeMethod[]): string[] {
  const gone = new Set(surplus.map(methodName))
  const left = treeMethods(tree).filter((each) => !gone.has(methodName(each)))
  const needed = new Set([...specs, ...left].flatMap(({ path }) => prefixes(path)))
  const empty = [...tree.keys()].filter((path) => path !== '/' && !needed.has(path))
  return empty.filter((path) => !prefixes(path).some((prefix) => prefix !== path && empty.includes(prefix)))
}
