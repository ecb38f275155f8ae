import { previewNames } from './names.ts'
import { compare } from './route-order.ts'
import type { FunctionSpec, Service, ServiceId } from './service.ts'

/** The stage of every preview's API. */
export const previewStage = 'preview'

/**
 * The separate, complete service that a pull request gets: every name ends in its number. What costs while nobody calls it, what the
 * service shares with others, and what a preview cannot have for itself is left out.
 */
export function asPreview(service: Service, number: number): Service {
  const named = previewNames(number)
  const functions = service.functions.map((spec) => functionOf(spec, named.function)).sort((a, b) => compare(a.name, b.name))
  const { joined: _joined, ...api } = service.api
  const { group: _group, stream: _stream, ...accessLog } = service.accessLog
  const { canary: _canary, ...release } = service.release
  const smokeTests = release.smokeTests.map((each) => ({
    ...each, route: { ...each.route, functionName: named.function(each.route.functionName) },
  }))
  const routes = service.api.routes.map((each) => ({ ...each, functionName: named.function(each.functionName) }))
  return {
    ...service, name: named.service(service.name), stage: previewStage, preview: number, functions, accessLog,
    release: { ...release, smokeTests },
    api: { ...api, name: named.api(api.name), routes },
  }
}

function functionOf(spec: FunctionSpec, nameOf: (name: string) => string): FunctionSpec {
  const { join: _join, reservedConcurrency: _reserved, provisionedConcurrency: _provisioned, ...rest } = spec
  return { ...rest, name: nameOf(spec.name) }
}

/** A service of which nothing is known but whose it is: enough to find what was made for it, and to take that away. */
export function bareService(id: ServiceId): Service {
  return {
    ...id, functions: [], release: { keepReleases: 0, smokeTests: [] }, accessLog: { cloudwatchRole: { kind: 'keep' } },
    api: { name: '', endpointType: 'REGIONAL', binaryMediaTypes: [], routes: [] },
  }
}
