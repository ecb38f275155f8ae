/** A failure before or in the integration, which a gateway response tells the client (developer guide, gateway response types). */
export class GatewayFailure extends Error {
  /** Gateway response type, such as `THROTTLED`. */
  readonly type: string
  /** Header x-amzn-ErrorType. */
  readonly errorType: string
  /** Status where it is not the one of the type. */
  readonly status: number | undefined
  /** What only the logs say. */
  readonly detail: string | undefined

  constructor(type: string, message: string, more: { readonly errorType: string; readonly status?: number; readonly detail?: string }) {
    super(message)
    this.name = 'GatewayFailure'
    this.type = type
    this.errorType = more.errorType
    this.status = more.status
    this.detail = more.detail
  }
}

/** No such route or method (recorded: test_routing_not_found). */
export function missingToken(): GatewayFailure {
  return new GatewayFailure('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token', {
    errorType: 'MissingAuthenticationTokenException',
  })
}

/** The API is wrong in itself: permission, integration, mapping (recorded: test_lambda_aws_proxy_integration_non_post_method). */
export function configurationError(detail: string): GatewayFailure {
  return new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error', { errorType: 'InternalServerErrorException', detail })
}

/** The function raised, or answered what is no proxy response (recorded: test_aws_proxy_response_payload_format_validation). */
export function badGateway(detail: string): GatewayFailure {
  return new GatewayFailure('DEFAULT_5XX', 'Internal server error', { errorType: 'InternalServerErrorException', status: 502, detail })
}

/** The integration took longer than its timeout (developer guide, INTEGRATION_TIMEOUT); the error type is unverified. */
export function integrationTimeout(): GatewayFailure {
  const detail = 'Execution failed due to a timeout error'
  return new GatewayFailure('INTEGRATION_TIMEOUT', 'Endpoint request timed out', { errorType: 'InternalServerErrorException', detail })
}

/** Stage throttling, or a usage plan's (developer guide, THROTTLED). */
export function throttled(): GatewayFailure {
  return new GatewayFailure('THROTTLED', 'Too Many Requests', { errorType: 'TooManyRequestsException' })
}

/** An API key that is missing, unknown, disabled or in no plan of the stage (developer guide, INVALID_API_KEY). */
export function invalidApiKey(): GatewayFailure {
  return new GatewayFailure('INVALID_API_KEY', 'Forbidden', { errorType: 'ForbiddenException' })
}

/** No usable credentials for an authorizer (developer guide, UNAUTHORIZED). */
export function unauthorized(): GatewayFailure {
  return new GatewayFailure('UNAUTHORIZED', 'Unauthorized', { errorType: 'UnauthorizedException' })
}
