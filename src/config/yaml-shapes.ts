import type { ErrorText } from '../errors.ts'

/** A mistake in how lines stand to each other; the line counts from 1. */
export interface ShapeMistake extends Pick<ErrorText, 'what' | 'why' | 'cure'> {
  readonly line: number
}

const entry = /^ *([\w$/{}+. -]*?[\w/}])\s*:(?:\s|$)/

/**
 * What is wrong with the form of a file at a line at which YAML gave up: it looks at the lines there as somebody wrote them, because what
 * YAML says of them is about its own grammar. Undefined where they show nothing.
 */
export function shapeMistake(text: string, at: number): ShapeMistake | undefined {
  const lines = text.split('\n').map((line) => (/^\s*(#|$)/.test(line) ? '' : line.trimEnd()))
  // YAML gives up at a comment, too; what it stumbled over stands above.
  const line = lines[at - 1] === '' ? nearby(lines, at, -1)[0] : at
  const [own = '', [, next]] = [lines[line - 1], nearby(lines, line, 1)]
  const ofLines = dashAmongKeys(lines, line) ?? deeper(lines, line) ?? beside(lines, line)
  return ofLines ?? open(lines) ?? withoutColon(own, line) ?? withoutColon(next, line + 1)
}

/** `- GET /x` beside `GET /y: read`. */
function dashAmongKeys(lines: readonly string[], at: number): ShapeMistake | undefined {
  const numbers = [at, nearby(lines, at, 1)[0], nearby(lines, at, -1)[0]].filter((number) => (lines[number - 1] ?? '') !== '')
  const dashed = numbers.find((number) => /^ *- /.test(lines[number - 1] ?? ''))
  const isKeyed = (line: string): boolean => entry.test(line) && !/^ *- /.test(line)
  const keyed = numbers.find((number) => number !== dashed && isKeyed(lines[number - 1] ?? ''))
  if (dashed === undefined || keyed === undefined || indent(lines[dashed - 1]) < indent(lines[keyed - 1])) return undefined
  const what = 'a line with a dash stands among lines of the form key: value.'
  return { line: dashed, what, cure: 'Write it as the lines beside it, without the dash.' }
}

/** A line that is indented deeper than the one above, which has a value already. */
function deeper(lines: readonly string[], at: number): ShapeMistake | undefined {
  const [number, next] = nearby(lines, at, 1)
  const own = lines[at - 1] ?? ''
  const key = entry.exec(next)?.[1]
  if (key === undefined || !/:\s+\S/.test(own) || indent(next) <= indent(own)) return undefined
  const why = 'The line above has a value already, so that nothing can stand below it.'
  const cure = `Write ${key} below the start of the line above: ${spaces(indent(own))}.`
  return { line: number, what: `the line of ${key} is indented too deep.`, why, cure }
}

/** A line whose start lies between those of the lines around it. */
function beside(lines: readonly string[], at: number): ShapeMistake | undefined {
  const own = lines[at - 1] ?? ''
  const above = lines.slice(0, at - 1).filter((line) => line !== '').map(indent)
  const key = entry.exec(own)?.[1]
  const [before = 0] = above.slice(-1)
  if (key === undefined || above.includes(indent(own)) || indent(own) >= before) return undefined
  const why = 'It begins where no other line does, so that it belongs to none of them.'
  const what = `the line of ${key} is indented otherwise than those beside it.`
  return { line: at, what, why, cure: `Write it as the line above: ${spaces(before)}.` }
}

/** A quote, brace or bracket that is never closed. */
function open(lines: readonly string[]): ShapeMistake | undefined {
  for (const [index, line] of lines.entries()) {
    const plain = line.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '""').replace(/(^|\s)#.*$/, '')
    const quote = /:\s*(["'])[^"']*$/.exec(plain)?.[1]
    const number = index + 1
    const closed = `Close it with ${quote} at the end of its text.`
    if (quote !== undefined) return { line: number, what: `a ${quote} is opened and not closed.`, cure: closed }
    const [pair] = ['{}', '[]'].filter(([left = '', right = '']) => plain.split(left).length > plain.split(right).length)
    const isClosedBelow = lines.slice(index + 1).some((rest) => rest.trimStart().startsWith(pair?.[1] ?? ''))
    if (pair === undefined || isClosedBelow) continue
    const why = line.includes('#') && plain !== line ? 'A # behind a blank begins a comment: text with # in it needs quotes.' : undefined
    const quoted = why === undefined ? '' : ', and write what begins with # in quotes'
    return { line: number, what: `a ${pair[0]} is opened and not closed.`, why, cure: `Close it with ${pair[1]}${quoted}.` }
  }
  return undefined
}

/** `service = shop` and `service shop`. */
function withoutColon(line: string, number: number): ShapeMistake | undefined {
  const [, key, value] = /^ *([a-z][a-z-]*)(?:\s*=\s*|\s+)([\w./-]+)$/.exec(line) ?? []
  if (key === undefined) return undefined
  return { line: number, what: 'a line has no colon between its key and its value.', cure: `Write ${key}: ${value}.` }
}

/** The next line with something in it, forwards or backwards, and its number. */
function nearby(lines: readonly string[], at: number, step: 1 | -1): readonly [number, string] {
  let number = at + step
  while (number >= 1 && number <= lines.length && lines[number - 1] === '') number += step
  return [number, lines[number - 1] ?? '']
}

const indent = (line = ''): number => line.length - line.trimStart().length
const spaces = (number: number): string => `${number === 0 ? 'no blank' : number === 1 ? 'one blank' : `${number} blanks`} before it`
