import type { AnyNode, Program } from 'acorn'
import { boundNames, walkNodes, type Visit } from './node-walk.ts'

/** A use of what Node gives to CommonJS alone (https://nodejs.org/api/esm.html#differences-between-es-modules-and-commonjs). */
export interface CommonUse {
  readonly name: string
  /** Offset in the text. */
  readonly at: number
}

const ofCommon: ReadonlySet<string> = new Set(['require', 'module', 'exports', '__dirname', '__filename'])

/** The uses that certainly run with the file and fail in an ES module: the first of each name that nobody declares. */
export function commonUses(program: Program): readonly CommonUse[] {
  const first = new Map<string, number>()
  const known = new Set<string>()
  walkNodes(program, (visit) => {
    for (const name of declaredAt(visit.node)) known.add(name)
    const { node } = visit
    if (node.type !== 'Identifier' || !ofCommon.has(node.name) || first.has(node.name) || !isCertainUse(visit)) return
    first.set(node.name, node.start)
  })
  return [...first].filter(([name]) => !known.has(name)).map(([name, at]) => ({ name, at }))
}

/**
 * The modules that a bundle by esbuild asks for by its stand-in for `require`, which throws in an ES module: `Dynamic require of "x" is not
 * supported`. None where the bundle has a `require` of its own (https://github.com/evanw/esbuild/issues/1921).
 */
export function dynamicRequires(program: Program, text: string): readonly string[] {
  if (!text.includes('Dynamic require of')) return []
  const standIns = new Set<string>()
  const calls: (readonly [string, string])[] = []
  let isGiven = false
  walkNodes(program, ({ node }) => {
    isGiven ||= declaredAt(node).includes('require')
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init !== null && node.init !== undefined
      && text.slice(node.init.start, node.init.end).includes('Dynamic require of')) standIns.add(node.id.name)
    const [asked] = node.type === 'CallExpression' ? node.arguments : []
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && asked?.type === 'Literal' && typeof asked.value === 'string')
      calls.push([node.callee.name, asked.value])
  })
  return isGiven ? [] : [...new Set(calls.filter(([name]) => standIns.has(name)).map(([, asked]) => asked))]
}

/** The names that a node declares or gives to everyone. */
function declaredAt(node: AnyNode): readonly string[] {
  switch (node.type) {
    case 'VariableDeclarator': return boundNames(node.id)
    case 'FunctionDeclaration': case 'ClassDeclaration': return node.id === null ? [] : [node.id.name]
    case 'ImportDeclaration': return node.specifiers.map(({ local }) => local.name)
    case 'AssignmentExpression': return node.left.type === 'MemberExpression' && node.left.object.type === 'Identifier'
      && /^(?:globalThis|global)$/.test(node.left.object.name) && node.left.property.type === 'Identifier' ? [node.left.property.name] : []
    default: return []
  }
}

/** Whether an identifier is the variable itself, read where its file is loaded. */
function isCertainUse({ node, parent: around, when, hidden }: Visit): boolean {
  const parent = around?.node
  if (when !== 'always' || node.type !== 'Identifier' || hidden.has(node.name)) return false
  switch (parent?.type) {
    case 'UnaryExpression': return parent.operator !== 'typeof'
    case 'MemberExpression': return parent.object === node || parent.computed
    case 'Property': return parent.value === node && !isPattern(around?.parent?.node)
    case 'MethodDefinition': case 'PropertyDefinition': return parent.key !== node || parent.computed
    case 'LabeledStatement': case 'BreakStatement': case 'ContinueStatement': case 'ImportSpecifier': case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier': case 'ExportSpecifier': case 'ExportAllDeclaration': case 'FunctionDeclaration':
    case 'FunctionExpression': case 'ArrowFunctionExpression': case 'ClassDeclaration': case 'ClassExpression': case 'CatchClause':
      return false
    case 'VariableDeclarator': return parent.init === node
    default: return true
  }
}

function isPattern(node: AnyNode | undefined): boolean {
  return node?.type === 'ObjectPattern'
}
