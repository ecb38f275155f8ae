import type { FunctionCode } from '../../src/resources/code.ts'
import type { Account } from '../../src/service/arns.ts'
import type { FunctionSpec, Route, Service } from '../../src/service/service.ts'

export const account: Account = { accountId: '123456789012', partition: 'aws', region: 'eu-west-1' }
const roleArn = `arn:aws:iam::${account.accountId}:role/handed`

/** A function whose role is given, with nothing set. */
export function specOf(name: string, more: Partial<FunctionSpec> = {}): FunctionSpec {
  return {
    key: name,
    name,
    tags: {},
    code: { source: '/app', base: '/app', handler: 'app.handler', runtime: 'python3.13', architecture: 'x86_64', include: [], exclude: [], places: {} },
    role: { kind: 'given', arn: roleArn },
    settings: { environmentVariables: {}, layers: [], vpcSubnetIds: [], vpcSecurityGroupIds: [] },
    ...more,
  }
}

/** `GET /items`, to the function shop unless another is named. */
export function route(text: string, functionName = 'shop'): Route {
  const [method = '', path = ''] = text.split(' ')
  return { method, path, functionName }
}

/** A service with one function, one route and an access log. */
export function serviceOf(more: Partial<Service> = {}): Service {
  return {
    name: 'shop',
    stage: 'prod',
    repository: 'acme/shop',
    commit: 'c'.repeat(40),
    functions: [specOf('shop')],
    api: { name: 'shop', endpointType: 'REGIONAL', binaryMediaTypes: [], routes: [route('GET /items')] },
    accessLog: { format: '$context.requestId', cloudwatchRole: { kind: 'keep' } },
    release: { keepReleases: 2, smokeTests: [] },
    ...more,
  }
}

/** The code of a version by a word of one's own: equal words are equal code. */
export function code(word: string): FunctionCode {
  return { sha256: `sha of ${word}`, inputDigest: `inputs of ${word}`, path: `/packages/${word}.zip`, size: 1_000 }
}
