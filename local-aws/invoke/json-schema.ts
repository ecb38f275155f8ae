import { Validator, type Schema } from '@cfworker/json-schema'

/** What stands before the name of a model in a reference (recorded: test_api_gateway_request_validator_with_ref_models). */
const modelReference = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/(\w+)$/

/**
 * Whether a value matches a model's schema: JSON Schema draft 4 (developer guide, data models).
 * `schemaOf` gives the text of another model of the API, which a `$ref` may name. Throws when a reference leads nowhere.
 */
export function matchesSchema(value: unknown, schema: string, schemaOf: (name: string) => string | undefined): boolean {
  const validator = new Validator(JSON.parse(schema) as Schema, '4')
  for (const [reference, text] of referred(schema, schemaOf)) validator.addSchema(JSON.parse(text) as Schema, reference)
  return validator.validate(value).valid
}

/** The schemas that a schema refers to, and those that they refer to, by their references. */
function referred(schema: string, schemaOf: (name: string) => string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const waiting = [schema]
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    JSON.parse(text, (key, value: unknown) => {
      const name = key === '$ref' && typeof value === 'string' ? modelReference.exec(value)?.[1] : undefined
      const target = name === undefined || found.has(String(value)) ? undefined : schemaOf(name)
      if (target !== undefined) {
        found.set(String(value), target)
        waiting.push(target)
      }
      return value
    })
  }
  return found
}
