import jsTokens from 'js-tokens'

/**
 * JavaScript as its own code alone: comments and what strings, templates and regular expressions hold are blanks, quotes, lines and places stay.
 * Undefined where the tokenizer cannot read it: then nothing may be said of it.
 */
export function bareCode(source: string): string | undefined {
  const parts: string[] = []
  for (const token of jsTokens(source)) {
    if (token.type === 'Invalid' || ('closed' in token && !token.closed)) return undefined
    parts.push(bare(token))
  }
  return parts.join('')
}

function bare({ type, value }: { readonly type: string, readonly value: string }): string {
  switch (type) {
    case 'StringLiteral': case 'NoSubstitutionTemplate': return `${value[0] ?? ''}${blank(value.slice(1, -1))}${value.at(-1) ?? ''}`
    case 'TemplateHead': return `\`${blank(value.slice(1, -2))}\${`
    case 'TemplateMiddle': return `}${blank(value.slice(1, -2))}\${`
    case 'TemplateTail': return `}${blank(value.slice(1, -1))}\``
    case 'RegularExpressionLiteral': return `/${blank(value.slice(1))}`
    case 'MultiLineComment': case 'SingleLineComment': case 'HashbangComment': return blank(value)
    default: return value
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

/** Whether Node loads a file as an ES module: .mjs and .cjs decide by themselves, .js and .ts by the nearest package.json. */
export function isEsModule(file: string, read: (path: string) => string | undefined): boolean {
  if (/\.m[jt]s$/.test(file)) return true
  if (/\.c[jt]s$/.test(file)) return false
  const folders = file.split('/').slice(0, -1)
  for (let depth = folders.length; depth >= 0; depth--) {
    const manifest = read([...folders.slice(0, depth), 'package.json'].join('/'))
    if (manifest !== undefined) return /"type"\s*:\s*"module"/.test(manifest)
  }
  return false
}
