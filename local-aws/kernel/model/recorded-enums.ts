/**
 * The values of an enum in the order in which AWS's refusals list them, by shape; other enums are listed in the model's order.
 * Recordings: test_apigateway_api (Op, EndpointType, IpAddressType, GatewayResponseType), test_apigateway_integrations (IntegrationType),
 * test_lambda_api (SnapStartApplyOn, RecursiveLoop, Architecture, FunctionVersion).
 */
export const recordedEnums: Readonly<Record<string, readonly string[]>> = {
  Op: ['add', 'remove', 'move', 'test', 'replace', 'copy'],
  EndpointType: ['PRIVATE', 'EDGE', 'REGIONAL'],
  IpAddressType: ['ipv4', 'dualstack'],
  IntegrationType: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'],
  GatewayResponseType: [
    'REQUEST_TOO_LARGE',
    'RESOURCE_NOT_FOUND',
    'AUTHORIZER_CONFIGURATION_ERROR',
    'MISSING_AUTHENTICATION_TOKEN',
    'BAD_REQUEST_BODY',
    'INVALID_SIGNATURE',
    'INVALID_API_KEY',
    'BAD_REQUEST_PARAMETERS',
    'AUTHORIZER_FAILURE',
    'UNAUTHORIZED',
    'INTEGRATION_TIMEOUT',
    'ACCESS_DENIED',
    'DEFAULT_4XX',
    'DEFAULT_5XX',
    'WAF_FILTERED',
    'QUOTA_EXCEEDED',
    'THROTTLED',
    'API_CONFIGURATION_ERROR',
    'UNSUPPORTED_MEDIA_TYPE',
    'INTEGRATION_FAILURE',
    'EXPIRED_TOKEN',
  ],
  SnapStartApplyOn: ['PublishedVersions', 'None'],
  RecursiveLoop: ['Terminate', 'Allow'],
  Architecture: ['x86_64', 'arm64'],
  FunctionVersion: ['ALL'],
}
