import type { SyntaxNodeRef } from '@lezer/common'
import { isOfMetadata, queryIn, type MetadataQuery } from './python-metadata.ts'
import { boundByWalrus, importsOf, normalName, targetsOf, type BoundNames, type ImportedModule } from './python-names.ts'
import { parsePython, type PythonTree, type Unread } from './python-parser.ts'

/** One import statement. */
export interface Import extends ImportedModule {
  /** From 1. */
  readonly line: number
  /**
   * `always` runs when the module is imported; `sometimes` inside a function or a condition; `tried` inside try or with; `never` for
   * type checkers.
   */
  readonly when: 'always' | 'sometimes' | 'tried' | 'never'
}

export interface PythonSource {
  readonly imports: readonly Import[]
  /** Names that the module may define at its top level, also by import. */
  readonly defines: ReadonlySet<string>
  /** `from x import *`, a `__getattr__` of its own, names made while it runs, or text that is not understood: it may define anything. */
  readonly open: boolean
  /** It changes where modules are looked for (`sys.path.insert(0, 'vendor')`): what is missing may be found there. */
  readonly movesPath: boolean
  /** Distributions whose metadata it asks for by a name that stands there: `importlib.metadata.version('shop')`. */
  readonly asks: readonly MetadataQuery[]
  /** Attributes that it sets on anything, other modules included; `*` where it may set any. */
  readonly sets: ReadonlySet<string>
  /** Where the text stops being Python, as far as the parser tells; then nothing else is known of it. */
  readonly unread?: Unread
}

type Block = 'function' | 'class' | 'try' | 'condition' | 'typing'

const blocks: Readonly<Record<string, Block>> = {
  FunctionDefinition: 'function', LambdaExpression: 'function', ClassDefinition: 'class', TryStatement: 'try', WithStatement: 'try',
  ForStatement: 'condition', WhileStatement: 'condition', MatchStatement: 'condition',
}

/** Reads imports and top-level names out of Python source without a Python. Of a file that cannot be read whole it says nothing. */
export function readPython(source: string): PythonSource {
  const parsed = parsePython(source)
  if (parsed.tree !== undefined) return new Reader(parsed).read(parsed.tree)
  const { unread } = parsed
  const nothing = { imports: [], asks: [], defines: new Set<string>(), open: true, movesPath: true, sets: new Set(['*']) }
  return unread === undefined ? nothing : { ...nothing, unread }
}

class Reader {
  readonly #parsed: PythonTree
  readonly #inside: Block[] = []
  readonly #imports: Import[] = []
  readonly #defines = new Set<string>()
  readonly #sets = new Set<string>()
  readonly #asks: MetadataQuery[] = []
  #open = false
  #movesPath = false
  #findsModules = false

  constructor(parsed: PythonTree) {
    this.#parsed = parsed
  }

  read(tree: NonNullable<PythonTree['tree']>): PythonSource {
    tree.iterate({
      enter: (node) => {
        this.#take(node)
        const block = this.#blockOf(node)
        if (block !== undefined) this.#inside.push(block)
      },
      leave: (node) => {
        if (this.#blockOf(node) !== undefined) this.#inside.pop()
      },
    })
    // Whoever sets it by a plain assignment (`__getattr__ = lazy(...)`) answers for any name, too (PEP 562).
    const setsOnModules = this.#sets.has('*') && this.#findsModules
    const open = this.#open || setsOnModules || this.#defines.has('__getattr__')
    const asks = this.#asks.filter((each) => isOfMetadata(each, this.#imports))
    return { asks, imports: this.#imports, defines: this.#defines, open, sets: this.#sets, movesPath: this.#movesPath }
  }

  #blockOf(node: SyntaxNodeRef): Block | undefined {
    return node.name === 'Body' && node.node.parent?.name === 'IfStatement' ? this.#branchOf(node) : blocks[node.name]
  }

  /** Type checkers alone look into `if TYPE_CHECKING:`, and nobody into `if False:`. */
  #branchOf(node: SyntaxNodeRef): Block {
    const test = node.node.prevSibling
    const asked = test === null || test.name === 'else' ? '' : this.#text(test)
    return /^(?:False|0|(?:[\p{ID_Continue}]+\.)?TYPE_CHECKING)$/u.test(asked) || /^TYPE_CHECKING\s+and\b/.test(asked)
      ? 'typing'
      : 'condition'
  }

  #take(node: SyntaxNodeRef): void {
    switch (node.name) {
      case 'ImportStatement': return this.#import(node)
      case 'FunctionDefinition': case 'ClassDefinition': case 'TypeDefinition': {
        const name = node.node.getChild('VariableName')
        return this.#bind({ names: name === null ? [] : [this.#text(name)], attributes: [] })
      }
      case 'AssignOp':
        if (this.#text(node) === ':=') this.#bind(boundByWalrus(node.node, this.#parsed.text))
        return
      case 'AssignStatement': case 'ForStatement': case 'TryStatement': case 'WithStatement': case 'CapturePattern': case 'AsPattern':
        return this.#bind(targetsOf(node.node, this.#parsed.text))
      case 'CallExpression': {
        const asked = queryIn(node.node, this.#parsed.text)
        if (asked !== undefined) this.#asks.push({ ...asked, line: this.#parsed.lineOf(node.from), when: this.#when() })
        return
      }
      case 'ScopeStatement': return this.#global(node)
      case 'VariableName': case 'PropertyName': return this.#name(node)
      default:
    }
  }

  #import(node: SyntaxNodeRef): void {
    const line = this.#parsed.lineOf(node.from)
    const when = this.#when()
    const found = importsOf(this.#text(node))
    for (const each of found.imports) {
      this.#imports.push({ ...each, line, when: when === 'always' && this.#parsed.lazyLines.has(line) ? 'sometimes' : when })
      if (each.names.includes('*') && this.#isTop()) this.#open = true
      if (each.module === 'sys' && each.names.includes('modules')) this.#dynamic()
      if (each.module === 'sys' && each.names.some((name) => pathNames.has(name))) this.#movesPath = true
    }
    this.#bind({ names: found.binds, attributes: [] })
  }

  #bind({ names, attributes }: BoundNames): void {
    for (const name of attributes) this.#sets.add(normalName(name))
    if (this.#isTop()) for (const name of names) this.#defines.add(normalName(name))
  }

  /** What `global` names in a function is bound in the module when the function runs. */
  #global(node: SyntaxNodeRef): void {
    if (node.node.firstChild?.name !== 'global') return
    for (const name of node.node.getChildren('VariableName')) this.#defines.add(normalName(this.#text(name)))
  }

  #name(node: SyntaxNodeRef): void {
    const name = this.#text(node)
    const of = node.name === 'PropertyName' ? node.node.parent?.firstChild : undefined
    const isOfSys = of !== null && of !== undefined && /(?:^|_)sys$/.test(this.#text(of))
    if (dynamicNames.has(name) || isOfSys && name === 'modules') this.#dynamic()
    else if (name === 'globals' || name === 'locals') this.#open = true
    else if (name === 'setattr') this.#sets.add('*')
    this.#findsModules ||= name === 'importlib' || name === 'import_module' || name === '__import__'
    if (name === 'addsitedir' || name === '__path__' || isOfSys && pathNames.has(name)) this.#movesPath = true
  }

  /** Names are made while the module runs, here or in another module. */
  #dynamic(): void {
    this.#open = true
    this.#sets.add('*')
  }

  #when(): Import['when'] {
    if (this.#inside.includes('typing')) return 'never'
    if (this.#inside.includes('try')) return 'tried'
    return this.#inside.every((block) => block === 'class') ? 'always' : 'sometimes'
  }

  #isTop(): boolean {
    return !this.#inside.some((block) => block === 'function' || block === 'class')
  }

  #text({ from, to }: { readonly from: number, readonly to: number }): string {
    return this.#parsed.text.slice(from, to)
  }
}

const dynamicNames = new Set(['vars', 'exec', '__dict__'])
const pathNames = new Set(['path', 'meta_path', 'path_hooks'])
