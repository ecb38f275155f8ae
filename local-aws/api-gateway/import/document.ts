import { parse } from 'yaml'
import { badRequest } from '../errors.ts'
import { partitionOf } from '../partition.ts'
import { text } from '../values.ts'

/** An object of a document, with members that nobody has checked yet. */
export type Node = Readonly<Record<string, unknown>>

/** An OpenAPI document as API Gateway reads it. */
export interface ApiDocument {
  readonly root: Node
  /** Swagger 2, else OpenAPI 3. */
  readonly isSwagger: boolean
}

// Service model and developer guide, quotas: 6 MB for an import.
const MAXIMUM_BYTES = 6 * 1024 * 1024

/**
 * Reads an imported body, JSON or YAML, with `${AWS::…}` replaced (developer guide, AWS variables for import; recorded:
 * test_import_api_bad_file).
 */
export function readDocument(body: Buffer, place: { readonly accountId: string; readonly region: string }): ApiDocument {
  // Text unverified.
  if (body.length > MAXIMUM_BYTES) throw badRequest('Invalid OpenAPI input. The size exceeds 6 MB.')
  const text = body
    .toString()
    .replaceAll('${AWS::AccountId}', place.accountId)
    .replaceAll('${AWS::Region}', place.region)
    .replaceAll('${AWS::Partition}', partitionOf(place.region))
  const root = parsed(text)
  const isSwagger = root.swagger === '2.0' || root.swagger === 2
  if (!isSwagger && !String(root.openapi).startsWith('3.')) throw invalid()
  return { root, isSwagger }
}

function parsed(text: string): Node {
  let root: unknown
  try {
    root = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text)
  } catch {
    throw invalid()
  }
  if (!isNode(root)) throw invalid()
  return root
}

function invalid(): Error {
  return badRequest('Invalid OpenAPI input.')
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member as an object; an empty one where it is absent or something else. */
export function node(value: unknown): Node {
  return isNode(value) ? value : {}
}

/** What `basepath=ignore|prepend|split` puts before every path, as segments (recorded: test_import_rest_api_with_base_path_oas30). */
export function basePathSegments({ root, isSwagger }: ApiDocument, mode: string | undefined): string[] {
  const segments = (isSwagger ? text(root.basePath) : serverPath(root)).split('/').filter(Boolean)
  if (mode === 'prepend') return segments
  return mode === 'split' ? segments.slice(1) : []
}

function serverPath(root: Node): string {
  const [server] = (root.servers ?? []) as unknown[]
  const { url, variables } = node(server)
  const basePath = node(node(variables).basePath).default
  if (typeof basePath === 'string') return basePath
  return text(url).replace(/^https?:\/\/[^/]*/, '')
}
