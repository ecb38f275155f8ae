import jsTokens from 'js-tokens'

/**
 * JavaScript as its own code alone: comments and what strings, templates and regular expressions hold are blanks, quotes, lines and places stay.
 * Undefined where the tokenizer cannot read it: then nothing may be said of it.
 */
export function bareCode(source: string): string | undefined {
  const parts: string[] = []
  let [at, kept] = [0, 0]
  for (const token of jsTokens(source)) {
    if (token.type === 'Invalid' || ('closed' in token && !token.closed)) return undefined
    const edges = blanked.get(token.type)
    if (edges !== undefined) {
      const [from, to] = [at + edges[0], at + token.value.length - edges[1]]
      parts.push(source.slice(kept, from), blank(source.slice(from, to)))
      kept = to
    }
    at += token.value.length
  }
  return parts.join('') + source.slice(kept)
}

/** What becomes blank, and how many signs of it stay before and behind: quotes and the braces of templates. */
const blanked: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['StringLiteral', [1, 1]], ['NoSubstitutionTemplate', [1, 1]], ['TemplateHead', [1, 2]], ['TemplateMiddle', [1, 2]], ['TemplateTail', [1, 1]],
  ['RegularExpressionLiteral', [1, 0]], ['MultiLineComment', [0, 0]], ['SingleLineComment', [0, 0]], ['HashbangComment', [0, 0]],
] as const)

function blank(text: string): string {
  return text.includes('\n') ? text.replace(/[^\n]/g, ' ') : ' '.repeat(text.length)
}

/**
 * How Node loads a file: .mjs and .cjs decide by themselves, .js and .ts by the nearest package.json. Where that says nothing, Node takes a
 * file as CommonJS, and from 22.7 on as an ES module where only that can be (https://nodejs.org/api/packages.html#syntax-detection).
 */
export function moduleKind(file: string, read: (path: string) => string | undefined): 'module' | 'commonjs' | 'unsaid' {
  if (/\.m[jt]s$/.test(file)) return 'module'
  if (/\.c[jt]s$/.test(file)) return 'commonjs'
  const folders = file.split('/').slice(0, -1)
  for (let depth = folders.length; depth >= 0; depth--) {
    const manifest = read([...folders.slice(0, depth), 'package.json'].join('/'))
    if (manifest !== undefined) return (/"type"\s*:\s*"(module|commonjs)"/.exec(manifest)?.[1] as 'module' | 'commonjs' | undefined) ?? 'unsaid'
  }
  return 'unsaid'
}
