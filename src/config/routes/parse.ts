import { nearest } from '../../suggest.ts'

/** Recorded from AWS for a bad one: "Invalid HttpMethod specified. Valid options are …". */
export const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'] as const

/** Letters, digits and `_ - . , :` (API Gateway developer guide, "important notes"); `$` is taken too (validation of the AWS CDK). */
const literalPart = /^[A-Za-z0-9_\-.,:$]+$/
const variablePart = /^\{[A-Za-z0-9._-]+\+?\}$/

export interface ParsedRoute {
  readonly method: string
  readonly path: string
}

/** Why a text is no route. `right` is what was probably meant, where that can be told. */
export interface BadRoute {
  readonly why: string
  readonly right?: string
}

/** `METHOD /path`, or what is wrong with the text. */
export function parseRoute(text: string): ParsedRoute | BadRoute {
  const words = splitWords(text)
  if (words === undefined) return { why: 'It has no method.', right: `GET ${mendPath(text).path}` }
  const method = mendMethod(words.method)
  const path = mendPath(words.path)
  if (method === undefined) return { why: `${words.method} is no method; there are ${methods.join(', ')}.` }
  const bad = badPart(path.path)
  if (bad !== undefined) return { why: bad }
  const whys = [...(method === words.method ? [] : [`The method is written ${method}.`]), ...path.whys]
  if (whys.length === 0 && text === `${method} ${path.path}`) return { method, path: path.path }
  return { why: whys.join(' ') || 'Method and path are separated by one space.', right: `${method} ${path.path}` }
}

function splitWords(text: string): { readonly method: string; readonly path: string } | undefined {
  const usual = /^([A-Za-z*]+)(?:\s+|(?=\/))(.*)$/.exec(text)
  if (usual !== null) return usual[2] === '' ? undefined : { method: usual[1] ?? '', path: usual[2] ?? '' }
  const reversed = /^(\/\S*)\s+([A-Za-z*]+)$/.exec(text)
  return reversed === null ? undefined : { method: reversed[2] ?? '', path: reversed[1] ?? '' }
}

function mendMethod(word: string): string | undefined {
  const upper = word.toUpperCase()
  if (upper === '*' || upper === 'ALL') return 'ANY'
  return methods.find((method) => method === upper) ?? nearest(upper, methods)
}

/** Each habit of another framework that a path may show, with how it is written here. */
const habits: readonly { readonly pattern: RegExp; readonly right: string; readonly why: string }[] = [
  { pattern: /^https?:\/\/[^/]*/, right: '', why: 'A route is a path, not a whole URL.' },
  { pattern: /[?#].*$/, right: '', why: 'Query strings and fragments are not part of a route.' },
  { pattern: /^(?!\/)/, right: '/', why: 'A path starts with a slash.' },
  { pattern: /\/{2,}/g, right: '/', why: 'Slashes stand alone.' },
  { pattern: /(?<=.)\/$/, right: '', why: 'A path has no slash at its end; API Gateway answers the request with one, too.' },
  { pattern: /<path:(\w+)>/g, right: '{$1+}', why: 'A variable for the rest of the path is written {name+}.' },
  { pattern: /<(?:\w+:)?(\w+)>/g, right: '{$1}', why: 'Variables are written {name}.' },
  { pattern: /(?<=\/):(\w+)(?:\?|\(.*\))?(?=\/|$)/g, right: '{$1}', why: 'Variables are written {name}.' },
  { pattern: /\[\.\.\.(\w+)\]/g, right: '{$1+}', why: 'A variable for the rest of the path is written {name+}.' },
  { pattern: /\[(\w+)\]/g, right: '{$1}', why: 'Variables are written {name}.' },
  { pattern: /\{(\w+):path\}|\{(\w+)\*\}|\{\.\.\.(\w+)\}/g, right: '{$1$2$3+}', why: 'A variable for the rest of the path is written {name+}.' },
  { pattern: /\{(\w+):[^/}]*\}/g, right: '{$1}', why: 'Variables have no type.' },
  { pattern: /(?<=\/)\*+$/, right: '{proxy+}', why: 'The rest of the path is written {proxy+}.' },
]

function mendPath(path: string): { readonly path: string; readonly whys: readonly string[] } {
  const whys = new Set<string>()
  let mended = path.trim()
  for (const habit of habits) {
    const next = mended.replace(habit.pattern, habit.right)
    if (next !== mended) whys.add(habit.why)
    mended = next
  }
  return { path: mended, whys: [...whys] }
}

function badPart(path: string): string | undefined {
  const parts = path === '/' ? [] : path.slice(1).split('/')
  for (const [index, part] of parts.entries()) {
    if (variablePart.test(part)) {
      if (part.endsWith('+}') && index < parts.length - 1) return `Nothing can follow ${part}, which takes the rest of the path.`
      continue
    }
    if (/[{}]/.test(part)) return `"${part}" mixes a variable with text: a part of a path is either text or one {name}, whole.`
    if (!literalPart.test(part)) return `"${part}" has a character that API Gateway does not take: letters, digits and _ - . , : $ are allowed.`
  }
  return undefined
}
