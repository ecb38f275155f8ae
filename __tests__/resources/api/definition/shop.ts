import type { ApiSpec, Route, Service } from '../../../../src/service/service.ts'

export const account = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' }

/** `GET /items`, to the function shop unless another is named. */
export function route(text: string, functionName = 'shop'): Route {
  const [method = '', path = ''] = text.split(' ')
  return { method, path, functionName }
}

/** A service with these routes and settings of its API; its functions do not matter to the definition. */
export function shop(routes: readonly Route[], api: Partial<ApiSpec> = {}, more: Partial<Service> = {}): Service {
  return {
    name: 'shop', stage: 'prod', repository: 'acme/shop', functions: [],
    api: { name: 'shop', endpointType: 'REGIONAL', binaryMediaTypes: [], routes, ...api },
    accessLog: { cloudwatchRole: { kind: 'keep' } },
    release: { keepReleases: 5, smokeTests: [] },
    ...more,
  }
}
