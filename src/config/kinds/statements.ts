import type { RoleStatement } from '../../service/service.ts'
import { readJson } from '../json.ts'
import { at } from '../node.ts'
import type { MapNode, Node } from '../node.ts'
import { text } from './basic.ts'
import { list } from './lists.ts'
import { reject } from './kind.ts'
import type { Context, Kind } from './kind.ts'

const exampleStatement: RoleStatement = {
  allow: ['dynamodb:GetItem'], on: ['arn:aws:dynamodb:eu-central-1:123456789012:table/events'],
}
const example = inYaml(exampleStatement)
const words = `statements such as ${example}`

/** IAM's grammar of actions and resources (IAM user guide, "JSON policy elements: Action", "Resource"); both take wildcards. */
const actions = list(
  text({ words: 'an action of IAM', pattern: /^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/, example: 'dynamodb:GetItem' }),
  { separator: 'lines or commas', words: 'actions of IAM' },
)
const resources = list(
  text({
    words: 'the ARN of a resource, or *',
    pattern: /^(\*|arn:\S+)$/,
    example: 'arn:aws:dynamodb:eu-central-1:123456789012:table/events',
  }),
  { separator: 'lines or commas', words: 'ARNs of resources' },
)

/** IAM user guide, "IAM and AWS STS quotas": inline policies of a role, 10,240 characters in all, blanks not counted. */
const mostCharacters = 10_240

/** IAM statements in two words. */
export function statements(): Kind<readonly RoleStatement[]> {
  const item = {
    type: 'object',
    required: ['allow', 'on'],
    additionalProperties: false,
    properties: { allow: actions.schema, on: resources.schema },
  }
  return {
    words,
    schema: { anyOf: [{ type: 'array', items: item }, item] },
    fromText: (written, label, context) => {
      const read = readJson(written, label)
      if (read !== undefined) return read.node
      context.findings.error({ what: `${label} is not JSON.`, cure: `Write a JSON list, such as [${inJson(exampleStatement)}].` })
      return undefined
    },
    read: (node, context) => {
      const nodes = node.kind === 'list' ? node.items : [node]
      const policy = node.kind === 'map' ? statementsOfPolicy(node) : undefined
      if (policy !== undefined) {
        const write = node.place === undefined ? inJson : inYaml
        const why = 'What the role may do is a list; the rest of a policy is made.'
        return reject(node, context, { is: 'is a policy, not a list of statements', why, cure: `Write [${policy.map(write).join(', ')}].` })
      }
      const values = nodes.map((one) => readStatement(one, context))
      const known = values.filter((value) => value !== undefined)
      if (known.length < values.length) return undefined
      const size = JSON.stringify(known).replaceAll(/\s/g, '').length
      if (size <= mostCharacters) return known
      return reject(node, context, {
        is: `of ${size} characters is too long`,
        why: 'IAM takes 10,240 in a role.',
        cure: 'Put some of them into a managed policy, and name it in role-policies.',
      })
    },
  }
}

function readStatement(node: Node, context: Context): RoleStatement | undefined {
  const write = node.place === undefined ? inJson : inYaml
  if (node.kind !== 'map') return reject(node, context, { is: 'is no statement', cure: `Write it like ${write(exampleStatement)}.` })
  const complaints = [...unknownKeys(node), ...['allow', 'on'].filter((key) => !node.entries.has(key)).map((key) => `lacks \`${key}\``)]
  if (complaints.length > 0) {
    const meant = meantStatement(node)
    context.findings.error({
      what: `${node.label}: a statement ${complaints.join(', and ')}.`,
      cure: meant === undefined ? `Write it like ${write(exampleStatement)}.` : `Write ${write(meant)}.`,
      ...at(node),
    })
    return undefined
  }
  const [allow, on] = [actions, resources].map((kind, index) => readMember(node, ['allow', 'on'][index] ?? '', { kind, context }))
  return allow === undefined || on === undefined ? undefined : { allow, on }
}

/** A statement as policies have it, in the words of this file; of a `Condition`, and of what is denied, there is none. */
function meantStatement({ entries }: MapNode): RoleStatement | undefined {
  const known = new Map([...entries].map(([key, { node }]) => [key.toLowerCase(), node]))
  const [effect, action, resource] = ['effect', 'action', 'resource'].map((key) => known.get(key))
  const isAllow = effect === undefined || (effect.kind === 'scalar' && effect.text === 'Allow')
  if (!isAllow || action === undefined || resource === undefined) return undefined
  if ([...known.keys()].some((key) => !['effect', 'action', 'resource', 'sid'].includes(key))) return undefined
  const itemsOf = (node: Node): readonly Node[] => (node.kind === 'list' ? node.items : [node])
  const texts = (node: Node): string[] => itemsOf(node).flatMap((each) => (each.kind === 'scalar' ? [each.text] : []))
  return { allow: texts(action), on: texts(resource) }
}

/** The statements of a whole policy, as the console shows it; undefined for another map, and where one of them has no form here. */
function statementsOfPolicy({ entries }: MapNode): readonly RoleStatement[] | undefined {
  const held = entries.get('Statement')?.node
  const items = held?.kind === 'list' ? held.items : held?.kind === 'map' ? [held] : []
  const meant = items.flatMap((each) => (each.kind === 'map' ? (meantStatement(each) ?? []) : []))
  return meant.length === items.length && meant.length > 0 ? meant : undefined
}

function inYaml({ allow, on }: RoleStatement): string {
  const quoted = (text: string): string => (/^[a-zA-Z0-9:-]+$/.test(text) ? text : JSON.stringify(text))
  return `{ allow: [${allow.map(quoted).join(', ')}], on: [${on.map((text) => JSON.stringify(text)).join(', ')}] }`
}

function inJson({ allow, on }: RoleStatement): string {
  return JSON.stringify({ allow, on })
}

function unknownKeys(node: MapNode): string[] {
  return [...node.entries.keys()].filter((key) => key !== 'allow' && key !== 'on').map((key) => `has no key ${JSON.stringify(key)}`)
}

function readMember(
  node: MapNode,
  key: string,
  { kind, context }: { kind: Kind<readonly string[]>; context: Context },
): readonly string[] | undefined {
  const entry = node.entries.get(key)
  return entry === undefined ? undefined : kind.read(entry.node, context)
}
