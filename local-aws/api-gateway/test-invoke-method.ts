import { answerOf } from '../invoke/answer.ts'
import { singleAndMulti, type ApiRequest, type Exchange } from '../invoke/exchange.ts'
import { executionLines } from '../invoke/execution-log.ts'
import { newIds } from '../invoke/open-exchange.ts'
import type { Route } from '../invoke/router.ts'
import type { Call, Output } from '../kernel/call.ts'
import { findMethod, findResource } from './find.ts'
import { pathOf } from './path-parts.ts'
import { newSettings } from './stages.ts'
import { text } from './values.ts'

// pulumi-aws-serverless issue 29: the stage of the source ARN that a test presents to Lambda.
const STAGE = 'test-invoke-stage'

type Pairs = readonly (readonly [string, string])[]

/**
 * TestInvokeMethod: one method of the working copy, without a deployment, its throttling, key and authorizer (recorded:
 * test_invoke_test_method).
 */
export async function testInvokeMethod(call: Call): Promise<Output> {
  const route = testRoute(call)
  const exchange = testExchange(call, route)
  const before = performance.now()
  const response = await answerOf(exchange, route)
  const failure = exchange.notes.get('integrationErrorMessage')
  // A failure shows its error type alone (recorded: test_failed_invoke_test_method).
  const headers = failure === undefined ? response.headers : response.headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  const { single, multi } = singleAndMulti(headers)
  return {
    status: response.status,
    body: response.body.toString(),
    headers: single ?? {},
    multiValueHeaders: multi ?? {},
    log: logOf(exchange, executionLines(exchange, route, response)),
    latency: Math.round(performance.now() - before),
  }
}

function testRoute(call: Call): Route {
  const { api, resource } = findResource(call)
  // That ANY answers for a method is unverified; without either it is the usual 404.
  const method = resource.methods.get(String(call.params.httpMethod)) ?? resource.methods.get('ANY') ?? findMethod(call).method
  const resourcePath = pathOf(api.definition, resource)
  const { path } = target(call, resourcePath)
  return { resource, resourcePath, method, pathParameters: parametersIn(resourcePath, path) }
}

function testExchange(call: Call, route: Route): Exchange {
  const { params, account, now } = call
  const { api } = findResource(call)
  const { path, query } = target(call, route.resourcePath)
  const request: ApiRequest = {
    method: String(params.httpMethod) === 'ANY' ? 'GET' : String(params.httpMethod),
    path,
    fullPath: path,
    query,
    headers: headersOf(params),
    body: Buffer.from((params.body as string | undefined) ?? ''),
    sourceIp: 'test-invoke-source-ip',
    protocol: 'HTTP/1.1',
  }
  const variables = params.stageVariables as Record<string, string> | undefined
  const stage = {
    stageName: STAGE,
    settings: newSettings('', {}),
    deploymentId: '',
    definition: api.definition,
    variables,
    isCanary: false,
  }
  return {
    ...newIds(now),
    ...stage,
    account,
    api,
    request,
    startedAt: now,
    arrivedAt: performance.now(),
    notes: new Map(),
    authorizer: undefined,
    apiKey: undefined,
  }
}

/** The path asked for, else the resource's own with its braces (recorded: test-invoke-method-get-pets-id-no-path). */
function target(call: Call, resourcePath: string): { path: string; query: Pairs } {
  const [path = '', query = ''] = (text(call.params.pathWithQueryString) || resourcePath).split('?')
  return { path, query: [...new URLSearchParams(query)] }
}

function headersOf(params: Call['params']): Pairs {
  const multi = Object.entries((params.multiValueHeaders ?? {}) as Record<string, string[]>)
  const single = Object.entries((params.headers ?? {}) as Record<string, string>)
  return [...single, ...multi.flatMap(([name, values]) => values.map((value) => [name, value] as const))]
}

/** Parameters of a path that fits the resource; none of one that does not (recorded: test-invoke-method-get-pets-id-bad-path). */
function parametersIn(resourcePath: string, path: string): Record<string, string> | null {
  const fixed = resourcePath.replaceAll('.', '\\.')
  const source = fixed.replaceAll(/\{([A-Za-z0-9_\-:\\.]+)(\+?)\}/g, (_, name: string, greedy: string) => {
    return `(?<${group(name.replaceAll('\\', ''))}>${greedy ? '.+' : '[^/]+'})`
  })
  const groups = new RegExp(`^${source}$`).exec(path)?.groups
  if (groups === undefined) return null
  const names = [...resourcePath.matchAll(/\{([A-Za-z0-9._\-:]+)\+?\}/g)].map(([, name = '']) => name)
  return Object.fromEntries(names.map((name) => [name, groups[group(name)] ?? '']))
}

/** Names of groups are letters, digits and `_` only. */
function group(name: string): string {
  return `p_${Buffer.from(name).toString('hex')}`
}

/** The execution log, with Java's time before each line. */
function logOf(exchange: Exchange, lines: readonly string[]): string {
  const [weekday, day, month, year, time] = new Date(exchange.startedAt).toUTCString().replace(',', '').split(' ')
  const stamp = `${weekday} ${month} ${day} ${time} UTC ${year}`
  return [`Execution log for request ${exchange.requestId}`, ...lines.map((line) => `${stamp} : ${line}`), ''].join('\n')
}
