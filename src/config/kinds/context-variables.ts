/**
 * `$context` variables that a REST API's access log knows, without the prefix. Sources: API Gateway developer guide, "Variables for
 * access logging for API Gateway", "Variables for data transformations", "Security policies for REST APIs" (cipherSuite, tlsVersion) and
 * "Troubleshoot response streaming" (integration.responseTransferMode and the two times), and AccessLogField of the AWS CDK. AWS adds to
 * them, so that a name which is not here is a warning.
 */
const known = new Set([
  ...['accountId', 'apiId', 'awsEndpointRequestId', 'cipherSuite', 'deploymentId', 'domainName', 'domainPrefix'],
  ...['extendedRequestId', 'httpMethod'],
  ...['integrationErrorMessage', 'integrationLatency', 'integrationStatus', 'isCanaryRequest', 'path', 'protocol', 'requestId'],
  ...['requestTime', 'requestTimeEpoch', 'resourceId', 'resourcePath', 'responseLatency', 'responseLength', 'stage'],
  ...['status', 'tlsVersion'],
  ...['wafResponseCode', 'webaclArn', 'xrayTraceId'],
  ...['authenticate.error', 'authenticate.latency', 'authenticate.status', 'authorize.error', 'authorize.latency', 'authorize.status'],
  ...['customDomain.basePathMatched', 'customDomain.routingRuleIdMatched'],
  ...['message', 'messageString', 'responseType', 'validationErrorString'].map((name) => `error.${name}`),
  ...['integration.error', 'integration.integrationStatus', 'integration.latency', 'integration.requestId', 'integration.status'],
  ...['responseTransferMode', 'timeToAllHeaders', 'timeToFirstContent'].map((name) => `integration.${name}`),
  ...['responseOverride.status', 'waf.error', 'waf.latency', 'waf.status'],
  ...['accessKey', 'accountId', 'apiKey', 'apiKeyId', 'caller', 'principalOrgId', 'sourceIp'].map((name) => `identity.${name}`),
  ...['user', 'userAgent', 'userArn', 'vpcId', 'vpceId'].map((name) => `identity.${name}`),
  ...['AuthenticationProvider', 'AuthenticationType', 'IdentityId', 'IdentityPoolId'].map((name) => `identity.cognito${name}`),
  ...['clientCertPem', 'subjectDN', 'issuerDN', 'serialNumber', 'validity.notBefore', 'validity.notAfter'].map(
    (name) => `identity.clientCert.${name}`,
  ),
])

/** Names that end in a word of the user's own: what an authorizer returned, or a header that was overridden. */
const open = /^(authorizer(\.claims)?|requestOverride\.(header|path|querystring)|responseOverride\.header)\.[A-Za-z0-9_:-]+$/

/** Known to HTTP or WebSocket APIs only. A REST API writes `-` for routeKey (DataBiosphere/azul#4348); for the others: unverified. */
const otherApis = new Set(['routeKey', 'dataProcessed', 'connectedAt', 'connectionId', 'eventType', 'messageId'])

export const contextVariables: readonly string[] = [...known]

/** Whether a REST API's access log knows the name, or only other kinds of API do. */
export function contextVariable(name: string): 'known' | 'of other APIs' | 'unknown' {
  if (known.has(name) || open.test(name)) return 'known'
  return otherApis.has(name) ? 'of other APIs' : 'unknown'
}
