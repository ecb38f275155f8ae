const context = {
  requestId: '$context.requestId',
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
} as const

const error = '$context.error.messageString'
const fields = Object.entries(context)

/**
 * The formats that have a name. All but `clf` hold the same fields, in the same order.
 * `error.messageString` brings its own quotes (API Gateway developer guide), so nothing is put around it; every other field is
 * quoted in JSON, because API Gateway writes `-` where a value is missing.
 */
export const accessLogFormats = {
  json: `{${[...fields.map(([name, variable]) => `"${name}":"${variable}"`), `"error":${error}`].join(',')}}`,
  /** NCSA's common log format with the request's id at its end, as the API Gateway console offers it. */
  clf:
    '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] ' +
    '"$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId',
  csv: [...fields.map(([, variable]) => variable), error].join(','),
  xml: `<request id="${context.requestId}">${fields
    .filter(([name]) => name !== 'requestId')
    .map(([name, variable]) => `<${name}>${variable}</${name}>`)
    .join('')}<error>${error}</error></request>`,
} as const

export type AccessLogFormatName = keyof typeof accessLogFormats
