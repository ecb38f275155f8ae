import { matchesSchema } from './json-schema.ts'
import { header, type Exchange } from './exchange.ts'
import { GatewayFailure } from './failure.ts'
import type { Route } from './router.ts'

/** Runs the method's request validator (recorded: test_api_gateway_request_validator). */
export function validateRequest(exchange: Exchange, route: Route): void {
  const validator = exchange.definition.requestValidators.get(route.method.requestValidatorId ?? '')
  if (validator?.validateRequestParameters) checkParameters(exchange, route)
  if (validator?.validateRequestBody) checkBody(exchange, route)
}

function checkParameters({ request }: Exchange, route: Route): void {
  const required = Object.entries(route.method.requestParameters ?? {}).filter(([, isRequired]) => isRequired)
  const missing = required.map(([parameter]) => parameter.split('.').slice(2)).filter(([kind, ...rest]) => {
    const name = rest.join('.')
    if (kind === 'header') return !header(request, name)
    if (kind === 'querystring') return !request.query.some(([key, value]) => key === name && value !== '')
    return !route.pathParameters?.[name]
  })
  if (missing.length === 0) return
  const names = missing.map(([, ...rest]) => rest.join('.')).join(', ')
  throw new GatewayFailure('BAD_REQUEST_PARAMETERS', `Missing required request parameters: [${names}]`, {
    errorType: 'BadRequestException',
  })
}

/** The model of the content type decides; without one there is nothing to check (developer guide, request validation). */
function checkBody({ request, definition }: Exchange, route: Route): void {
  const contentType = header(request, 'content-type')?.split(';')[0]?.trim() ?? 'application/json'
  const models = route.method.requestModels ?? {}
  const model = definition.models.get(models[contentType] ?? models.$default ?? '')
  if (model?.schema === undefined) return
  if (!matchesModel(request.body.toString(), model.schema, (name) => definition.models.get(name)?.schema)) {
    throw new GatewayFailure('BAD_REQUEST_BODY', 'Invalid request body', { errorType: 'BadRequestException' })
  }
}

function matchesModel(body: string, schema: string, schemaOf: (name: string) => string | undefined): boolean {
  try {
    return matchesSchema(body === '' ? {} : JSON.parse(body), schema, schemaOf)
  } catch {
    return false
  }
}
