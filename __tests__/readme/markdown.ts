import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** A page of the project for readers, by its path from the root. */
export interface Page {
  readonly path: string
  readonly text: string
}

/** A block of code on a page. */
export interface Block {
  readonly language: string
  readonly text: string
  /** The file that it is, where the line before says so: `` `path`, what it is: ``. */
  readonly file: string | undefined
  /** The heading that it stands under. */
  readonly heading: string
  /** `README.md:12`. */
  readonly place: string
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

/** Every page that people read: those at the root and in a workspace, and those in docs/ of either. */
export function pages(): Page[] {
  const folders = ['', 'docs', 'local-aws', 'local-aws/docs']
  return folders.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => readPage(join(folder, name))))
}

/** The page's blocks of code, in their order. */
export function blocks({ path, text }: Page): Block[] {
  const found: Block[] = []
  const lines = text.split('\n')
  let heading = ''
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading
    if (!line.startsWith('```')) continue
    const end = lines.indexOf('```', at + 1)
    const before = lines.slice(0, at).findLast((each) => each.trim() !== '') ?? ''
    found.push({ language: line.slice(3), text: `${lines.slice(at + 1, end).join('\n')}\n`, file: /^(?:.*\s)?`([^`]+)`(?:, [^`]*)?:$/.exec(before)?.[1], heading, place: `${path}:${at + 1}` })
    at = end
  }
  return found
}

/** The page without its code. */
export function prose({ text }: Page): string {
  return text.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '')
}

/** The anchors that GitHub makes of headings, and those written by hand. */
export function anchors(page: Page): Set<string> {
  const text = page.text.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, '')
  const found = new Set([...text.matchAll(/<a id="([^"]+)"/g)].map((match) => match[1] ?? ''))
  for (const [, heading = ''] of text.matchAll(/^#+ (.*)$/gm)) {
    const slug = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-')
    let name = slug
    for (let count = 1; found.has(name); count++) name = `${slug}-${count}`
    found.add(name)
  }
  return found
}
