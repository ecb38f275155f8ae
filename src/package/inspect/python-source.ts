import { boundBy, globalsOf, normalName } from './python-names.ts'

/** One import statement. */
export interface Import {
  /** Dots before the name. */
  readonly level: number
  /** `a.b` of `import a.b` or `from a.b import c`; empty for `from . import c`. */
  readonly module: string
  /** What `from` takes; empty for `import`. */
  readonly names: readonly string[]
  /** From 1. */
  readonly line: number
  /** `always` runs when the module is imported; `sometimes` inside a function or a condition; `tried` inside try or with; `never` for type checkers. */
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
  /** Attributes that it sets on anything, other modules included; `*` where it may set any. */
  readonly sets: ReadonlySet<string>
}

interface Block {
  readonly indent: number
  readonly kind: 'function' | 'class' | 'try' | 'condition' | 'typing'
}

/**
 * Reads imports and top-level names out of Python source without a Python: any minor's syntax will do, because only statements' first
 * words are looked at, with strings and comments blanked and brackets joined.
 */
export function readPython(source: string): PythonSource {
  const imports: Import[] = []
  const defines = new Set<string>()
  // Names that are made while the module runs.
  let open = /\b(?:globals|vars|locals|exec)\s*\(|\bmodules\s*\[|__dict__|\bsetattr\s*\(\s*(?:sys|importlib|import_module)\b/.test(source)
  let blocks: Block[] = []
  for (const { text, indent, line, unfinished } of logicalLines(source)) {
    // A bracket that never closes: most likely a string was misread (3.12 lets f-strings hold quotes of their own kind).
    if (unfinished) open = true
    blocks = blocks.filter((block) => block.indent < indent)
    const top = !blocks.some((block) => block.kind === 'function' || block.kind === 'class')
    for (const written of text.split(';').map((part) => part.trim())) {
      // PEP 810 (3.15): what is imported lazily is looked for when it is used.
      const statement = written.replace(/^lazy\s+(?=(?:import|from)\s)/, '')
      for (const found of importsOf(statement)) {
        imports.push({ ...found, line, when: statement === written || whenOf(blocks) !== 'always' ? whenOf(blocks) : 'sometimes' })
        if (top && found.names.includes('*')) open = true
      }
      for (const name of [...(top ? boundBy(statement) : []), ...globalsOf(statement)]) defines.add(normalName(name))
    }
    if (top && /^(?:async\s+)?def\s+__getattr__\b/.test(text)) open = true
    const kind = blockKind(text)
    if (kind !== undefined) blocks.push({ indent, kind })
  }
  return { imports, defines, open, sets: attributesSet(source), movesPath: /\bsys\.(?:path|meta_path|path_hooks)\b|\baddsitedir\b|\b__path__\b/.test(source) }
}

function attributesSet(source: string): ReadonlySet<string> {
  const names = [...source.matchAll(/\.\s*([\p{ID_Continue}]+)\s*(?:=(?!=)|:[^=\n]+=|,)/gu)].map(([, name]) => normalName(name as string))
  return new Set(/\bsetattr\b|\bmodules\b|__dict__|\bexec\b/.test(source) ? [...names, '*'] : names)
}

function whenOf(blocks: readonly Block[]): Import['when'] {
  if (blocks.some((block) => block.kind === 'typing')) return 'never'
  if (blocks.some((block) => block.kind === 'try')) return 'tried'
  return blocks.every((block) => block.kind === 'class') ? 'always' : 'sometimes'
}

function blockKind(text: string): Block['kind'] | undefined {
  if (!text.endsWith(':')) return undefined
  if (/^(?:async\s+)?def\b/.test(text)) return 'function'
  if (/^class\b/.test(text)) return 'class'
  if (/^if\b.*\bTYPE_CHECKING\b/.test(text)) return 'typing'
  if (/^(?:try|except|finally|(?:async\s+)?with)\b/.test(text)) return 'try'
  return /^(?:if|elif|else|for|while|async\s+for|match|case)\b/.test(text) ? 'condition' : undefined
}

function importsOf(statement: string): Omit<Import, 'line' | 'when'>[] {
  const from = /^from\s+(\.*)\s*([\p{ID_Continue}.]*)\s+import\s+\(?(.*?)\)?$/u.exec(statement) ?? /^from\s+(\.+)\s*()import\s+\(?(.*?)\)?$/.exec(statement)
  if (from !== null) {
    const names = (from[3] as string).split(',').map((name) => normalName(name.trim().split(/\s+/)[0] ?? '')).filter((name) => name !== '')
    return [{ level: (from[1] as string).length, module: normalName(from[2] as string), names }]
  }
  const plain = /^import\s+(.*)$/.exec(statement)
  return plain === null ? [] : (plain[1] as string).split(',').map((part) => ({ level: 0, module: normalName(part.trim().split(/\s+/)[0] ?? ''), names: [] }))
}

interface LogicalLine {
  readonly text: string
  readonly indent: number
  readonly line: number
  readonly unfinished: boolean
}

const token = /(?:[rbuft]{0,3})("""|''')[\s\S]*?(?:(?<!\\)(?:\\\\)*\1|$(?![\s\S]))|[rbuft]{0,3}"(?:\\[\s\S]|[^"\\\n])*"?|[rbuft]{0,3}'(?:\\[\s\S]|[^'\\\n])*'?|#[^\n]*|\\\r?\n|[([{]|[)\]}]|\r?\n|[^\S\n]+|[^\s"'#\\([{)\]}]+|[\s\S]/gi

/** Statements' lines: strings and comments blanked, brackets and continuations joined. */
function logicalLines(source: string): LogicalLine[] {
  const lines: LogicalLine[] = []
  let [text, depth, line, start] = ['', 0, 1, 1]
  for (const [part] of source.replace(/^\uFEFF/, '').matchAll(token)) {
    if (text.trim() === '') start = line
    if (/^[([{]$/.test(part)) depth++
    if (/^[)\]}]$/.test(part)) depth = Math.max(0, depth - 1)
    const newline = /^\r?\n$/.test(part)
    if (newline && depth === 0) flush()
    else text += newline || part.startsWith('\\') ? ' ' : part.startsWith('#') ? '' : /^\w{0,3}["']/.test(part) ? '""' : part
    line += part.split('\n').length - 1
  }
  flush()
  return lines

  function flush(): void {
    if (text.trim() !== '') lines.push({ text: text.trim(), indent: (/^\s*/.exec(text)?.[0] ?? '').replaceAll('\t', '        ').length, line: start, unfinished: depth > 0 })
    text = ''
    depth = 0
  }
}
