import { createHash } from 'node:crypto'
import { aliasVariable } from './names.ts'
import type { ApiSpec, Route, Service } from './service.ts'

/** Raised whenever the canonical form changes its meaning, so that digests of two schemes never look equal. */
const scheme = 1

/** Routes and API settings as one canonical value without ids. */
export interface Definition {
  readonly scheme: number
  readonly variable: string
  readonly endpointType: string
  readonly binaryMediaTypes: readonly string[]
  readonly minimumCompressionSize: number | null
  readonly routes: readonly (readonly [method: string, path: string, functionName: string])[]
}

/** The definition that a service asks for. Two services with equal definitions need no new deployment. */
export function definitionOf(service: Service): Definition {
  return {
    scheme,
    variable: aliasVariable(service.name),
    endpointType: service.api.endpointType,
    binaryMediaTypes: [...service.api.binaryMediaTypes].sort(),
    minimumCompressionSize: service.api.minimumCompressionSize ?? null,
    routes: sortedRoutes(service.api).map((route) => [route.method, route.path, route.functionName] as const),
  }
}

/** 16 hex digits that are equal exactly for equal definitions. */
export function definitionDigest(definition: Definition): string {
  return createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 16)
}

function sortedRoutes(api: ApiSpec): readonly Route[] {
  const key = (route: Route): string => `${route.path} ${route.method}`
  return [...api.routes].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
