import type { IntegrationResponse } from '../state.ts'
import { isNode, node, type Node } from './document.ts'

/** An integration of a document: the members of PutIntegration, and its responses. */
export interface ImportedIntegration {
  readonly given: Node
  readonly responses: readonly IntegrationResponse[]
}

/** Reads x-amazon-apigateway-integration; enumerations stand there in lower case (developer guide). */
export function importedIntegration(
  extension: unknown,
  at: { readonly path: string; readonly httpMethod: string; readonly warnings: string[] },
): ImportedIntegration | undefined {
  if (!isNode(extension)) return undefined
  const { responses, type, passthroughBehavior, requestParameters, ...members } = extension
  const mappings = Object.entries(node(requestParameters)).filter(([name, value]) => isText(name, value, at))
  return {
    given: {
      ...members,
      type: String(type).toUpperCase(),
      passthroughBehavior: typeof passthroughBehavior === 'string' ? passthroughBehavior.toUpperCase() : undefined,
      requestParameters: mappings.length === 0 ? undefined : Object.fromEntries(mappings),
    },
    responses: Object.entries(node(responses)).map(([pattern, response]) => integrationResponse(pattern, node(response))),
  }
}

/** Anything but a text is left out with a warning (recorded: test_import_rest_api_with_base_path_oas30). */
function isText(
  name: string,
  value: unknown,
  { path, httpMethod, warnings }: { path: string; httpMethod: string; warnings: string[] },
): boolean {
  if (typeof value === 'string') return true
  warnings.push(
    `Invalid format for 'requestParameters'. Expected type string for property '${name}' ` +
      `of resource '${path}' and method '${httpMethod}' but got '${String(value)}'`,
  )
  return false
}

/** The key is the selection pattern; `default` is none (recorded: test_import_swagger_api). A status may be a number. */
function integrationResponse(pattern: string, response: Node): IntegrationResponse {
  return {
    statusCode: String(response.statusCode),
    selectionPattern: pattern === 'default' ? undefined : pattern,
    responseParameters: response.responseParameters as Record<string, string> | undefined,
    responseTemplates: response.responseTemplates as Record<string, string> | undefined,
    contentHandling: response.contentHandling as string | undefined,
  }
}
