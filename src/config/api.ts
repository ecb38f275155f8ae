import type { Place } from '../errors.ts'
import { byPathThenMethod } from '../service/route-order.ts'
import type { AccessLogSpec, ApiSpec, FunctionSpec, Route } from '../service/service.ts'
import { readValues } from './group.ts'
import type { Context } from './kinds/kind.ts'
import { at } from './node.ts'
import type { Given } from './node.ts'
import type { RouteLine } from './routes/kind.ts'
import { checkRoutes } from './routes/tree.ts'
import { apiTable } from './settings/api.ts'
import type { Exact } from './settings/setting.ts'
import { didYouMean } from '../suggest.ts'
import { defined } from '../defined.ts'

export interface ApiDraft {
  readonly service: string
  readonly given: Given
  readonly functions: readonly FunctionSpec[]
  /** The file, where there is one. */
  readonly place?: Place
}

/** The API and its access log. */
export function composeApi(draft: ApiDraft, context: Context): { readonly api: ApiSpec; readonly accessLog: AccessLogSpec } {
  const values = readValues(draft.given, apiTable, context)
  const { apiName: name, apiId, adoptRoutes, routes, accessLog, accessLogGroup, accessLogRetentionDays, cloudwatchRole, ...rest } = values
  const settings: Exact<Omit<ApiSpec, 'name' | 'routes' | 'joined'>, typeof rest> = rest
  const composed = composeRoutes(routes, draft, context)
  const joined = apiId === undefined ? undefined : { id: apiId, named: new Set(draft.given.keys()), adopts: adoptRoutes }
  checkJoined(draft.given, context)
  checkStream(draft.given, accessLogGroup, context)
  warnOfTimeouts(composed, draft.functions, context)
  return {
    api: { ...defined({ name: name ?? draft.service, joined }), ...settings, routes: composed },
    accessLog: defined({
      format: accessLog === 'off' ? undefined : accessLog,
      ...destinationOf(accessLogGroup),
      retentionDays: accessLogRetentionDays,
      cloudwatchRole: logsRole(cloudwatchRole),
    }),
  }
}

function destinationOf(group: string | undefined): Pick<AccessLogSpec, 'group' | 'stream'> {
  return defined(group?.startsWith('arn:') === true ? { stream: group } : { group })
}

function checkJoined(given: Given, { findings }: Context): void {
  const adopts = given.get('adopt-routes')
  if (given.has('api-id') || adopts === undefined) return
  const why = 'Only an API that is joined has routes of others.'
  findings.error({ what: `${adopts.label} makes no sense without api-id.`, why, cure: 'Give api-id, or take it out.', ...at(adopts) })
}

function checkStream(given: Given, group: string | undefined, { findings }: Context): void {
  const node = given.get('access-log-retention-days')
  if (node === undefined || group?.startsWith('arn:') !== true) return
  const why = 'A Firehose stream keeps nothing; it delivers to where you told it to.'
  const cure = 'Take access-log-retention-days out.'
  findings.error({ what: `${node.label} makes no sense together with a Firehose stream.`, why, cure, ...at(node) })
}

function logsRole(role: `arn:${string}` | 'keep' | 'create'): AccessLogSpec['cloudwatchRole'] {
  return role === 'keep' || role === 'create' ? { kind: role } : { kind: 'given', arn: role }
}

/** What a framework's app needs: it has routes of its own. `{proxy+}` leaves `/` out (API Gateway developer guide). */
const wholeApp = ['/', '/{proxy+}']

function composeRoutes(lines: readonly RouteLine[] | undefined, draft: ApiDraft, context: Context): readonly Route[] {
  const [only, another] = draft.functions
  if (lines === undefined || lines.length === 0) {
    if (draft.given.has('routes') && lines === undefined) return []
    if (only !== undefined && another === undefined) return wholeApp.map((path) => ({ method: 'ANY', path, functionName: only.name }))
    const what = 'A service with more than one function needs routes.'
    const cure = `Write api: { routes: { GET /events: ${only?.key} } }, with a line for each route.`
    if (only !== undefined) context.findings.error({ what, cure, ...at(draft) })
    return []
  }
  checkRoutes(lines, context.findings)
  const routes = lines.flatMap((line) => {
    const target = line.functionKey === undefined ? only : draft.functions.find((one) => one.key === line.functionKey)
    if (target === undefined) reportUnknownFunction(line, draft.functions, context)
    return target === undefined ? [] : [{ method: line.method, path: line.path, functionName: target.name }]
  })
  const given = draft.given.get('routes')
  // What leads to a function may stand in a route that was complained about.
  const isWhole = routes.length === lines.length && (given?.kind !== 'map' || lines.length === given.entries.size)
  if (isWhole) reportUnreached(routes, draft.functions, context)
  return routes.sort(byPathThenMethod)
}

function reportUnknownFunction(line: RouteLine, functions: readonly FunctionSpec[], { findings }: Context): void {
  const keys = functions.map((one) => one.key)
  const written = line.functionKey ?? ''
  // Its handler, or its name in AWS, in place of its key.
  const named = functions.find(({ code, name }) => code.handler === written || name === written)
  findings.error({
    what: `${line.label} leads to the function "${line.functionKey}", which is not described.`,
    why: `Described are ${keys.join(', ')}.`,
    cure: named === undefined ? didYouMean(written, keys) || noSuchFunction(written, keys) : `Did you mean "${named.key}"?`,
    ...at(line),
  })
}

/** What looks like a handler is meant as the function that it is a handler of, which nothing describes yet. */
function noSuchFunction(written: string, keys: readonly string[]): string {
  if (!/[./]/.test(written)) return 'Describe it below functions, or name another.'
  return `A route leads to the key of a function, not to a handler: write ${keys.join(' or ')}, or describe a function with that handler.`
}

function reportUnreached(routes: readonly Route[], functions: readonly FunctionSpec[], { findings }: Context): void {
  for (const { key, name } of functions) {
    if (routes.some((route) => route.functionName === name)) continue
    findings.warning({ what: `No route leads to the function ${key}.`, cure: 'Add one, or take the function out.' })
  }
}

/** Seconds that API Gateway waits for a function (developer guide, quotas). The quota can be raised for a Regional API. */
const longestWait = 29

function warnOfTimeouts(routes: readonly Route[], functions: readonly FunctionSpec[], { findings }: Context): void {
  for (const { key, name, settings, places } of functions) {
    if ((settings.timeout ?? 0) <= longestWait || !routes.some((route) => route.functionName === name)) continue
    findings.warning({
      what: `The function ${key} may run for ${settings.timeout} seconds, but API Gateway waits ${longestWait}.`,
      why: 'Then the caller gets 504, while the function runs on. AWS raises the wait for an account on request.',
      cure: `Write timeout: ${longestWait}, or answer at once and let the long work run elsewhere.`,
      ...at({ place: places?.['timeout'] }),
    })
  }
}
