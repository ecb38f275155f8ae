import { parse, type AnyNode, type Program } from 'acorn'
import { lineCounter } from './lines.ts'
import { commonExports, moduleExports, nameOf, type Exports } from './node-exports.ts'
import { commonUses, dynamicRequires } from './node-globals.ts'
import { walkNodes, type Visit, type When } from './node-walk.ts'

/** One module that a file asks for. */
export interface NodeImport {
  readonly name: string
  /** From 1. */
  readonly line: number
  /** `import` takes the path as it is written; `require` tries endings. */
  readonly by: 'import' | 'require'
  readonly when: When
  /** What the statement takes by name of an ES module, which must have it: all is linked before anything runs. */
  readonly names?: readonly string[]
  /** The attribute `type`; empty where it is only known when it runs. */
  readonly type?: string | undefined
}

/** What the checks must know of a JavaScript file. */
export interface NodeSource {
  /** It has statements that only an ES module may have. */
  readonly isModule: boolean
  /** It uses what only CommonJS has: `require`, `exports`. */
  readonly usesCommon: boolean
  readonly exports: Exports
  readonly imports: readonly NodeImport[]
  /** What it uses, as soon as it is loaded, of what an ES module has not. */
  readonly commonUses: readonly { readonly name: string, readonly line: number }[]
  /** What a bundle asks for by esbuild's stand-in for `require`. */
  readonly dynamicRequires: readonly string[]
}

/** Reads a JavaScript file; undefined where the parser cannot read it, as TypeScript: then nothing may be said of it. */
export function readNode(text: string): NodeSource | undefined {
  try {
    const program = parsed(text, 'commonjs') ?? parsed(text, 'module')
    return program === undefined ? undefined : sourceOf(program, text)
  } catch (error) {
    // Generated code may be nested deeper than the stack is.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function parsed(text: string, sourceType: 'commonjs' | 'module'): Program | undefined {
  try {
    return parse(text.replace(/^\uFEFF/, ''), { ecmaVersion: 'latest', sourceType, allowHashBang: true })
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function sourceOf(program: Program, text: string): NodeSource {
  const isModule = program.sourceType === 'module'
  const madeRequire = program.body.some(makesRequire)
  const imports: NodeImport[] = []
  const lineOf = lineCounter(text)
  let usesCommon = false
  walkNodes(program, (at) => {
    const found = importAt(at)
    if (found !== undefined) imports.push({ ...found, line: lineOf(at.node.start) })
    usesCommon ||= isCommon(at, madeRequire)
  })
  return {
    isModule, usesCommon, exports: isModule ? moduleExports(program) : commonExports(program), imports,
    commonUses: commonUses(program).map(({ name, at }) => ({ name, line: lineOf(at) })), dynamicRequires: dynamicRequires(program, text),
  }
}

function importAt({ node, parent: around, when, hidden }: Visit): Omit<NodeImport, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration': case 'ExportAllDeclaration': case 'ExportNamedDeclaration':
      return node.source === null || node.source === undefined ? undefined : {
        name: String(node.source.value), by: 'import', when: 'always', names: namesTaken(node), type: typeIn(node.attributes),
      }
    case 'ImportExpression': {
      const name = literal(node.source)
      return name === undefined ? undefined : {
        name, by: 'import', when: whenAwaited(around?.node, when),
        type: node.options === null || node.options === undefined ? undefined : '',
      }
    }
    case 'CallExpression': {
      const name = node.arguments.length === 1 ? literal(node.arguments[0] as AnyNode) : undefined
      const isRequire = node.callee.type === 'Identifier' && node.callee.name === 'require' && !hidden.has('require')
      return name === undefined || !isRequire ? undefined : { name, by: 'require', when }
    }
    default: return undefined
  }
}

/** What a statement takes by name; a namespace and a star take what there is. */
function namesTaken(
  node: Extract<AnyNode, { type: 'ImportDeclaration' | 'ExportAllDeclaration' | 'ExportNamedDeclaration' }>,
): readonly string[] {
  if (node.type === 'ExportAllDeclaration') return []
  return node.specifiers.flatMap((each) => each.type === 'ImportNamespaceSpecifier' ? []
    : each.type === 'ImportDefaultSpecifier' ? ['default'] : [nameOf(each.type === 'ImportSpecifier' ? each.imported : each.local)])
}

/** `json` of `with { type: "json" }`. */
function typeIn(
  attributes: readonly { readonly key: AnyNode, readonly value: { readonly value?: unknown } }[] | undefined,
): string | undefined {
  const found = attributes?.find(({ key }) => nameOf(key) === 'type')
  return found === undefined ? undefined : String(found.value.value)
}

/** `await import()` fails with its file, `import().catch()` does not; what becomes of the promise else is not known. */
function whenAwaited(parent: AnyNode | undefined, when: When): When {
  if (parent?.type === 'MemberExpression') return 'tried'
  return parent?.type === 'AwaitExpression' || when === 'tried' ? when : 'sometimes'
}

function literal(node: AnyNode): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  return node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0]?.value.cooked ?? undefined : undefined
}

/** Whether a node is one that fails in an ES module. */
function isCommon({ node, parent: around, hidden }: Visit, madeRequire: boolean): boolean {
  if (node.type !== 'Identifier' || hidden.has(node.name)) return false
  const parent = around?.node
  if (node.name === 'require') return !madeRequire && parent?.type === 'CallExpression' && parent.callee === node
  if (parent?.type !== 'MemberExpression' || parent.object !== node) return false
  if (node.name === 'module') return parent.property.type === 'Identifier' && parent.property.name === 'exports'
  const outer = around?.parent?.node
  return node.name === 'exports' && outer?.type === 'AssignmentExpression' && outer.left === parent
}

/** `const require = createRequire(import.meta.url)`: an ES module's way to CommonJS. */
function makesRequire(statement: AnyNode): boolean {
  return statement.type === 'VariableDeclaration' && statement.declarations.some(({ id }) => id.type === 'Identifier'
    && id.name === 'require')
}

/**
 * How Node loads a file: .mjs and .cjs decide by themselves, .js and .ts by the nearest package.json. Where that says nothing, Node takes a
 * file as CommonJS, and from 22.7 on as an ES module where only that can be (https://nodejs.org/api/packages.html#syntax-detection).
 */
export function moduleKind(file: string, read: (path: string) => string | undefined): 'module' | 'commonjs' | 'unsaid' {
  if (/\.m[jt]s$/.test(file)) return 'module'
  if (/\.c[jt]s$/.test(file)) return 'commonjs'
  const folders = file.split('/').slice(0, -1)
  for (let depth = folders.length; depth >= 0; depth--) {
    const manifest = read([...folders.slice(0, depth), 'package.json'].join('/'))
    if (manifest !== undefined) return (/"type"\s*:\s*"(module|commonjs)"/.exec(manifest)?.[1] as 'module' | 'commonjs' | undefined)
      ?? 'unsaid'
  }
  return 'unsaid'
}
