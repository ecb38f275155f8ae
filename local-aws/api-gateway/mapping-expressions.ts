import { badRequest } from './errors.ts'
import type { Method } from './state.ts'

/** The wrapper in which AWS reports what it finds in mappings (recorded: test_put_integration_request_parameter_bool_type). */
function validationResult(prefix: string, error: string): Error {
  return badRequest(`${prefix}Validation Result: warnings : [], errors : [${error}]`)
}

const SPECIFIED = 'Invalid mapping expression specified: '

/** Refuses a method's request parameter that is no place in a request (recorded: test_put_integration_request_parameter_bool_type). */
export function checkRequestParameters(parameters: Readonly<Record<string, boolean>> | undefined): void {
  const wrong = Object.keys(parameters ?? {}).find((name) => !isParameter(name))
  if (wrong !== undefined) throw validationResult(SPECIFIED, `Invalid mapping expression specified: ${wrong}`)
}

/** Refuses request mappings that read a parameter the method does not declare, or that are no mapping expression at all. */
export function checkRequestMappings(method: Method, mappings: Readonly<Record<string, string>> | undefined): void {
  for (const [target, source] of Object.entries(mappings ?? {})) {
    if (!/^integration\.request\.(header|path|querystring|multivalueheader|multivaluequerystring)\.\S+$/.test(target)) {
      throw validationResult(SPECIFIED, `Invalid mapping expression parameter specified: ${target}`)
    }
    if (!isExpression(source, 'method.request')) throw validationResult(SPECIFIED, `Invalid mapping expression specified: ${source}`)
    // terraform-provider-aws issue 4001 and many more: the method must name the parameter.
    if (isParameter(source) && !(source in (method.requestParameters ?? {}))) {
      throw validationResult(SPECIFIED, `Invalid mapping expression parameter specified: ${source}`)
    }
  }
}

/**
 * Refuses response mappings to a header that the method response does not declare; the wrapper is recorded, these two texts in it are
 * unverified.
 */
export function checkResponseMappings(method: Method, statusCode: string, mappings: Readonly<Record<string, string>> | undefined): void {
  const declared = method.methodResponses?.[statusCode]?.responseParameters ?? {}
  for (const [target, source] of Object.entries(mappings ?? {})) {
    if (!(target in declared)) throw validationResult(SPECIFIED, `Invalid mapping expression parameter specified: ${target}`)
    if (!isExpression(source, 'integration.response')) throw validationResult(SPECIFIED, `Invalid mapping expression specified: ${source}`)
  }
}

/** Content types of templates (recorded: test_integration_response_invalid_responsetemplates). */
export function checkContentTypes(templates: Readonly<Record<string, unknown>> | undefined): void {
  const invalid = Object.keys(templates ?? {}).find((type) => !type.includes('/') && type !== '$default')
  if (invalid !== undefined) throw validationResult('', `Invalid content type specified: ${invalid}`)
}

function isExpression(source: string, prefix: string): boolean {
  const quoted = /^'.*'$/s.test(source)
  return quoted || source.startsWith(`${prefix}.`) || source.startsWith('context.') || source.startsWith('stageVariables.')
}

function isParameter(source: string): boolean {
  return /^method\.request\.(header|path|querystring)\./.test(source)
}
