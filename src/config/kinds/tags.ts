import { at } from '../node.ts'
import type { Entry, Node } from '../node.ts'
import type { Context, Kind } from './kind.ts'
import { keyValuesFromText } from './key-values.ts'

/**
 * A function has at most 50 tags (recorded: "Number of tags exceeds resource tag limit."); five of them are kept for our own, the number
 * of a preview among them.
 */
const most = 45
const longestKey = 128
const longestValue = 256
/** TagKey and TagValue in the public service models of Lambda, IAM and CloudWatch Logs. */
const charset = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

const words = 'a map of tag keys to values'

/** The user's own tags. */
export function tags(): Kind<Readonly<Record<string, string>>> {
  return {
    words,
    schema: { type: 'object', maxProperties: most, additionalProperties: { type: ['string', 'number', 'boolean'] } },
    fromText: keyValuesFromText({ key: /\S/, words: 'any text' }),
    read: (node, context) => {
      if (node.kind !== 'map') {
        const cure = node.kind === 'list' ? 'Write each as KEY: value, without a dash.' : 'Write it like { team: events }.'
        context.findings.error({ what: `${node.label} is not ${words}.`, cure, ...at(node) })
        return undefined
      }
      if (node.entries.size > most) {
        const what = `${node.label}: ${node.entries.size} tags, but at most ${most} are allowed.`
        const why = 'AWS takes 50 on one thing, and five are kept for the tags that say whose it is.'
        context.findings.error({ what, why, cure: 'Take some out.', ...at(node) })
      }
      const pairs = [...node.entries].map(([key, entry]) => [key, readTag(key, entry, { node, context })] as const)
      return Object.fromEntries(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
    },
  }
}

/** The map of tags that is read, and what it is read with. */
interface TagMap {
  readonly node: Node
  readonly context: Context
}

function readTag(key: string, entry: Entry, { node, context }: TagMap): string | undefined {
  const value = entry.node.kind !== 'scalar' || entry.node.value === null ? undefined : entry.node.text
  const complaint = keyComplaint(key) ?? valueComplaint(value)
  if (complaint === undefined) return value
  const cure = 'Change or take out this tag. Allowed are letters, digits, spaces and _ . : / = + - @.'
  const place = entry.place ?? node.place
  context.findings.error({ what: `${node.label}: tag ${JSON.stringify(key)} ${complaint}.`, cure, ...at({ place }) })
  return undefined
}

function keyComplaint(key: string): string | undefined {
  if (key === '') return 'has an empty key'
  if (key.toLowerCase().startsWith('aws:')) return 'starts with aws:, which AWS keeps for itself'
  if (key === 'managed-by' || key.startsWith('lambda-api-deploy:')) return 'is one of those by which the action knows its own things'
  if (key.length > longestKey) return `has a key of ${key.length} characters, but at most ${longestKey} are allowed`
  return charset.test(key) ? undefined : 'has a character in its key that AWS does not take'
}

function valueComplaint(value: string | undefined): string | undefined {
  if (value === undefined) return 'has no value; write "" for an empty one'
  if (value.length > longestValue) return `has a value of ${value.length} characters, but at most ${longestValue} are allowed`
  return charset.test(value) ? undefined : 'has a character in its value that AWS does not take'
}
