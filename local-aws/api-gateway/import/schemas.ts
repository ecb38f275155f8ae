import { createHash } from 'node:crypto'
import { node, type ApiDocument, type Node } from './document.ts'

/** A model that a document brings. */
export interface ImportedModel {
  readonly name: string
  readonly description: string | undefined
  readonly schema: Node
}

/** The document's named schemas. */
export function importedModels({ root, isSwagger }: ApiDocument): ImportedModel[] {
  const schemas = node(isSwagger ? root.definitions : node(root.components).schemas)
  return Object.entries(schemas).map(([name, schema]) => ({
    name,
    description: node(schema).description as string | undefined,
    schema: node(schema),
  }))
}

/** Names of models and the inline schemas that become models of their own. */
export class ModelNames {
  readonly inline = new Map<string, ImportedModel>()

  /** The model's name for a schema; an inline one gets a made-up name, as AWS's `MODEL…` (their pattern is unverified). */
  of(schema: unknown): string | undefined {
    const { $ref, ...rest } = node(schema)
    if (typeof $ref === 'string') return referredName($ref)
    if (Object.keys(rest).length === 0) return undefined
    const name = `MODEL${createHash('sha1').update(JSON.stringify(rest)).digest('hex').slice(0, 6)}`
    this.inline.set(name, { name, description: undefined, schema: rest })
    return name
  }
}

/** A schema as a model keeps it: references go to the API's models (recorded: test_import_with_circular_models). */
export function modelSchema(schema: unknown, apiId: string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => modelSchema(item, apiId))
  if (typeof schema !== 'object' || schema === null) return schema
  const members = Object.entries(schema).map(([key, value]) => {
    if (key === '$ref' && typeof value === 'string')
      return [key, `https://apigateway.amazonaws.com/restapis/${apiId}/models/${referredName(value)}`]
    return [key, modelSchema(value, apiId)]
  })
  return Object.fromEntries(members) as unknown
}

function referredName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}
