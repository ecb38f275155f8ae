import type { Definition } from '../state.ts'

/**
 * Models that methods name, and those that these refer to, as the document's schemas (recorded: test_export_oas30_openapi, Empty and Error
 * are left out unless used).
 */
export function exportedSchemas(definition: Definition, isSwagger: boolean): Record<string, unknown> {
  const prefix = isSwagger ? '#/definitions/' : '#/components/schemas/'
  const schemas: Record<string, unknown> = {}
  const add = (name: string) => {
    const schema = definition.models.get(name)?.schema
    if (schema === undefined || name in schemas) return
    const referred: string[] = []
    schemas[name] = localReferences(JSON.parse(schema), prefix, referred)
    referred.forEach(add)
  }
  usedModels(definition).forEach(add)
  return schemas
}

function usedModels(definition: Definition): string[] {
  const methods = [...definition.resources.values()].flatMap((resource) => [...resource.methods.values()])
  return methods.flatMap((method) => [
    ...Object.values(method.requestModels ?? {}),
    ...Object.values(method.methodResponses ?? {}).flatMap(({ responseModels }) => Object.values(responseModels ?? {})),
  ])
}

function localReferences(schema: unknown, prefix: string, referred: string[]): unknown {
  if (Array.isArray(schema)) return schema.map((item) => localReferences(item, prefix, referred))
  if (typeof schema !== 'object' || schema === null) return schema
  const members = Object.entries(schema).map(([key, value]) => {
    if (key !== '$ref' || typeof value !== 'string' || value.startsWith('#')) return [key, localReferences(value, prefix, referred)]
    const name = value.slice(value.lastIndexOf('/') + 1)
    referred.push(name)
    return [key, `${prefix}${name}`]
  })
  return Object.fromEntries(members) as unknown
}
