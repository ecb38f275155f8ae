import { text } from './basic.ts'
import { reject, type Kind } from './kind.ts'

/** No comma but one that a backslash stands before. */
const single = /^(?:[^,\\]|\\.?)*$/

/**
 * One pattern in gitignore's syntax. A comma parts nothing there, so that a list in one line, or braces, would be the name of a file that
 * nobody has, and leave out nothing.
 */
export function filePattern(): Kind<string> {
  const plain = text({ words: 'a file pattern', example: 'docs/*.md' })
  return {
    ...plain,
    schema: { ...plain.schema, pattern: single.source },
    read: (node, context) => {
      const value = plain.read(node, context)
      if (value === undefined || single.test(value)) return value
      const parts = partsOf(value)
      const lines = `each in a line of its own: ${parts.map((part) => `\`${part}\``).join(', ')}`
      const list = node.place === undefined ? lines : JSON.stringify(parts).replaceAll('","', '", "')
      return reject(node, context, {
        is: 'is one pattern with a comma in it',
        why: 'Patterns are as in a .gitignore: a comma parts nothing, and braces mean nothing.',
        cure: `Write ${list}. A comma that is part of a file's name is written \`\\,\`.`,
      })
    },
  }
}

/** What was most likely meant: `a, b` as two, `*.{md,txt}` as `*.md` and `*.txt`. */
function partsOf(value: string): string[] {
  const [, before = '', inner, after = ''] = /^([^{},]*)\{([^{}]*)\}([^{},]*)$/.exec(value) ?? []
  const parts = inner === undefined ? value.split(/(?<!\\),/) : inner.split(',').map((part) => `${before}${part.trim()}${after}`)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
