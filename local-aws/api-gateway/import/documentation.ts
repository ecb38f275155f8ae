import { newId } from '../ids.ts'
import type { DocumentationPart } from '../state.ts'
import { node, type ApiDocument } from './document.ts'
import type { ImportedPath } from './operations.ts'

interface Described {
  readonly location: DocumentationPart['location']
  readonly properties: Readonly<Record<string, unknown>>
}

/**
 * The documentation parts that an import makes, unless it is told `ignore=documentation` (API reference, PutRestApi). Recorded in
 * test_import_documentation_parts: a METHOD and a RESPONSE with their `description`. That document says them twice, as `description` and in
 * `x-amazon-apigateway-documentation`; that either of them is enough is unverified.
 */
export function importedDocumentation({ root }: ApiDocument, paths: readonly ImportedPath[]): Described[] {
  const listed = (node(root['x-amazon-apigateway-documentation']).documentationParts ?? []) as Described[]
  const written = Object.values(node(root.paths)).map(node)
  const described = paths.flatMap(({ path, operations }, index) => operations.flatMap(({ httpMethod: method }) => {
    const verb = method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase()
    const { description, responses } = node(node(written[index])[verb])
    const ofResponses = Object.entries(node(responses)).flatMap(([statusCode, response]) =>
      part({ type: 'RESPONSE', path, method, statusCode }, node(response).description))
    return [...part({ type: 'METHOD', path, method }, description), ...ofResponses]
  }))
  const isListed = ({ location }: Described): boolean => listed.some((other) => isSame(other.location, location))
  return [...listed, ...described.filter((each) => !isListed(each))]
}

/** The parts of an API with those of an import: a merge adds, and replaces the attributes that both have; an overwrite replaces all. */
export function mergedParts(
  standing: ReadonlyMap<string, DocumentationPart>, imported: readonly Described[], overwrite: boolean,
): Map<string, DocumentationPart> {
  const parts = new Map(overwrite ? [] : standing)
  for (const { location, properties } of imported) {
    const old = [...parts.values()].find((each) => isSame(each.location, location))
    const id = old?.id ?? newId(6, parts)
    const before = JSON.parse(old?.properties ?? '{}') as object
    parts.set(id, { id, location, properties: JSON.stringify({ ...before, ...properties }) })
  }
  return parts
}

function part(location: DocumentationPart['location'], description: unknown): Described[] {
  return typeof description === 'string' ? [{ location, properties: { description } }] : []
}

const members = ['type', 'path', 'method', 'statusCode', 'name'] as const

function isSame(one: DocumentationPart['location'], other: DocumentationPart['location']): boolean {
  return members.every((member) => one[member] === other[member])
}
