const context = {
  requestId: '$context.requestId',
  // A caller may set the request's id, so AWS advises to log the one that it gives itself, too (developer guide, "Set up logging").
  extendedRequestId: '$context.extendedRequestId',
  sourceIp: '$context.identity.sourceIp',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  path: '$context.path',
  protocol: '$context.protocol',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integration.status',
  integrationError: '$context.integration.error',
  error: '$context.error.message',
} as const

const fields = Object.entries(context)

/**
 * The formats that have a name. All but `clf` hold the same fields, in the same order.
 * API Gateway writes `-` where a value is missing, and escapes quotes inside values (DataBiosphere/azul#4348, lines of a REST API), so
 * every field of the JSON is quoted. `error.messageString`, which brings quotes of its own, is not used: what it writes for a request
 * without an error is unverified, and a bare `-` would make every line of a healthy API broken JSON.
 */
export const accessLogFormats = {
  json: `{${fields.map(([name, variable]) => `"${name}":"${variable}"`).join(',')}}`,
  /** NCSA's common log format with the request's ids at its end, as the API Gateway console offers it. */
  clf:
    '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] ' +
    '"$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength ' +
    '$context.requestId $context.extendedRequestId',
  csv: fields.map(([, variable]) => variable).join(','),
  xml: `<request id="${context.requestId}">${fields
    .filter(([name]) => name !== 'requestId')
    .map(([name, variable]) => `<${name}>${variable}</${name}>`)
    .join('')}</request>`,
} as const
