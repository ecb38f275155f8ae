import type { Route } from '../../service/service.ts'
import { routeOf } from '../../service/smoke/match.ts'
import type { SmokeTest } from '../../service/smoke/smoke-test.ts'
import { didYouMean } from '../../suggest.ts'
import type { Context } from '../kinds/kind.ts'
import { at } from '../node.ts'
import type { SmokeDraft } from './kind.ts'

/** What every request says of itself, unless the test says otherwise; the same as an event and over HTTP. */
const ownHeaders = [['accept', '*/*'], ['user-agent', 'lambda-api-deploy']] as const

/** The tests with the routes that answer them. A test that no route answers is a mistake. */
export function composeSmokeTests(
  drafts: 'auto' | readonly SmokeDraft[] | undefined, routes: readonly Route[], context: Context,
): readonly SmokeTest[] {
  if (drafts === 'auto') return automatic(routes, context)
  return (drafts ?? []).flatMap((draft) => composeSmokeTest(draft, routes, context) ?? [])
}

/** One test for each path without variables that answers to GET: nothing may fail on the server's side. */
function automatic(routes: readonly Route[], { findings }: Context): SmokeTest[] {
  const asked = routes.filter(({ method, path }) => (method === 'GET' || method === 'ANY') && !path.includes('{'))
  const paths = new Set(asked.map(({ path }) => path))
  if (paths.size === 0 && routes.length > 0) {
    const why = 'It asks the routes of GET and ANY that have no variable in their path, and there is none.'
    findings.warning({ what: 'smoke-test: auto tests nothing.', why, cure: 'Write lines, such as GET /events/42 -> 200.' })
  }
  const status = [{ from: 100, to: 499 }]
  return [...paths].flatMap((path) => {
    const match = routeOf('GET', path, routes)
    const request = { method: 'GET', path, query: '', headers: ownHeaders }
    return match === undefined ? [] : [{ line: `GET ${path} -> below 500`, request, ...match, expected: { status } }]
  })
}

function composeSmokeTest(draft: SmokeDraft, routes: readonly Route[], context: Context): SmokeTest | undefined {
  const { line, method, query, headers, body, expected } = draft
  const path = filled(draft, context)
  if (path === undefined) return undefined
  const match = routeOf(method, path, routes)
  if (match === undefined) {
    const known = routes.map((route) => `${route.method} ${route.path}`)
    const cure = didYouMean(`${method} ${draft.path}`, known) || 'Add the route, or take the line out.'
    if (routes.length > 0) context.findings.error({ what: `${draft.label}: no route answers ${method} ${path}.`, cure, ...at(draft) })
    return undefined
  }
  const given = new Set(headers.map(([name]) => name.toLowerCase()))
  const all = [...ownHeaders.filter(([name]) => !given.has(name)), ...headers]
  const request = { method, path, query, headers: all, ...(body === undefined ? {} : { body }) }
  return { line, request, ...match, expected, ...at(draft) }
}

/** The path with its variables' values in it, percent-encoded; a greedy one keeps its slashes. */
function filled({ path, variables, label, ...draft }: SmokeDraft, { findings }: Context): string | undefined {
  const names = [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => name)
  const missing = names.filter((name) => !Object.hasOwn(variables, name))
  const surplus = Object.keys(variables).filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const values = missing.map((name) => `${name}: 42`).join(', ')
    const cure = `Write path: { ${values} } below it in lambda-api.yml, or a path without variables.`
    findings.error({ what: `${label}: ${missing.join(', ')} of ${path} has no value.`, cure, ...at(draft) })
  }
  if (surplus.length > 0) {
    findings.error({ what: `${label}: ${path} has no variable ${surplus.join(', ')}.`, cure: 'Take it out of path.', ...at(draft) })
  }
  if (missing.length + surplus.length > 0) return undefined
  return path.replaceAll(/\{([^{}+]+)(\+?)\}/g, (_whole, name: string, greedy: string) => {
    const value = variables[name] ?? ''
    return greedy === '' ? encodeURIComponent(value) : value.split('/').map(encodeURIComponent).join('/')
  })
}
