/**
 * The `$context` variables that an access log of a REST API may name.
 * Source: developer guide, "Variables for access logging for API Gateway" (read 2025-26).
 */
const VARIABLES: ReadonlySet<string> = new Set([
  ...[
    'accountId',
    'apiId',
    'awsEndpointRequestId',
    'deploymentId',
    'domainName',
    'domainPrefix',
    'endpointType',
    'extendedRequestId',
    'httpMethod',
  ],
  ...[
    'isCanaryRequest',
    'path',
    'protocol',
    'requestId',
    'requestTime',
    'requestTimeEpoch',
    'resourceId',
    'resourcePath',
    'responseLatency',
  ],
  ...[
    'responseLength',
    'stage',
    'status',
    'waf-error',
    'waf-latency',
    'waf-status',
    'wafResponseCode',
    'webaclArn',
    'xrayTraceId',
    'tlsVersion',
  ],
  ...['cipherSuite', 'customDomain.basePathMatched', 'customDomain.routingRuleIdMatched', 'wafResponse'],
  ...['error.message', 'error.messageString', 'error.responseType', 'error.validationErrorString', 'integrationErrorMessage'],
  ...[
    'integrationLatency',
    'integrationStatus',
    'authenticate.error',
    'authenticate.latency',
    'authenticate.status',
    'authorize.error',
    'authorize.latency',
  ],
  ...[
    'authorize.status',
    'authorizer.error',
    'authorizer.integrationLatency',
    'authorizer.integrationStatus',
    'authorizer.latency',
    'authorizer.principalId',
  ],
  ...[
    'authorizer.requestId',
    'authorizer.status',
    'waf.error',
    'waf.latency',
    'waf.status',
    'identity.accessKey',
    'identity.accountId',
    'identity.apiKey',
  ],
  ...[
    'identity.apiKeyId',
    'identity.caller',
    'identity.cognitoAuthenticationProvider',
    'identity.cognitoAuthenticationType',
    'identity.cognitoIdentityId',
  ],
  ...[
    'identity.cognitoIdentityPoolId',
    'identity.principalOrgId',
    'identity.sourceIp',
    'identity.clientCert.clientCertPem',
    'identity.clientCert.subjectDN',
  ],
  ...[
    'identity.clientCert.issuerDN',
    'identity.clientCert.serialNumber',
    'identity.clientCert.validity.notBefore',
    'identity.clientCert.validity.notAfter',
  ],
  ...[
    'identity.user',
    'identity.userAgent',
    'identity.userArn',
    'identity.vpcId',
    'identity.vpceId',
    'integration.error',
    'integration.integrationStatus',
  ],
  ...['integration.latency', 'integration.requestId', 'integration.status', 'integration.responseTransferMode', 'responseTransferMode'],
  ...['integration.timeToAllHeaders', 'integration.timeToFirstContent'],
])

/** What a Lambda authorizer returns in its context, and a user pool's claims, have names of their own. */
const OPEN = /^authorizer\.(?:claims\.)?[A-Za-z0-9_:-]+$/

/** The variables of `format` in order, as `name` without `$context.`. */
function contextVariables(format: string): string[] {
  return [...format.matchAll(VARIABLE)].map((match) => match[1] ?? '')
}

/** A variable with its name: dots bind only where a word follows. */
export const VARIABLE = /\$context\.([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)/g

export function unknownVariables(format: string): string[] {
  return contextVariables(format)
    .filter((name) => !VARIABLES.has(name) && !OPEN.test(name))
    .map((name) => `$context.${name}`)
}
