/** A file as it stands, and its bare code (see node-source.ts), place by place the same. */
export interface NodeSource {
  readonly source: string
  readonly code: string
}

/** Undefined where exports are made at run time, or elsewhere: then any name may be among them. */
export type Exports = ReadonlySet<string> | undefined

const word = '[\\w$\\u0080-\\uffff]+'
const declared = new RegExp(`(?<![.\\w$])export\\s+(?:async\\s+)?(?:function\\s*\\*?|class|const|let|var)\\s*(${word})`, 'g')
const list = /(?<![.\w$])export\s*\{([^}]*)\}/g
/** Stars, names that are strings, patterns, and several names in one statement: what only a parser could read. */
const openModule = /(?<![.\w$])export\s*(?:\*|\{[^}]*["']|(?:const|let|var)\s*[{[])|(?<![.\w$])export\s+(?:const|let|var)\s[^;]{0,2000}?,\s*[\w$]+\s*=(?![=>])/

/** What an ES module exports by name. */
export function moduleExports({ code }: NodeSource): Exports {
  if (openModule.test(code)) return undefined
  const names = [...code.matchAll(declared)].map((found) => found[1] as string)
  const listed = [...code.matchAll(list)].flatMap((found) => (found[1] as string).split(',').map((entry) => entry.trim().split(/\s+/).at(-1) as string))
  return new Set([...names, ...listed, ...(/(?<![.\w$])export\s+default\b/.test(code) ? ['default'] : [])])
}

/** Every mention of `exports` and of a bare `module`, with what follows. */
const mention = new RegExp(`(?<![.\\w$])(?:module\\s*\\.\\s*)?exports\\b(?!\\s*:)(?:\\s*\\.\\s*(${word}))?|(?<![.\\w$])module\\b(?!\\s*[.:])`, 'gd')
/** esbuild's list of what it exports, which never runs and lacks `default`; only the last one of a bundle is the bundle's own. */
const annotation = /\b0\s*&&\s*\(\s*module\.exports\s*=\s*(\{[^{}]*\})\s*\)\s*;?\s*$/d

/** What a CommonJS module exports by name. */
export function commonExports({ source, code }: NodeSource): Exports {
  if (/\beval\s*\(|\bthis\s*[.[]\s*|\barguments\b/.test(code) && !/(?<![.\w$])exports\b/.test(code)) return undefined
  const noted = annotation.exec(code)?.indices?.[1]
  if (noted !== undefined) {
    const keys = keysOf({ source, code }, noted[0])
    return keys === undefined ? undefined : new Set([...keys, 'default'])
  }
  const names = new Set<string>()
  for (const found of code.matchAll(mention)) {
    const [start, end] = found.indices?.[0] as [number, number]
    const more = found[1] === undefined ? bareMention({ source, code }, { start, end, text: found[0] }) : new Set([found[1]])
    if (more === undefined) return undefined
    for (const name of more) names.add(name)
  }
  return names
}

/** `exports` or `module` itself: assigned an object, given a property by name, or handed on to anybody. */
function bareMention(file: NodeSource, { start, end, text }: { readonly start: number, readonly end: number, readonly text: string }): Exports {
  const [before, after] = [file.code.slice(Math.max(0, start - 60), start), file.code.slice(end, end + 60)]
  if (text === 'module') return /(?:===?\s*|typeof\s+)$/.test(before) ? new Set() : undefined
  if (/\bdefineProperty\s*\(\s*$/.test(before)) {
    const name = /^\s*,\s*(["'])([^"']+)\1/.exec(file.source.slice(end, end + 200))?.[2]
    const goesOn = /^[^)]*\)\s*\./.test(file.code.slice(end, end + 200))
    return name === undefined || goesOn ? undefined : new Set([name])
  }
  const assigned = /^\s*=\s*(?=\{)/.exec(after)
  return text !== 'exports' && assigned !== null ? keysOf(file, end + assigned[0].length) : undefined
}

/** The keys of an object literal; undefined where it spreads another or computes a key. */
function keysOf({ source, code }: NodeSource, start: number): Exports {
  const keys = new Set<string>()
  let depth = 0
  let key = start + 1
  for (let at = start; at < code.length; at++) {
    const sign = code[at] as string
    if ('{[('.includes(sign)) depth++
    if (depth === 1 && (sign === ',' || sign === '}')) {
      const entry = code.slice(key, at)
      const name = new RegExp(`^\\s*(?:(?:async|get)\\s+)?\\*?\\s*(?:(${word})|(["'])\\s+\\2)`).exec(entry)
      if (name === null && entry.trim() !== '') return undefined
      if (name !== null) keys.add(name[1] ?? (/(["'])(.*?)\1/.exec(source.slice(key, at))?.[2] ?? ''))
      key = at + 1
    }
    if ('}])'.includes(sign)) depth--
    if (depth === 0) return keys
  }
  return undefined
}
