import { inputScalar } from '../node.ts'
import type { Node } from '../node.ts'
import { reject } from './kind.ts'
import type { Kind } from './kind.ts'
import { defined } from '../../defined.ts'

interface ListRules {
  /** What an input's text is split at. Lines keep commas, which globs and sentences may hold. */
  readonly separator: 'lines' | 'lines or commas'
  readonly words: string
  readonly max?: number
  readonly why?: string
}

/** Several values of one kind. In the file: a list, or one value alone. */
export function list<T>(item: Kind<T>, rules: ListRules): Kind<readonly T[]> {
  return {
    words: `${rules.words}${rules.max === undefined ? '' : `, at most ${rules.max}`}`,
    schema: { anyOf: [item.schema, defined({ type: 'array', items: item.schema, maxItems: rules.max })] },
    fromText: (text, label) => ({
      kind: 'list',
      label,
      items: split(text, rules.separator).map((part) => inputScalar(label, part)),
    }),
    read: (node, context) => {
      const nodes: readonly Node[] = node.kind === 'list' ? node.items : [node]
      if (rules.max !== undefined && nodes.length > rules.max) {
        const is = `of ${nodes.length} is too long: at most ${rules.max} are allowed`
        return reject(node, context, { is, why: rules.why, cure: 'Take some out.' })
      }
      const values = nodes.map((one) => item.read(one, context))
      return values.some((value) => value === undefined) ? undefined : values.filter((value) => value !== undefined)
    },
  }
}

/** The parts of an input that are not empty and not `#` comments. */
export function split(text: string, separator: ListRules['separator']): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => (separator === 'lines' ? [line] : line.split(',')))
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
