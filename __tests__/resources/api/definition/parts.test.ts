import { describe, expect, test } from '@jest/globals'
import type { Aws } from '../../../../src/aws/clients.ts'
import { mark, methodOf, putIntegrationInput, putMethodInput, type MethodSpec } from '../../../../src/resources/api/definition/method.ts'
import { methods } from '../../../../src/resources/api/definition/methods.ts'
import {
  definitionDigest,
  foreignInDefinition,
  isAtGoal,
  planDefinition,
  readWorkingCopy,
} from '../../../../src/resources/api/definition/parts.ts'
import { settings } from '../../../../src/resources/api/definition/settings.ts'
import type { WorkingCopy } from '../../../../src/resources/api/definition/part.ts'
import { keep } from '../../../../src/resources/step.ts'
import { functionArn, invocationArn } from '../../../../src/service/arns.ts'
import type { Service } from '../../../../src/service/service.ts'
import { account, route, shop } from './shop.ts'

const base = shop([route('GET /items'), route('POST /items/{id}')], { binaryMediaTypes: ['image/png', '*/*'] })
const withApi = (api: Partial<Service['api']>): Service => ({ ...base, api: { ...base.api, ...api } })

/** What each change of a service means for its definition. */
const changes: readonly (readonly [string, Service, 'another' | 'the same'])[] = [
  ['a route more', withApi({ routes: [...base.api.routes, route('GET /')] }), 'another'],
  ['a route less', withApi({ routes: base.api.routes.slice(1) }), 'another'],
  ['another path', withApi({ routes: [route('GET /item'), route('POST /items/{id}')] }), 'another'],
  ['another method', withApi({ routes: [route('ANY /items'), route('POST /items/{id}')] }), 'another'],
  ['another function', withApi({ routes: [route('GET /items', 'shop-read'), route('POST /items/{id}')] }), 'another'],
  ['another service name', { ...base, name: 'till' }, 'another'],
  ['another type of endpoint', withApi({ endpointType: 'EDGE' }), 'another'],
  ['one binary type less', withApi({ binaryMediaTypes: ['*/*'] }), 'another'],
  ['compression from 0 bytes on', withApi({ minimumCompressionSize: 0 }), 'another'],
  ['other order of routes', withApi({ routes: [...base.api.routes].reverse() }), 'the same'],
  ['other order of binary types', withApi({ binaryMediaTypes: ['*/*', 'image/png'] }), 'the same'],
  ['another name of the API', withApi({ name: 'till' }), 'the same'],
  ['another limit of the stage', withApi({ throttlingRate: 5, throttlingBurst: 5 }), 'the same'],
  ['another stage', { ...base, stage: 'dev' }, 'the same'],
  ['another commit and repository', { ...base, commit: 'abc', repository: 'acme/till' }, 'the same'],
]

describe('the digest of the definition', () => {
  test.each(changes)('%s is %3$s definition', (_name, changed, expected) => {
    expect(definitionDigest(changed) === definitionDigest(base) ? 'the same' : 'another').toBe(expected)
  })

  test.each(changes)('follows what the parts say: %s', (_name, changed) => {
    const said = (service: Service): string => JSON.stringify([settings.canonical(service), methods.canonical(service)])
    expect(definitionDigest(changed) === definitionDigest(base)).toBe(said(changed) === said(base))
  })

  test('is 16 hex digits without ids in them', () => expect(definitionDigest(base)).toMatch(/^[0-9a-f]{16}$/))
})

/** The API as AWS would show it where it holds just what a service asks for. */
function copyOf(service: Service, more: Readonly<Record<string, Readonly<Record<string, object>>>> = {}): WorkingCopy {
  const specs: readonly MethodSpec[] = service.api.routes.map((each) => methodOf(each, service))
  const paths = [...new Set(['/', ...specs.map(({ path }) => path), ...Object.keys(more)])]
  const methodsAt = (at: string) => specs.filter(({ path }) => path === at).map((spec) => {
    const { integrationHttpMethod: httpMethod, ...integration } = putIntegrationInput(spec, account)
    return [spec.method, { ...putMethodInput(spec), methodIntegration: { ...integration, httpMethod } }] as const
  })
  const node = (path: string) => [path, { id: path, path, methods: { ...Object.fromEntries(methodsAt(path)), ...more[path] } }] as const
  const { name, endpointType, binaryMediaTypes, minimumCompressionSize } = service.api
  const lists = { endpointConfiguration: { types: [endpointType] }, binaryMediaTypes: [...binaryMediaTypes] }
  return { settings: { id: 'a1', name, ...lists, minimumCompressionSize }, methods: new Map(paths.map(node)) }
}

describe('the definition as a list of parts', () => {
  const others = changes.filter(([name]) => name !== 'another name of the API')

  test.each(others)('the guard sees what the digest sees: %s', (_name, changed, expected) => {
    expect(isAtGoal({ service: changed, account }, copyOf(base)) ? 'the same' : 'another').toBe(expected)
  })

  test('its changes come one after another, those of the settings first, those that take away before those that make', () => {
    const wanted = shop([route('GET /items'), route('GET /new'), route('PUT /new')], { minimumCompressionSize: 1 })
    const before = keep({ id: 'before', kind: 'thing', name: 'before' })
    const steps = planDefinition({ service: wanted, account }, copyOf(base), [before])
    expect(steps.map(({ id }) => id)).toEqual(['api', 'route/POST /items/{id}', 'route/GET /new', 'route/PUT /new'])
    expect(steps.map(({ needs }) => needs)).toEqual([[before], ...steps.slice(0, -1).map((step) => [step])])
  })

  test('what is known of the working copy is not read again', async () => {
    const asked: string[] = []
    const api = async (command: object) => ({ asked: asked.push(command.constructor.name), name: 'read', items: [] })
    const aws = { api } as unknown as Aws
    expect(await readWorkingCopy(aws, 'a1')).toMatchObject({ settings: { name: 'read' }, methods: new Map() })
    expect(asked.sort()).toEqual(['GetResourcesCommand', 'GetRestApiCommand'])
    expect(await readWorkingCopy(aws, 'a1', { settings: { name: 'known' } })).toMatchObject({ settings: { name: 'known' } })
    expect(asked.sort()).toEqual(['GetResourcesCommand', 'GetResourcesCommand', 'GetRestApiCommand'])
  })

  test('what other services and hands have made is foreign, and is told with the function that it calls', () => {
    const uri = invocationArn(account, functionArn(account, 'orders', 'live'))
    const copy = copyOf(base, {
      '/hook': { POST: { methodIntegration: { type: 'AWS_PROXY', uri } }, GET: {} },
      '/items': { PUT: { operationName: mark('shop', 'GET', '/items') } },
      '/till': { GET: { operationName: mark('till', 'GET', '/till') } },
    })
    expect(foreignInDefinition(base, copyOf(base))).toEqual([])
    expect(foreignInDefinition(base, copy)).toEqual([
      { name: 'PUT /items', functionName: undefined },
      { name: 'POST /hook', functionName: 'orders' },
      { name: 'GET /hook', functionName: undefined },
      { name: 'GET /till', functionName: undefined },
    ])
  })
})
