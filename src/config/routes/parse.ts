import { nearest } from '../../suggest.ts'
import { lineHabits, severalRoutes } from './line-habits.ts'
import { isMethod, methods } from './methods.ts'

/** Letters, digits and `_ - . , :` (API Gateway developer guide, "important notes"); `$` is taken too (validation of the AWS CDK). */
const literalPart = /^[A-Za-z0-9_\-.,:$]+$/
const variablePart = /^\{[A-Za-z0-9._-]+\+?\}$/

export interface ParsedRoute {
  readonly method: string
  readonly path: string
}

/** Why a text is no route. */
export interface BadRoute {
  readonly why: string
  /** The routes that were probably meant, each of them right; empty where that cannot be told. */
  readonly right: readonly string[]
}

/** A text as it was probably meant, and every habit of another tool that it shows. */
interface Spelling<T> {
  readonly meant: T
  readonly whys: readonly string[]
}

/** `METHOD /path`, or what is wrong with the text. */
export function parseRoute(text: string): ParsedRoute | BadRoute {
  const line = lineMeant(text)
  const several = severalRoutes(line.meant)
  if (several !== undefined) return badRoute([...line.whys, several.why].join(' '), several.routes.map(routeMeant))
  const route = routeMeant(line.meant)
  const whys = [...line.whys, ...route.whys]
  if (whys.length === 0 && 'method' in route.meant && text === written(route.meant)) return route.meant
  if ('why' in route.meant) return badRoute(route.meant.why, [])
  return badRoute(whys.join(' ') || 'Method and path are separated by one space.', [route])
}

/** Offers a spelling only where it is a route itself: a cure that is refused in turn would be none. */
function badRoute(why: string, meant: readonly Spelling<ParsedRoute | { readonly why: string }>[]): BadRoute {
  const routes = meant.flatMap((each) => ('method' in each.meant ? [written(each.meant)] : []))
  const isWhole = routes.length === meant.length && routes.every((each) => 'method' in parseRoute(each))
  return { why, right: isWhole ? [...new Set(routes)] : [] }
}

function written({ method, path }: ParsedRoute): string {
  return `${method} ${path}`
}

/** One route, in its right spelling; a `why` in place of it where nobody can tell what was meant. */
function routeMeant(text: string): Spelling<ParsedRoute | { readonly why: string }> {
  const words = splitWords(text)
  const path = pathMeant(words?.path ?? text)
  const bad = badPart(path.meant)
  if (bad !== undefined) return { meant: { why: bad }, whys: path.whys }
  if (words === undefined) return { meant: { method: 'GET', path: path.meant }, whys: ['It has no method.'] }
  const method = methodMeant(words.method)
  if (method === undefined) return { meant: { why: `${words.method} is no method; there are ${methods.join(', ')}.` }, whys: [] }
  const whys = [...(method === words.method ? [] : [`The method is written ${method}.`]), ...path.whys]
  return { meant: { method, path: path.meant }, whys }
}

function splitWords(text: string): { readonly method: string; readonly path: string } | undefined {
  const usual = /^([A-Za-z*]+)(?:\s+|(?=\/))(.*)$/.exec(text)
  if (usual !== null) return usual[2] === '' ? undefined : { method: usual[1] ?? '', path: usual[2] ?? '' }
  const reversed = /^(\/\S*)\s+([A-Za-z*]+)$/.exec(text)
  return reversed === null ? undefined : { method: reversed[2] ?? '', path: reversed[1] ?? '' }
}

function methodMeant(word: string): string | undefined {
  const upper = word.toUpperCase()
  if (upper === '*' || upper === 'ALL') return 'ANY'
  return isMethod(upper) ? upper : nearest(upper, methods)
}

/** Takes one habit after another back. */
function without(habits: typeof pathHabits, text: string): Spelling<string> {
  const whys = new Set<string>()
  let meant = text.trim()
  for (const { pattern, right, why } of habits) {
    const next = meant.replace(pattern, right)
    if (next !== meant) whys.add(why)
    meant = next
  }
  return { meant, whys: [...whys] }
}

function lineMeant(text: string): Spelling<string> {
  return without(lineHabits, text)
}

function pathMeant(text: string): Spelling<string> {
  return without(pathHabits, text)
}

const named = 'Variables are written {name}.'
const theRest = 'A variable for the rest of the path is written {name+}.'

/** Each habit of another framework that a path may show, with how it is written here. */
const pathHabits: readonly { readonly pattern: RegExp; readonly right: string; readonly why: string }[] = [
  { pattern: /^https?:\/\/[^/]*/, right: '', why: 'A route is a path, not a whole URL.' },
  { pattern: /[?#].*$/, right: '', why: 'Query strings and fragments are not part of a route.' },
  { pattern: /^(?!\/)/, right: '/', why: 'A path starts with a slash.' },
  { pattern: /\/{2,}/g, right: '/', why: 'Slashes stand alone.' },
  { pattern: /(?<=.)\/$/, right: '', why: 'A path has no slash at its end; API Gateway answers the request with one, too.' },
  { pattern: /<path:(\w+)>/g, right: '{$1+}', why: theRest },
  { pattern: /<(?:\w+:)?(\w+)>/g, right: '{$1}', why: named },
  { pattern: /(?<=\/):(\w+)(?:\?|\(.*\))?(?=\/|$)/g, right: '{$1}', why: named },
  { pattern: /\[\.\.\.(\w+)\]/g, right: '{$1+}', why: theRest },
  { pattern: /\[(\w+)\]/g, right: '{$1}', why: named },
  { pattern: /\{(\w+):path\}|\{(\w+)\*\}|\{\.\.\.(\w+)\}/g, right: '{$1$2$3+}', why: theRest },
  { pattern: /\{(\w+):[^/}]*\}/g, right: '{$1}', why: 'Variables have no type.' },
  { pattern: /(?<=\/)\*+$/, right: '{proxy+}', why: 'The rest of the path is written {proxy+}.' },
]

const taken = 'letters, digits and _ - . , : $ are allowed.'

function badPart(path: string): string | undefined {
  const parts = path === '/' ? [] : path.slice(1).split('/')
  for (const [index, part] of parts.entries()) {
    if (variablePart.test(part)) {
      if (part.endsWith('+}') && index < parts.length - 1) return `Nothing can follow ${part}, which takes the rest of the path.`
      continue
    }
    if (/[{}]/.test(part)) return `"${part}" mixes a variable with text: a part of a path is either text or one {name}, whole.`
    if (!literalPart.test(part)) return `"${part}" has a character that API Gateway does not take: ${taken}`
  }
  return undefined
}
