import { isMethod, methods } from './methods.ts'

const word = `(?:${methods.join('|')})`
const between = String.raw`\s*(?:,|\||/|&|\+|;|\band\b|\bor\b)\s*`

const dash = 'The lines of the input need no dash.'
const target = 'A line of the input names no function; in the file a route has one.'

/** What other places put around a route: dashes of lists, quotes, colons, comments. */
export const lineHabits: readonly { readonly pattern: RegExp; readonly right: string; readonly why: string }[] = [
  { pattern: /\s+(?:#|\/\/)\s.*$/, right: '', why: 'Comments stand on lines of their own, which begin with #.' },
  { pattern: /^[-•]\s+/, right: '', why: dash },
  { pattern: /^(["'`])(.*)\1[,;]?$/, right: '$2', why: 'Routes stand without quotes.' },
  { pattern: /^[-•]\s+/, right: '', why: dash },
  { pattern: /(?<=\s\/\S*)\s*(?:->|=>|:)\s+[\w-]+$/, right: '', why: target },
  { pattern: /[,;:]$/, right: '', why: 'Nothing stands behind the path.' },
  { pattern: /^[[(<]([A-Za-z*]+)[\])>](?=\s)/, right: '$1', why: 'The method stands without brackets.' },
  { pattern: /^([A-Za-z*]+):(?=\s)/, right: '$1', why: 'No colon stands behind the method.' },
]

/** Several routes in one line, each as it was probably meant. */
export interface SeveralRoutes {
  readonly routes: readonly string[]
  readonly why: string
}

/** Tells apart what is one route and what are several: methods with a comma or a bar between them, or lines that were joined. */
export function severalRoutes(text: string): SeveralRoutes | undefined {
  const lists = new RegExp(`^(${word}(?:${between}${word})+):?\\s+(/\\S*)$`, 'i').exec(text)
  if (lists !== null) {
    const names = (lists[1] ?? '').split(/[^A-Za-z]+/).map((name) => name.toUpperCase())
    const routes = names.filter(isMethod).map((method) => `${method} ${lists[2]}`)
    return { routes, why: 'A route has one method; ANY takes all of them.' }
  }
  const lines = text.split(new RegExp(`[,;]?\\s+(?=${word}\\s+/)`))
  if (lines.length < 2) return undefined
  return { routes: lines, why: 'A line holds one route. In YAML, | keeps the lines, and > joins them.' }
}
