import type { SyntaxNode } from '@lezer/common'

/** What a statement gives a value to: plain names, and the last names of `a.b`. */
export interface BoundNames {
  readonly names: readonly string[]
  readonly attributes: readonly string[]
}

/** What an import statement asks for. */
export interface ImportedModule {
  /** Dots before the name. */
  readonly level: number
  /** `a.b` of `import a.b` or `from a.b import c`; empty for `from . import c`. */
  readonly module: string
  /** What `from` takes; empty for `import`. */
  readonly names: readonly string[]
}

/** Python compares names in this form (https://docs.python.org/3/reference/lexical_analysis.html#identifiers). */
export function normalName(written: string): string {
  return written.normalize('NFKC')
}

/** The modules that an import statement needs, and the names that it binds. */
export function importsOf(statement: string): { readonly imports: readonly ImportedModule[], readonly binds: readonly string[] } {
  const plain = statement.replace(/#[^\n]*/g, '').replace(/(?:\\\n|\s)+/g, ' ').trim()
  const from = /^from ?(\.[. ]*|(?= ))([^.].*?)?\bimport\b ?\(?(.*?)\)?$/.exec(plain)
  if (from === null) {
    const wanted = listed(plain.replace(/^import /, ''))
    return {
      imports: wanted.map(({ name }) => ({ level: 0, module: normalName(name), names: [] })),
      binds: wanted.map(({ name, as }) => as ?? name.split('.', 1)[0] ?? ''),
    }
  }
  const [, dots = '', module = '', list = ''] = from
  const taken = listed(list)
  const found = {
    level: dots.replaceAll(' ', '').length, module: normalName(module.replaceAll(' ', '')),
    names: taken.map(({ name }) => normalName(name)),
  }
  return { imports: [found], binds: taken.map(({ name, as }) => as ?? name) }
}

function listed(text: string): { readonly name: string, readonly as: string | undefined }[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '').map((part) => {
    const [name = '', as] = part.split(/ as /)
    return { name: name.replaceAll(' ', ''), as: as?.trim() }
  })
}

/** What a `:=` binds; in the head of a `with`, whose `as` the parser is shown as one, that is what stands behind it. */
export function boundByWalrus(operator: SyntaxNode, text: string): BoundNames {
  const found = { names: [] as string[], attributes: [] as string[] }
  const [left, right] = [operator.prevSibling, operator.nextSibling]
  if (left?.name === 'VariableName') collect(left, text, found)
  if (right !== null && isInHead(operator)) collect(right, text, found)
  return found
}

function isInHead(node: SyntaxNode): boolean {
  let parent = node.parent
  while (parent !== null && /^(?:Named|Tuple|Parenthesized)Expression$/.test(parent.name)) parent = parent.parent
  return parent?.name === 'WithStatement'
}

/** What an assignment, a loop, an `as` or a pattern binds. */
export function targetsOf(statement: SyntaxNode, text: string): BoundNames {
  const found = { names: [] as string[], attributes: [] as string[] }
  for (const target of targetNodes(statement)) collect(target, text, found)
  return found
}

function targetNodes(statement: SyntaxNode): SyntaxNode[] {
  const children = childrenOf(statement)
  const indexOf = (name: string): number => children.findIndex((child) => child.name === name)
  switch (statement.name) {
    // All but what stands behind the last `=`; a bare annotation (`a: int`) binds nothing.
    case 'AssignStatement': return children.slice(0, Math.max(0, children.findLastIndex((child) => child.name === 'AssignOp')))
    case 'ForStatement': return children.slice(indexOf('for') + 1, indexOf('in'))
    case 'CapturePattern': return children
    default: return children.filter((_child, index) => children[index - 1]?.name === 'as')
  }
}

function collect(node: SyntaxNode, text: string, into: { readonly names: string[], readonly attributes: string[] }): void {
  if (node.name === 'VariableName') into.names.push(text.slice(node.from, node.to))
  else if (node.name === 'MemberExpression') {
    const last = node.lastChild
    if (last?.name === 'PropertyName') into.attributes.push(text.slice(last.from, last.to))
  } else if (/^(?:Tuple|Array|Parenthesized)Expression$/.test(node.name)) for (const child of childrenOf(node)) collect(child, text, into)
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child)
  return children
}
