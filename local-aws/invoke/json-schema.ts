type Schema = Readonly<Record<string, unknown>>

/**
 * Whether a value matches a model's schema: the part of JSON Schema draft 4 that API models use.
 * References go to other models of the API (`…/models/{name}`, recorded: test_api_gateway_request_validator_with_ref_models) or into the schema itself.
 */
export function matchesSchema(value: unknown, schema: unknown, schemaOf: (name: string) => string | undefined): boolean {
  return new Check(schema as Schema, schemaOf).matches(value, schema as Schema)
}

class Check {
  readonly #root: Schema
  readonly #schemaOf: (name: string) => string | undefined

  constructor(root: Schema, schemaOf: (name: string) => string | undefined) {
    this.#root = root
    this.#schemaOf = schemaOf
  }

  matches(value: unknown, schema: Schema): boolean {
    if (typeof schema.$ref === 'string') return this.#matchesReference(value, schema.$ref)
    return this.#matchesType(value, schema.type) && this.#matchesCombined(value, schema) && this.#matchesShape(value, schema)
  }

  #matchesReference(value: unknown, reference: string): boolean {
    if (reference.startsWith('#/')) {
      const target = reference.slice(2).split('/').reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], this.#root)
      return target !== undefined && this.matches(value, target as Schema)
    }
    const schema = this.#schemaOf(reference.slice(reference.lastIndexOf('/') + 1))
    return schema !== undefined && matchesSchema(value, JSON.parse(schema), this.#schemaOf)
  }

  #matchesType(value: unknown, type: unknown): boolean {
    const types = type === undefined ? [] : ([] as unknown[]).concat(type)
    return types.length === 0 || types.some((one) => isOfType(value, String(one)))
  }

  #matchesCombined(value: unknown, schema: Schema): boolean {
    const list = (key: string) => schema[key] as Schema[] | undefined
    const passes = (one: Schema) => this.matches(value, one)
    if (Array.isArray(schema.enum) && !schema.enum.some((one) => JSON.stringify(one) === JSON.stringify(value))) return false
    if (list('allOf')?.every(passes) === false) return false
    if (list('anyOf')?.some(passes) === false) return false
    const one = list('oneOf')
    if (one !== undefined && one.filter(passes).length !== 1) return false
    return schema.not === undefined || !this.matches(value, schema.not as Schema)
  }

  #matchesShape(value: unknown, schema: Schema): boolean {
    if (typeof value === 'string') return matchesText(value, schema)
    if (typeof value === 'number') return matchesNumber(value, schema)
    if (Array.isArray(value)) return this.#matchesItems(value, schema)
    return isOfType(value, 'object') ? this.#matchesMembers(value as Schema, schema) : true
  }

  #matchesItems(value: unknown[], schema: Schema): boolean {
    const items = schema.items as Schema | undefined
    return within(value.length, schema.minItems, schema.maxItems) && (items === undefined || value.every((item) => this.matches(item, items)))
  }

  #matchesMembers(value: Schema, schema: Schema): boolean {
    const properties = (schema.properties ?? {}) as Record<string, Schema>
    if (!((schema.required ?? []) as string[]).every((name) => name in value)) return false
    return Object.entries(value).every(([name, member]) => {
      const known = properties[name]
      if (known !== undefined) return this.matches(member, known)
      if (schema.additionalProperties === false) return false
      return typeof schema.additionalProperties === 'object' ? this.matches(member, schema.additionalProperties as Schema) : true
    })
  }
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

function matchesText(value: string, { minLength, maxLength, pattern }: Schema): boolean {
  return within(value.length, minLength, maxLength) && (typeof pattern !== 'string' || new RegExp(pattern).test(value))
}

function matchesNumber(value: number, { minimum, maximum }: Schema): boolean {
  return within(value, minimum, maximum)
}

function within(value: number, minimum: unknown, maximum: unknown): boolean {
  return value >= Number(minimum ?? -Infinity) && value <= Number(maximum ?? Infinity)
}
