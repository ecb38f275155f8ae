import type { Findings } from '../findings.ts'
import { at } from '../node.ts'
import type { RouteLine } from './kind.ts'
import { defined } from '../../defined.ts'

/** Resources per API (API Gateway developer guide, quotas). AWS raises it on request, so that more is a warning. */
const usualResources = 300

/** What API Gateway would refuse, or serve otherwise than meant, in the routes as a whole. */
export function checkRoutes(routes: readonly RouteLine[], findings: Findings): void {
  checkDuplicates(routes, findings)
  checkVariables(routes, findings)
  checkRoot(routes, findings)
  checkCount(routes, findings)
}

function checkDuplicates(routes: readonly RouteLine[], findings: Findings): void {
  const seen = new Map<string, RouteLine>()
  for (const route of routes) {
    const key = `${route.method} ${route.path}`
    const first = seen.get(key)
    if (first === undefined) seen.set(key, route)
    else findings.error({ what: `${route.label} stands there twice.`, ...where(route, first), cure: 'Take one of the two out.' })
  }
}

/** Recorded from AWS: "A sibling ({id}) of this resource already has a variable path part -- only one is allowed". `{proxy+}` counts. */
function checkVariables(routes: readonly RouteLine[], findings: Findings): void {
  const variables = new Map<string, { readonly part: string; readonly route: RouteLine }>()
  for (const route of routes) {
    const parts = partsOf(route.path)
    for (const [index, part] of parts.entries()) {
      if (!part.startsWith('{')) continue
      const parent = `/${parts.slice(0, index).join('/')}`
      const first = variables.get(parent)
      if (first === undefined) variables.set(parent, { part, route })
      else if (first.part !== part) {
        findings.error({
          what: `${route.label}: ${part} and ${first.part} stand on one level, below ${parent}.`,
          why: `API Gateway takes one variable a level. The other is in "${first.route.method} ${first.route.path}"${lineOf(first.route)}.`,
          cure: cureFor(part, first.part),
          ...where(route),
        })
        break
      }
    }
  }
}

function cureFor(part: string, first: string): string {
  if (part.endsWith('+}') !== first.endsWith('+}')) return 'Put text before one of the two, or take one out.'
  return `Use the same name in both: ${first}.`
}

/** API Gateway developer guide: `{proxy+}` does not match its own parent; `/ping` and `/sping` are reserved for its health check. */
function checkRoot(routes: readonly RouteLine[], findings: Findings): void {
  const all = routes.find((route) => /^\/\{[^/]+\+\}$/.test(route.path))
  if (all !== undefined && !routes.some((route) => route.path === '/')) {
    const cure = `Add ${all.method} /, unless / is meant to answer 403.`
    const why = 'A greedy variable takes at least one part of a path.'
    findings.warning({ what: `${all.label} leaves / out.`, why, cure, ...where(all) })
  }
  for (const route of routes.filter(({ path }) => path === '/ping' || path === '/sping')) {
    const cure = 'Take another path, such as /health.'
    findings.warning({ what: `${route.label}: API Gateway keeps ${route.path} for its own health check.`, cure, ...where(route) })
  }
}

function checkCount(routes: readonly RouteLine[], findings: Findings): void {
  const count = resourceCount(routes.map((route) => route.path))
  if (count <= usualResources) return
  const cure = 'Have the quota "Resources per API" raised, or gather paths under {proxy+}.'
  const why = `An API has at most ${usualResources} resources, unless AWS has raised the quota for this account.`
  findings.warning({ what: `The routes need ${count} resources of the API.`, why, cure })
}

/** How many resources of an API the paths need: each distinct beginning of a path is one, and the root is one. */
export function resourceCount(paths: readonly string[]): number {
  const resources = new Set(['/'])
  for (const path of paths) {
    const parts = partsOf(path)
    for (let depth = 1; depth <= parts.length; depth++) resources.add(`/${parts.slice(0, depth).join('/')}`)
  }
  return resources.size
}

function partsOf(path: string): readonly string[] {
  return path === '/' ? [] : path.slice(1).split('/')
}

function lineOf(route: RouteLine): string {
  return route.place?.line === undefined ? '' : `, line ${route.place.line}`
}

function where(route: RouteLine, first?: RouteLine): { readonly place?: NonNullable<RouteLine['place']>; readonly why?: string } {
  const line = first?.place?.line
  return defined({ ...at(route), why: line === undefined ? undefined : `The first is on line ${line}.` })
}
