import type { AnyNode, Pattern } from 'acorn'

/** When a piece of code runs: with its file, perhaps or later (functions, conditions), or where a failure is caught. */
export type When = 'always' | 'sometimes' | 'tried'

/** A node on its way down from the program. */
export interface Visit {
  readonly node: AnyNode
  /** The node that it is a part of; nothing for the program. */
  readonly parent: Visit | undefined
  readonly when: When
  /** Whether `this` is still the file's own. */
  readonly isTop: boolean
  /** Names of {@link watched} that mean something else here, because a function declares them. */
  readonly hidden: ReadonlySet<string>
}

/** What Node gives a CommonJS file, and what its functions may name in another way. */
export const watched: ReadonlySet<string> = new Set([
  'exports', 'module', 'require', '__dirname', '__filename', 'arguments', 'eval',
])

/** Visits every node of a program, from the top, in the order of the source. */
export function walkNodes(program: AnyNode, visit: (at: Visit) => void): void {
  descend({ node: program, parent: undefined, when: 'always', isTop: true, hidden: new Set() }, visit)
}

function descend(at: Visit, visit: (at: Visit) => void): void {
  visit(at)
  eachChild(at.node, (child, key) => descend(enter(at, child, key), visit))
}

function enter(at: Visit, child: AnyNode, key: string): Visit {
  const when = whenOf(at, key)
  if (!isFunction(child)) return { node: child, parent: at, when, isTop: at.isTop, hidden: at.hidden }
  const isCalled = at.node.type === 'CallExpression' && key === 'callee' && !child.async && !child.generator
  const isArrow = child.type === 'ArrowFunctionExpression'
  const declared = [...declaredBy(child), ...(isArrow ? [] : ['arguments'])]
  return {
    node: child, parent: at,
    when: when === 'always' && !isCalled ? 'sometimes' : when,
    isTop: at.isTop && isArrow,
    hidden: declared.length === 0 ? at.hidden : new Set([...at.hidden, ...declared]),
  }
}

function whenOf({ node, when }: Visit, key: string): When {
  if (when === 'tried') return when
  if (node.type === 'TryStatement') return key === 'finalizer' ? when : 'tried'
  return conditional[node.type]?.includes(key) === true ? 'sometimes' : when
}

/** The parts of a node that may not run although it does. */
const conditional: Readonly<Record<string, readonly string[]>> = {
  IfStatement: ['consequent', 'alternate'],
  ConditionalExpression: ['consequent', 'alternate'],
  LogicalExpression: ['right'],
  SwitchCase: ['consequent'],
  ForStatement: ['body', 'update'],
  ForInStatement: ['body'],
  ForOfStatement: ['body'],
  WhileStatement: ['body'],
  AssignmentPattern: ['right'],
}

type FunctionNode = Extract<AnyNode, { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }>

function isFunction(node: AnyNode): node is FunctionNode {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
}

/** The watched names that a function declares: parameters, variables of its own, classes and functions. */
function declaredBy(node: FunctionNode): readonly string[] {
  const found = node.params.flatMap(boundNames)
  const look = (child: AnyNode): void => {
    if (child.type === 'VariableDeclarator') found.push(...boundNames(child.id))
    else if ((child.type === 'FunctionDeclaration' || child.type === 'ClassDeclaration') && child.id !== null) found.push(child.id.name)
    if (!isFunction(child)) eachChild(child, look)
  }
  eachChild(node.body, look)
  return found.filter((name) => watched.has(name))
}

/** The names that a pattern binds. */
export function boundNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier': return [pattern.name]
    case 'ObjectPattern': return pattern.properties.flatMap((each) => boundNames(each.type === 'RestElement' ? each.argument : each.value))
    case 'ArrayPattern': return pattern.elements.flatMap((each) => each === null ? [] : boundNames(each))
    case 'RestElement': return boundNames(pattern.argument)
    case 'AssignmentPattern': return boundNames(pattern.left)
    case 'MemberExpression': return []
  }
}

/** Hands over the nodes right below one, with the property that holds each. */
function eachChild(node: AnyNode, visit: (child: AnyNode, key: string) => void): void {
  const held = node as unknown as Readonly<Record<string, unknown>>
  for (const key in held) {
    const value = held[key]
    if (typeof value !== 'object' || value === null) continue
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item)) visit(item, key)
    } else if (isNode(value)) visit(value, key)
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
