import type { StatusRange } from '../../service/smoke/smoke-test.ts'
import { text } from '../kinds/basic.ts'
import type { Context, Kind } from '../kinds/kind.ts'
import { reject } from '../kinds/kind.ts'
import type { Node } from '../node.ts'

export const statusWords = 'a status such as 200, a range such as 200-299, or a list of them'

/** For editors. */
export const statusSchema: Kind<unknown>['schema'] = { anyOf: [{ type: 'integer', minimum: 100, maximum: 599 }, { type: 'string' }] }

/** The statuses that a text lists, such as `200, 300-399`; undefined where it is no such list. */
export function parseStatus(written: string): readonly StatusRange[] | undefined {
  const ranges = written.split(',').map((part) => {
    const [, from, to = from] = /^\s*([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?\s*$/.exec(part) ?? []
    return from === undefined ? undefined : { from: Number(from), to: Number(to) }
  })
  const known = ranges.filter((range) => range !== undefined)
  return known.length === ranges.length && known.every(({ from, to }) => from <= to) ? known : undefined
}

/** A number, a text or a list of both; undefined after a complaint. */
export function readStatus(node: Node, context: Context): readonly StatusRange[] | undefined {
  const nodes = node.kind === 'list' && node.items.length > 0 ? node.items : [node]
  const ranges = nodes.map((each) => {
    const found = each.kind === 'scalar' ? parseStatus(each.text) : undefined
    return found ?? reject(each, context, { is: `is not ${statusWords}`, cure: 'Write it like 200, 200-299 or [200, 404].' })
  })
  const known = ranges.filter((each) => each !== undefined)
  return known.length === ranges.length ? known.flat() : undefined
}

/** A part of an answer, or between slashes a pattern of JavaScript. */
export function readText(node: Node, context: Context): { readonly text: string } | { readonly pattern: RegExp } | undefined {
  const value = text({ words: 'a part of the answer, or a pattern between slashes', example: '"hello" or /^hello/i' }).read(node, context)
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(value ?? '') ?? []
  if (value === undefined || source === undefined) return value === undefined ? undefined : { text: value }
  try {
    if (/[^imsu]/.test(flags ?? '')) throw new SyntaxError('its flags may be i, m, s and u')
    return { pattern: new RegExp(source, flags) }
  } catch (error) {
    const why = error instanceof Error ? `${error.message}.` : undefined
    const cure = 'Write it like /^hello/i; a text without slashes is looked for as it is.'
    return reject(node, context, { is: 'is no pattern', why, cure })
  }
}
