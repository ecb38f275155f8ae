import type { ErrorText } from '../../errors.ts'
import type { Node } from '../node.ts'
import { methods } from './methods.ts'
import { parseRoute } from './parse.ts'
import { routeTarget, type RouteTarget } from './target.ts'

const beforeRoute = new RegExp(`\\s+(?=(?:${methods.join('|')})\\s*/)`, 'i')
const keyBehind = /^(.*?[^\s/])\s*(?:->|=>|:)\s*([A-Za-z0-9_-]+)$/

/** `GET /x: read` for `GET /x:read`, where no blank stands behind the colon; undefined for a text of another form. */
export function withoutBlank(text: string): string | undefined {
  return /:[A-Za-z0-9_-]+$/.test(text) ? entryOf(text, routeTarget([])) : undefined
}

/** `GET /x: read` for `/x: { get: read }`; undefined for a route of another form. */
export function methodsBelow(path: string, node: Node, keys: readonly string[]): string[] | undefined {
  if (!path.startsWith('/') || node.kind !== 'map' || node.entries.size === 0) return undefined
  const target = routeTarget(keys)
  const behind = (each: Node): string => (each.kind === 'scalar' && each.text !== '' ? `: ${each.text}` : '')
  const entries = [...node.entries].map(([method, entry]) => entryOf(`${method.toUpperCase()} ${path}${behind(entry.node)}`, target))
  const known = entries.filter((each) => each !== undefined)
  return known.length === entries.length ? known : undefined
}

/** What to write in place of routes that are a list or a text, as an input has them and as other tools write them. */
export function otherShape(node: Node, keys: readonly string[]): Pick<ErrorText, 'why' | 'cure'> {
  const target = routeTarget(keys)
  const entries = written(node, target)
  if (entries.length === 0 || entries.includes(undefined)) {
    return { cure: `Write one line for each route, such as GET /events: ${target.key}${target.hint}.` }
  }
  const isList = node.kind === 'list'
  const why = isList ? 'It is a list; in the file a route is the key of a map, without a dash, and a function stands behind it.'
    : 'It is a text; YAML takes a colon for the end of a key only where a blank follows, and a function stands behind each route.'
  return { why, cure: linesToWrite(entries, target) }
}

/** The lines as a cure tells to write them. */
export function linesToWrite(entries: readonly (string | undefined)[], { key, hint }: RouteTarget): string {
  const isOpen = entries.some((each) => each?.endsWith(`: ${key}`) === true)
  return `Write each on a line of its own${isOpen ? hint : ''}: ${entries.join(' · ')}`
}

/** Each route as the file takes it; undefined for what is none. */
function written(node: Node, target: RouteTarget): (string | undefined)[] {
  if (node.kind === 'list') {
    return node.items.flatMap((item) => (item.kind === 'scalar' ? [entryOf(item.text, target)] : entriesOf(item, target)))
  }
  const lines = node.kind === 'scalar' ? node.text.split('\n').flatMap((line) => line.trim().split(beforeRoute)) : []
  return lines.filter(Boolean).map((line) => entryOf(line, target))
}

/** `{ GET /x: read }` of a list, or `{ method: get, path: /x, function: read }` of another tool. */
function entriesOf(node: Node, open: RouteTarget): (string | undefined)[] {
  if (node.kind !== 'map') return [undefined]
  const texts = new Map([...node.entries].map(([name, entry]) => [name, entry.node.kind === 'scalar' ? entry.node.text : '']))
  const [method, path] = ['method', 'path'].map((name) => texts.get(name))
  const entries: (readonly [string, string])[] = path === undefined ? [...texts]
    : [[`${(method ?? 'ANY').toUpperCase()} ${path}`, texts.get('function') ?? '']]
  return entries.map(([route, target]) => entryOf(target === '' ? route : `${route}: ${target}`, open))
}

function entryOf(text: string, open: RouteTarget): string | undefined {
  const [, route = text, target = open.key] = keyBehind.exec(text) ?? []
  // A single word is no route that was spelt otherwise.
  if (!/[\s/]/.test(route.trim())) return undefined
  const parsed = parseRoute(route)
  const spelling = 'method' in parsed ? `${parsed.method} ${parsed.path}` : parsed.right.length === 1 ? parsed.right[0] : undefined
  return spelling === undefined ? undefined : `${spelling}: ${target}`
}
