import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file's text; the path is relative to the project. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** Reads the given files of the project at `root`. */
export function readTexts(root: string, paths: readonly string[]): SourceText[] {
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

const exported = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm

/** An index that hands a name on does not use it, unless under another name. */
const handedOn = /^export (?:type )?\{(?![^}]*\bas\b)[^}]*\} from .*$/gm

/**
 * Exported names of `sources` that neither their own file nor any other mentions again, one line each; `others` are files that may use
 * them, too.
 */
export function deadExports(sources: readonly SourceText[], others: readonly SourceText[]): string[] {
  const mentions = new Map<string, number>()
  for (const { text } of [...sources, ...others]) {
    for (const [word] of text.replace(handedOn, '').matchAll(/\w+/g)) mentions.set(word, (mentions.get(word) ?? 0) + 1)
  }
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(exported)].flatMap(([, name = '']) => ((mentions.get(name) ?? 0) > 1 ? [] : [`${path}: nothing uses ${name}`])),
  )
}
