import { Minimatch } from 'minimatch'

/** One line of a list in gitignore's syntax, compiled. */
export interface Rule {
  readonly text: string
  /** True for what the rule takes out, false for what it brings back (`!`). */
  readonly excludes: boolean
  readonly directoryOnly: boolean
  /** Matches a whole path that has no leading or trailing slash. */
  readonly matches: (path: string) => boolean
  /** The path's folders that the pattern spells out: what lies outside them cannot match. Empty for a pattern of any depth. */
  readonly prefix: string
}

/**
 * Compiles lines in gitignore's syntax (https://git-scm.com/docs/gitignore): `#` comments, `!`, a leading or inner `/` anchors at the
 * root, a trailing `/` means folders, `*`, `?`, `[...]`, `**`.
 */
export function compileRules(lines: readonly string[]): readonly Rule[] {
  return lines.map((line) => line.replace(/(?<!\\)\s+$/, '')).filter((line) => line !== '' && !line.startsWith('#')).map(compileRule)
}

/** The same lines as rules that bring back: for `include`. */
export function includeRules(lines: readonly string[]): readonly Rule[] {
  return compileRules(lines).map((rule) => ({ ...rule, excludes: false }))
}

/** The index of the last rule that matches the path itself, or `inherited`, its folder's, when that is later. The last one decides. */
export function lastMatch(rules: readonly Rule[], path: { readonly path: string, readonly directory: boolean }, inherited: number): number {
  for (let index = rules.length - 1; index > inherited; index--) {
    const rule = rules[index] as Rule
    if ((path.directory || !rule.directoryOnly) && rule.matches(path.path)) return index
  }
  return inherited
}

/** Whether a rule after `index` may bring back something below the excluded folder, so that it must be walked all the same. */
export function mayBringBack(rules: readonly Rule[], directory: string, index: number): boolean {
  return rules.slice(index + 1).some((rule) => !rule.excludes && rule.prefix !== ''
    && (directory === rule.prefix || rule.prefix.startsWith(`${directory}/`) || directory.startsWith(`${rule.prefix}/`)))
}

function compileRule(line: string): Rule {
  const excludes = !line.startsWith('!')
  const text = (excludes ? line : line.slice(1)).replace(/^\\(?=[!#])/, '').replace(/^\.\//, '/')
  const directoryOnly = text.endsWith('/')
  const body = text.replace(/\/+$/, '')
  const anchored = body.includes('/')
  const pattern = body.replace(/^\/+/, '')
  return { text: line, excludes, directoryOnly, matches: matcher(pattern, anchored), prefix: anchored ? literalPrefix(pattern) : '' }
}

/** gitignore has neither braces nor extended globs, and its wildcards match names that begin with a dot. */
const gitignoreGlobs = { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true } as const

function matcher(pattern: string, anchored: boolean): (path: string) => boolean {
  // Most rules name one file or folder: comparing texts is several times as fast, for each of thousands of paths.
  if (!anchored && !/[*?[\\]/.test(pattern)) return (path) => path === pattern || path.endsWith(`/${pattern}`)
  const glob = new Minimatch(anchored ? pattern : `**/${pattern}`, gitignoreGlobs)
  return (path) => glob.match(path)
}

function literalPrefix(pattern: string): string {
  const segments = pattern.split('/')
  const wild = segments.findIndex((segment) => /[*?[\\]/.test(segment))
  return (wild === -1 ? segments : segments.slice(0, wild)).join('/')
}
