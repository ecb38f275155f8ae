import type { AnyNode, Expression, ObjectExpression, Program } from 'acorn'
import { boundNames, walkNodes, type Visit } from './node-walk.ts'

/** Undefined where exports are made at run time, or elsewhere: then any name may be among them. */
export type Exports = ReadonlySet<string> | undefined

/** What an ES module exports by name. */
export function moduleExports({ body }: Program): Exports {
  const names = new Set<string>()
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') names.add('default')
    if (statement.type === 'ExportAllDeclaration') {
      if (statement.exported === null || statement.exported === undefined) return undefined
      names.add(nameOf(statement.exported))
    }
    if (statement.type !== 'ExportNamedDeclaration') continue
    for (const { exported } of statement.specifiers) names.add(nameOf(exported))
    const { declaration } = statement
    if (declaration?.type === 'VariableDeclaration')
      for (const { id } of declaration.declarations) for (const name of boundNames(id)) names.add(name)
    else if (declaration !== null && declaration !== undefined) names.add(declaration.id.name)
  }
  return names
}

/** What a CommonJS module exports by name: every name that it gives `exports`, wherever it does. */
export function commonExports(program: Program): Exports {
  const noted = esbuildList(program)
  if (noted !== undefined) return noted
  const names = new Set<string>()
  let isOpen = false
  walkNodes(program, (at) => {
    const added = isOpen ? [] : exportsAt(at)
    if (added === undefined) isOpen = true
    for (const name of added ?? []) names.add(name)
  })
  return isOpen ? undefined : names
}

/** esbuild's list of what a bundle exports, `0 && (module.exports = { a, b })`: it never runs, and lacks `default`. */
function esbuildList({ body }: Program): Exports {
  const last = body.at(-1)
  if (last?.type !== 'ExpressionStatement' || last.expression.type !== 'LogicalExpression') return undefined
  const { left, right } = last.expression
  if (left.type !== 'Literal' || left.value !== 0 || right.type !== 'AssignmentExpression' || !isModuleExports(right.left)) return undefined
  const keys = right.right.type === 'ObjectExpression' ? keysOf(right.right) : undefined
  return keys === undefined ? undefined : new Set([...keys, 'default'])
}

/** The names that one node adds; undefined where it may add any. */
function exportsAt(at: Visit): readonly string[] | undefined {
  const { node } = at
  if (node.type === 'WithStatement') return undefined
  if (node.type === 'Identifier' && (node.name === 'eval' || node.name === 'arguments')) {
    const isOther = at.hidden.has(node.name) || isName(at)
    return isOther || (node.name === 'eval' && at.parent?.node.type !== 'CallExpression') ? [] : undefined
  }
  if (!isExports(at)) return []
  return useOf(at)
}

/** Whether a node is the exports object as the file names it: `exports`, `this` at its top, `module.exports`; or `module` itself. */
function isExports(at: Visit): boolean {
  const { node, isTop, hidden } = at
  if (node.type === 'ThisExpression') return isTop && !isInClass(at)
  return node.type === 'Identifier' && (node.name === 'exports' || node.name === 'module') && !hidden.has(node.name) && !isName(at)
}

/** Whether `this` is a class's or its object's own. */
function isInClass({ parent }: Visit): boolean {
  return parent !== undefined && (parent.node.type === 'PropertyDefinition' || parent.node.type === 'StaticBlock' || isInClass(parent))
}

/** Whether an identifier is a property's name, or what is declared or labelled, and no use of the variable. */
function isName({ node, parent: above }: Visit): boolean {
  const parent = above?.node
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed
  if (parent?.type === 'Property') return parent.key === node && !parent.computed && !parent.shorthand
  return (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') && parent.key === node && !parent.computed
}

/** What is done with the exports object, by the node around it. */
function useOf({ node, parent: around }: Visit): readonly string[] | undefined {
  const parent = around?.node
  if (around === undefined || parent === undefined) return undefined
  switch (parent.type) {
    case 'MemberExpression': return memberUse(node, parent, around)
    case 'AssignmentExpression': return assignmentUse(node, parent)
    case 'CallExpression': return callUse(node, parent, around)
    case 'UnaryExpression': case 'BinaryExpression': case 'ExpressionStatement': return []
    case 'LogicalExpression': return parent.operator === '&&' && parent.left === node ? [] : useOf(around)
    case 'IfStatement': return parent.test === node ? [] : undefined
    case 'ConditionalExpression': return parent.test === node ? [] : useOf(around)
    case 'SequenceExpression': return parent.expressions.at(-1) === node ? useOf(around) : []
    default: return undefined
  }
}

function memberUse(node: AnyNode, member: Extract<AnyNode, { type: 'MemberExpression' }>, at: Visit): readonly string[] | undefined {
  if (member.object !== node) return undefined
  const name = propertyName(member)
  if (node.type === 'Identifier' && node.name === 'module') return name === 'exports' ? useOf(at) : name === undefined ? undefined : []
  if (isWritten(at)) return name === undefined ? undefined : [name]
  // `exports.__defineGetter__("a", …)`, in libraries of Node's first years.
  return name === '__defineGetter__' ? undefined : []
}

/** `exports.a = 1`, `[exports.a] = x`, `({ b: exports.a } = x)`, `for (exports.a of x)`. */
function isWritten({ node, parent: around }: Visit): boolean {
  const parent = around?.node
  switch (parent?.type) {
    case 'AssignmentExpression': case 'AssignmentPattern': case 'ForInStatement': case 'ForOfStatement': return parent.left === node
    case 'ArrayPattern': case 'RestElement': return true
    case 'Property': return parent.value === node && around?.parent?.node.type === 'ObjectPattern'
    default: return false
  }
}

/** `module.exports = {…}`; `exports = module.exports` and the reverse change nothing; what else is assigned may have any name. */
function assignmentUse(node: AnyNode, { left, right }: Extract<AnyNode, { type: 'AssignmentExpression' }>): readonly string[] | undefined {
  if (right === node) return left.type === 'Identifier' && left.name === 'exports' || isModuleExports(left) ? [] : undefined
  const value = lastAssigned(right)
  if (value.type === 'ObjectExpression') return keysOf(value)
  return isModuleExports(value) || (value.type === 'Identifier' && value.name === 'exports') ? [] : undefined
}

/** The value at the end of `a = b = value`. */
function lastAssigned(node: Expression): Expression {
  return node.type === 'AssignmentExpression' ? lastAssigned(node.right) : node
}

/** `Object.defineProperty(exports, "a", …)` and its kin give the object back; anybody else may do with it as he likes. */
function callUse(node: AnyNode, call: Extract<AnyNode, { type: 'CallExpression' }>, at: Visit): readonly string[] | undefined {
  const { callee, arguments: given } = call
  if (node.type === 'Identifier' && node.name === 'module') return undefined
  if (given[0] !== node || callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier'
    || callee.object.name !== 'Object') return undefined
  const added = addedBy(propertyName(callee), given.slice(1))
  const used = added === undefined ? undefined : useOf(at)
  return added === undefined || used === undefined ? undefined : [...added, ...used]
}

function addedBy(method: string | undefined, given: readonly AnyNode[]): readonly string[] | undefined {
  if (method === 'defineProperty') return given[0]?.type === 'Literal' && typeof given[0].value === 'string' ? [given[0].value] : undefined
  if (method === 'freeze' || method === 'seal' || method === 'preventExtensions') return []
  if (method !== 'assign' && method !== 'defineProperties') return undefined
  const keys = given.map((each) => each.type === 'ObjectExpression' ? keysOf(each) : undefined)
  return keys.every((each) => each !== undefined) ? keys.flat() : undefined
}

/** The keys of an object literal; undefined where it spreads another or computes a key. */
function keysOf({ properties }: ObjectExpression): readonly string[] | undefined {
  const keys = properties.map((each) => each.type === 'SpreadElement' || each.computed ? undefined : nameOf(each.key))
  return keys.every((key) => key !== undefined) ? keys : undefined
}

function isModuleExports(node: AnyNode): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier'
    && node.object.name === 'module' && propertyName(node) === 'exports'
}

function propertyName({ property, computed }: Extract<AnyNode, { type: 'MemberExpression' }>): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
}

/** `a` of an identifier, `a b` of a string. */
export function nameOf(node: AnyNode): string {
  return node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : ''
}
