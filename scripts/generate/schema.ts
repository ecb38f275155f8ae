import type { JsonSchema } from '../../src/config/kinds/kind.ts'
import { stageName } from '../../src/config/kinds/names.ts'
import type { Setting, Table } from '../../src/config/settings/setting.ts'
import { tables } from '../../src/config/settings/tables.ts'
import { defaultText } from './settings.ts'

type Properties = Record<string, JsonSchema>

/** The JSON Schema of lambda-api.yml, for editors. */
export function fileSchema(): JsonSchema {
  const layer = {
    defaults: { description: 'What holds for every function that does not say otherwise.', $ref: '#/$defs/function' },
    functions: {
      description: 'The functions, by their keys; in AWS they are named <service>-<key>.',
      type: 'object',
      propertyNames: { pattern: '^[a-zA-Z0-9_-]+$' },
      additionalProperties: { anyOf: [{ $ref: '#/$defs/function' }, { type: 'null' }] },
    },
    api: { $ref: '#/$defs/api' },
    release: { $ref: '#/$defs/release' },
  }
  const stages = {
    description: 'Values that hold for one stage, merged over those above.',
    type: 'object',
    propertyNames: { pattern: stageName().schema['pattern'] },
    additionalProperties: { type: ['object', 'null'], properties: layer, additionalProperties: false },
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'lambda-api.yml',
    description: 'A service for lambda-api-deploy: one API, its functions and the routes between them.',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...propertiesOf(tables.service), ...layer, stages },
    additionalProperties: false,
    ...wholePairs,
    $defs: { function: { ...objectOf(tables.function), ...functionPairs }, api: objectOf(tables.api), release: objectOf(tables.release) },
  }
}

/** Settings of one function that never go together, wherever the other half of the function is written. */
const functionPairs: JsonSchema = {
  dependentSchemas: {
    package: { properties: { source: false, requirements: false, include: false, exclude: false } },
    'role-policies': { properties: { role: { const: 'create' } } },
    'role-permissions-boundary': { properties: { role: { const: 'create' } } },
  },
}

const [subnets, groups] = ['vpc-subnet-ids', 'vpc-security-group-ids'] as const
const oneOfThem = { anyOf: [{ required: [subnets] }, { required: [groups] }] }
const both = { dependentRequired: { [subnets]: [groups], [groups]: [subnets] } }

/** Settings that need each other, where nothing else of the file can bring the other one. */
const wholePairs: JsonSchema = {
  if: { not: { anyOf: [{ required: ['stages'] }, { required: ['defaults'], properties: { defaults: oneOfThem } }] } },
  then: { properties: { functions: { additionalProperties: { anyOf: [both, { type: 'null' }] } } } },
}

function objectOf(table: Table): JsonSchema {
  return { type: 'object', properties: propertiesOf(table), additionalProperties: false }
}

/** Settings with a path stand in an object of their own; one whose flat name is that object's may also stand there alone. */
function propertiesOf(table: Table): Properties {
  const properties: Properties = {}
  for (const [name, setting] of Object.entries(table)) {
    const [group, inner] = setting.path?.split('.') ?? [name]
    if (group === undefined || inner === undefined) properties[group ?? name] = schemaOf(setting)
    else if (!(group in properties)) properties[group] = nestedOf(group, table)
  }
  return properties
}

function nestedOf(group: string, table: Table): JsonSchema {
  const inner = Object.values(table).flatMap((setting): [string, JsonSchema][] =>
    setting.path?.startsWith(`${group}.`) === true ? [[setting.path.slice(group.length + 1), schemaOf(setting)]] : [],
  )
  const object = { type: 'object', properties: Object.fromEntries(inner), additionalProperties: false }
  const short = table[group]
  return short === undefined ? object : { anyOf: [schemaOf(short), object] }
}

function schemaOf(setting: Setting<unknown>): JsonSchema {
  const otherwise = defaultText(setting)
  const told = `${setting.description}${otherwise === '' ? '' : ` Default: ${otherwise}.`}`
  const value = setting.otherwise === undefined && setting.default !== undefined ? { default: setting.default } : {}
  return { description: told, ...setting.kind.schema, ...value }
}
