import type { Tree } from '@lezer/common'
import { parser } from '@lezer/python'
import { lineCounter } from './lines.ts'

/** Python text as a tree. */
export interface PythonTree {
  /** Nothing where a place cannot be read: what would be made of the rest is a guess. */
  readonly tree: Tree | undefined
  /** What the tree's positions count in: the file's text with the same lines, not always with the same columns. */
  readonly text: string
  /** The line of a position, from 1. */
  readonly lineOf: (position: number) => number
  /** Lines with an import that waits for its first use (PEP 810). */
  readonly lazyLines: ReadonlySet<number>
  readonly unread?: Unread
}

/** The first place that cannot be read. */
export interface Unread {
  /** From 1. */
  readonly line: number
  /** The parser gave up at an expression of very many terms, which Python may well read. */
  readonly isLong: boolean
}

/** Stops at the first mistake: what follows is never used, and guessing at it takes long. */
const strict = parser.configure({ strict: true })

/**
 * Syntax of today's Python that the grammar of @lezer/python 1.1.19 does not have, each written as something that it has and that means
 * the same for imports and names. Strings may be changed inside, which nobody reads; no line may come or go.
 */
const rewritings: readonly (readonly [RegExp, string])[] = [
  // `yield` alone, and numbers that end in a dot.
  [/\byield\b(?=[ \t]*(?:[)\]},;:=!#\n]|$))/g, 'yield 0'],
  [/(?<![\w.])(\d[\d_]*)\.(?=[eEjJ][-+\d]|[jJ]?(?![\w.]))/g, '$1.0'],
  // Stars in subscripts, in annotations and in what a loop takes or walks through (PEP 646).
  [/([[,]\s*)\*(?=[ \t]*[\p{ID_Start}_([])/gu, '$1 '],
  [/((?:[:=]|\b(?:for|in)\b)[ \t]*)\*(?=[ \t]*[\p{ID_Start}_([])/gu, '$1 '],
  // `match a, b:`, `match f() if x else y:`; empty patterns; several exceptions without brackets (PEP 758).
  [/^([ \t]*)match[ \t]+([^\n]+):[ \t]*(?:#[^\n]*)?(?=(?:\n[ \t]*(?:#[^\n]*)?)*\n[ \t]+case\b)/gm, '$1match ($2):'],
  [/^([ \t]*except\*?[ \t]+)([\p{ID_Continue}. \t]+,[\p{ID_Continue}., \t]+):/gmu, '$1($2):'],
  // Defaults of type parameters (PEP 696), and lambdas with parameters by place alone.
  [/^([ \t]*(?:async[ \t]+def|def|class|type)[ \t]+[\p{ID_Continue}]+[ \t]*)\[(?:[^[\]\n]|\[[^[\]\n]*\])*\]/gmu, '$1'],
  [/(\blambda\b[^:\n]{0,500}?),[ \t]*(?:\/[ \t]*(?=[,:])|(?=:))/g, '$1'],
  // What a raw f-string may hold before a doubled brace.
  [/\\(?=\{\{|\}\})/g, '_'],
  // A line that goes on into an empty one.
  [/\\(?=\n[ \t]*\n)/g, ' '],
  // Template strings (PEP 750).
  [/(?<![\p{ID_Continue}])(?:[tT]|([rR])[tT]|[tT]([rR]))(?=["'])/gu, 'f$1$2'],
]
const caseLine = /^[ \t]*case\b[^\n]*$/gm
const decoratorLine = /^([ \t]*)@[^\n]*$/gm
const lazyImport = /^([ \t]*)lazy[ \t]+(?=(?:import|from)[ \t])/gm
const withHead = /^[ \t]*(?:async[ \t]+)?with\b/gm
const headToken = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*|\bas\b|[([{]|[)\]}]|:|\n/g

/** Reads Python source of any minor into a tree. */
export function parsePython(source: string): PythonTree {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const first = treeOf(text)
  if (first.unread === undefined) return first
  const lazyLines = new Set([...text.matchAll(lazyImport)].map(({ index }) => first.lineOf(index)))
  return { ...treeOf(rewritten(text)), lazyLines }
}

function treeOf(text: string): PythonTree {
  const lineOf = lineCounter(text)
  const read = parsed(text)
  if (typeof read !== 'number') return { tree: read, text, lineOf, lazyLines: new Set() }
  return { tree: undefined, text, lineOf, lazyLines: new Set(), unread: { line: lineOf(read), isLong: isLong(text, read) } }
}

/** The tree, or the position of what is no Python 3; `print x` is Python 2's. */
function parsed(text: string): Tree | number {
  let tree: Tree
  try {
    tree = strict.parse(text)
  } catch (error) {
    const position = /^No parse at (\d+)/.exec((error as Error).message)?.[1]
    if (position === undefined) throw error
    return Number(position)
  }
  return mistakeIn(tree, text) ?? tree
}

/** What the grammar takes and Python 3 does not: `print x`, and a line whose indent is none of the block's that it stands in. */
function mistakeIn(tree: Tree, text: string): number | undefined {
  const indents: (string | undefined)[] = ['']
  let mistake: number | undefined
  tree.iterate({
    enter: (node) => {
      if (node.name === 'Body') indents.push(undefined)
      const indent = node.type.is('Statement') ? indentBefore(text, node.from) : undefined
      if (indent === undefined) return
      const expected = indents.at(-1) ?? columns(indent)
      indents[indents.length - 1] = expected
      if (node.name === 'PrintStatement' || columns(indent) !== expected) mistake ??= node.from
    },
    leave: (node) => { if (node.name === 'Body') indents.pop() },
  })
  return mistake
}

/** What stands before the first word of a line; nothing where other words do. */
function indentBefore(text: string, position: number): string | undefined {
  let start = position
  while (start > 0 && /[ \t\f]/.test(text[start - 1] as string)) start--
  return start === 0 || text[start - 1] === '\n' ? text.slice(start, position) : undefined
}

/** As many spaces as Python counts; a form feed begins anew. */
function columns(indent: string): string {
  return indent.slice(indent.lastIndexOf('\f') + 1).replace(/ {0,7}\t/g, '        ')
}

/** @lezer/lr cuts chains of more than 300 operators, so that deep trees cost no time (`bigReductionCount` in its parse.ts). */
const longChain = 290
const chainReach = 6000

function isLong(text: string, position: number): boolean {
  return (text.slice(Math.max(0, position - chainReach), position).match(/[-+*/%&|^]|\b(?:and|or)\b/g)?.length ?? 0) >= longChain
}

function rewritten(text: string): string {
  const named = rewritings.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
  // A decorator may be any expression (PEP 614); one that goes on in the next line is left alone.
  const decorated = named.replace(decoratorLine, (line, indent: string) => depthOf(line) === 0 ? `${indent}@x` : line)
  return withHeads(withoutEmptyPatterns(decorated.replace(lazyImport, '$1')))
}

/** `case Point():`, also over several lines; where a pair of brackets is none of a pattern, one name more inside says nothing new. */
function withoutEmptyPatterns(text: string): string {
  if (text.search(caseLine) === -1) return text
  return text.replace(/\([ \t]*\)/g, '(_)').replace(caseLine, (line) => line.replace(/\[[ \t]*\]/g, '[_]').replace(/\{[ \t]*\}/g, '{1: _}'))
}

function depthOf(line: string): number {
  return (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0)
}

/** `with (a as b, c as d.e):`: what stands around an `as` is written as both sides of a `:=`, and the whole head in brackets. */
function withHeads(text: string): string {
  let [result, done] = ['', 0]
  for (const { index, 0: word } of text.matchAll(withHead)) {
    if (index < done) continue
    const start = index + word.length
    const head = headFrom(text, start)
    if (head === undefined) continue
    result += `${text.slice(done, start)} (${head.text})`
    done = head.end
  }
  return result + text.slice(done)
}

/** Characters that the head of a `with` is looked for in: one that never closes would be walked to the end of the file. */
const headReach = 2000

/** The head of a `with` up to its colon, where it holds an `as`. */
function headFrom(text: string, start: number): { readonly text: string, readonly end: number } | undefined {
  const pattern = new RegExp(headToken)
  let [depth, found, copied, written] = [0, false, start, '']
  pattern.lastIndex = start
  for (let match = pattern.exec(text); match !== null && match.index - start < headReach; match = pattern.exec(text)) {
    const [token] = match
    if (/^[([{]$/.test(token)) depth++
    else if (/^[)\]}]$/.test(token)) depth--
    else if (token === 'as' && depth <= 1) {
      written += `${text.slice(copied, match.index)}:=`
      copied = pattern.lastIndex
      found = true
    } else if (depth === 0 && token === ':') return found ? {
      text: written + text.slice(copied, match.index), end: match.index,
    } : undefined
    else if (depth <= 0 && token === '\n' && text[match.index - 1] !== '\\') return undefined
  }
  return undefined
}
