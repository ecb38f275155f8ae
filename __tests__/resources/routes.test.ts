import { describe, expect, test } from '@jest/globals'
import type { Method } from '@aws-sdk/client-api-gateway'
import { routeOperations } from '../../src/resources/api/definition/routes.ts'
import { emptyTree, integrationUri, mark, prefixes, treeAgrees, type Tree, type Where } from '../../src/resources/api/definition/tree.ts'
import type { Route } from '../../src/service/service.ts'

const where: Where = { account: { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' }, service: 'shop' }
const route = (text: string, functionName = 'shop'): Route => ({ method: text.split(' ')[0] ?? '', path: text.split(' ')[1] ?? '', functionName })
const ours = ({ method, path, functionName }: Route): Method => ({
  httpMethod: method, authorizationType: 'NONE', apiKeyRequired: false, operationName: mark('shop', method, path),
  methodIntegration: { type: 'AWS_PROXY', httpMethod: 'POST', uri: integrationUri(where, functionName) },
})

/** A tree with these routes of ours, and more methods by path. */
function tree(routes: readonly Route[], foreign: Readonly<Record<string, Record<string, Method>>> = {}): Tree {
  const paths = new Set(['/', ...routes.flatMap((each) => prefixes(each.path)), ...Object.keys(foreign).flatMap(prefixes)])
  return new Map([...paths].map((path) => [path, {
    id: path, path,
    methods: { ...Object.fromEntries(routes.filter((each) => each.path === path).map((each) => [each.method, ours(each)])), ...foreign[path] },
  }]))
}

describe('the operations on the working copy', () => {
  test('nothing is to be done where every route is there', () => {
    const routes = [route('GET /a'), route('ANY /a/{proxy+}')]
    expect(routeOperations(tree(routes), routes, where)).toEqual([])
    expect(treeAgrees(tree(routes), routes, where)).toBe(true)
  })

  test('a new API gets every route, the root too', () => {
    const routes = [route('ANY /'), route('GET /a/b')]
    expect(routeOperations(emptyTree('r'), routes, where)).toEqual(routes.map((each) => ({ do: 'put route', route: each, problem: 'missing' })))
  })

  test('a route that is gone goes before the new one comes, with the resources that it leaves empty', () => {
    const operations = routeOperations(tree([route('GET /a/{id}/b')]), [route('GET /a/{name}')], where)
    expect(operations).toEqual([
      { do: 'delete method', method: 'GET', path: '/a/{id}/b' },
      { do: 'delete resource', path: '/a/{id}' },
      { do: 'put route', route: route('GET /a/{name}'), problem: 'missing' },
    ])
  })

  test('a foreign method stays, and so does the resource that it stands on', () => {
    const foreign = { '/a/hook': { POST: { httpMethod: 'POST', authorizationType: 'AWS_IAM' } } }
    expect(routeOperations(tree([route('GET /a'), route('GET /a/old')], foreign), [route('GET /a')], where)).toEqual([
      { do: 'delete method', method: 'GET', path: '/a/old' },
      { do: 'delete resource', path: '/a/old' },
    ])
    expect(treeAgrees(tree([route('GET /a')], foreign), [route('GET /a')], where)).toBe(true)
  })

  test.each([
    ['not marked', { operationName: undefined }],
    ['no integration', { methodIntegration: undefined }],
    ['differs', { authorizationType: 'AWS_IAM' }],
    ['differs', { apiKeyRequired: true }],
    ['differs', { methodIntegration: { type: 'MOCK' as const } }],
  ])('a route is mended where it is %s', (problem, change) => {
    const wanted = route('GET /a')
    const broken = tree([], { '/a': { GET: { ...ours(wanted), ...change } } })
    expect(routeOperations(broken, [wanted], where)).toEqual([{ do: 'put route', route: wanted, problem }])
    expect(treeAgrees(broken, [wanted], where)).toBe(false)
  })

  test('the mark of another service is foreign', () => {
    const theirs = { '/b': { GET: { httpMethod: 'GET', operationName: mark('other', 'GET', '/b') } } }
    expect(routeOperations(tree([route('GET /a')], theirs), [route('GET /a')], where)).toEqual([])
  })

  test('a route that leads to another function is put anew', () => {
    const operations = routeOperations(tree([route('GET /a')]), [route('GET /a', 'shop-read')], where)
    expect(operations).toEqual([{ do: 'put route', route: route('GET /a', 'shop-read'), problem: 'differs' }])
  })
})
