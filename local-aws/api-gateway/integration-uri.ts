import { badRequest } from './errors.ts'

const ONLY_LAMBDA = "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."

/** Refuses an integration's URI as PutIntegration does (recorded: test_put_integration_aws_proxy_uri, test_put_integration_validation). */
export function checkIntegrationUri(type: string, uri: string | undefined): void {
  if (type === 'HTTP' || type === 'HTTP_PROXY') checkHttpUri(uri ?? '')
  if (type === 'AWS' || type === 'AWS_PROXY') checkAwsUri(type, uri ?? '')
}

function checkHttpUri(uri: string): void {
  // A stage variable may stand for the whole of it (developer guide, stage variables).
  if (!/^https?:\/\//.test(uri) && !uri.startsWith('${stageVariables.')) throw badRequest('Invalid HTTP endpoint specified for URI')
}

/** `arn:{partition}:apigateway:{region}:{service}:{path|action}/{what}`; PutIntegration never looks whether the function exists. */
function checkAwsUri(type: string, uri: string): void {
  const [arn, , , , service, ...rest] = uri.split(':')
  if (arn !== 'arn' || rest.length === 0) throw badRequest('Invalid ARN specified in the request')
  const target = rest.join(':')
  if (!/^(path|action)\//.test(target)) throw badRequest('AWS ARN for integration must contain path or action')
  if (type === 'AWS_PROXY' && !isLambdaInvocation(service ?? '', target) && !isFirehose(service ?? '', target))
    throw badRequest(ONLY_LAMBDA)
}

function isLambdaInvocation(service: string, target: string): boolean {
  if (service !== 'lambda') return false
  const match = /^path\/\d{4}-\d{2}-\d{2}\/functions\/(.+)\/(invocations|response-streaming-invocations)$/.exec(target)
  const reference = match?.[1] ?? ''
  return /^arn:[^:]+:lambda:[^:]+:[^:]+:function:.+$/.test(reference) || reference.startsWith('${stageVariables.')
}

function isFirehose(service: string, target: string): boolean {
  return service === 'firehose' && target === 'action/PutRecord'
}

const FUNCTION_ARN = 'arn:[^:]+:lambda:([^:]+):([^:]+):function:([^:/]+)(?::([^/]+))?'
const INVOCATION = new RegExp(`:lambda:path/[^/]+/functions/${FUNCTION_ARN}/(?:response-streaming-)?invocations$`)

/** The function that a Lambda integration's URI names, with its qualifier; undefined where the URI is no invocation of Lambda. */
export function lambdaOf(uri: string): { region: string; accountId: string; name: string; qualifier?: string } | undefined {
  const match = INVOCATION.exec(uri)
  if (match === null) return undefined
  const [, region = '', accountId = '', name = '', qualifier] = match
  return { region, accountId, name, ...(qualifier === undefined ? {} : { qualifier }) }
}
