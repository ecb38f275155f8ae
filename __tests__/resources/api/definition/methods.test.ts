import { describe, expect, test } from '@jest/globals'
import type { Method } from '@aws-sdk/client-api-gateway'
import { integrationUri, mark, methodOf, type MethodSpec } from '../../../../src/resources/api/definition/method.ts'
import { treeOperations, type TreeOperation } from '../../../../src/resources/api/definition/methods.ts'
import { emptyTree, prefixes, type Tree } from '../../../../src/resources/api/definition/tree.ts'

const account = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' }
const service = { name: 'shop' }
const route = (text: string, functionName = 'shop'): MethodSpec =>
  methodOf({ method: text.split(' ')[0] ?? '', path: text.split(' ')[1] ?? '', functionName }, service)
const ours = ({ method, path, integration }: MethodSpec): Method => ({
  httpMethod: method, authorizationType: 'NONE', apiKeyRequired: false, operationName: mark('shop', method, path),
  methodIntegration: { type: 'AWS_PROXY', httpMethod: 'POST', uri: integrationUri(integration, account) },
})
const operationsOf = (tree: Tree, specs: readonly MethodSpec[]): TreeOperation[] => treeOperations(tree, specs, { service, account })

/** A tree with these routes of ours, and more methods by path. */
function tree(routes: readonly MethodSpec[], foreign: Readonly<Record<string, Record<string, Method>>> = {}): Tree {
  const paths = new Set(['/', ...routes.flatMap((each) => prefixes(each.path)), ...Object.keys(foreign).flatMap(prefixes)])
  const methodsAt = (path: string) => routes.filter((each) => each.path === path).map((each) => [each.method, ours(each)] as const)
  const node = (path: string) => ({ id: path, path, methods: { ...Object.fromEntries(methodsAt(path)), ...foreign[path] } })
  return new Map([...paths].map((path) => [path, node(path)]))
}

describe('the operations on the working copy', () => {
  test('nothing is to be done where every route is there', () => {
    const routes = [route('GET /a'), route('ANY /a/{proxy+}')]
    expect(operationsOf(tree(routes), routes)).toEqual([])
  })

  test('a new API gets every route, the root too', () => {
    const routes = [route('ANY /'), route('GET /a/b')]
    expect(operationsOf(emptyTree('r'), routes)).toEqual(routes.map((each) => ({ do: 'put method', spec: each, problem: 'missing' })))
  })

  test('a route that is gone goes before the new one comes, with the resources that it leaves empty', () => {
    const operations = operationsOf(tree([route('GET /a/{id}/b')]), [route('GET /a/{name}')])
    expect(operations).toEqual([
      { do: 'delete method', method: 'GET', path: '/a/{id}/b', with: '/a/{id}' },
      { do: 'put method', spec: route('GET /a/{name}'), problem: 'missing' },
    ])
  })

  test('a foreign method stays, and so does the resource that it stands on', () => {
    const foreign = { '/a/hook': { POST: { httpMethod: 'POST', authorizationType: 'AWS_IAM' } } }
    expect(operationsOf(tree([route('GET /a'), route('GET /a/old')], foreign), [route('GET /a')])).toEqual([
      { do: 'delete method', method: 'GET', path: '/a/old', with: '/a/old' },
    ])
  })

  test('break 12: an empty resource is somebody\'s own and stays, also below one of ours', () => {
    const standing = tree([route('GET /one'), route('GET /keep')], { '/empty': {}, '/one/kid': {} })
    expect(operationsOf(standing, [route('GET /keep')])).toEqual([{ do: 'delete method', method: 'GET', path: '/one' }])
  })

  test.each([
    ['/a/{id}', 'GET /a/{name}'],
    ['/a/{proxy+}', 'GET /a/{name}'],
    ['/a/{id}', 'ANY /a/{proxy+}'],
    ['/{proxy+}', 'GET /{name}'],
  ])('unless it stands in the way of a route: %s, %s', (path, text) => {
    const spec = route(text)
    expect(operationsOf(tree([], { [path]: {} }), [spec])).toEqual([
      { do: 'delete resource', path },
      { do: 'put method', spec, problem: 'missing' },
    ])
  })

  test.each([
    ['not marked', { operationName: undefined }],
    ['no integration', { methodIntegration: undefined }],
    ['differs', { authorizationType: 'AWS_IAM' }],
    ['differs', { apiKeyRequired: true }],
    ['differs', { methodIntegration: { type: 'MOCK' as const } }],
  ])('a route is put right where it is %s', (problem, change) => {
    const wanted = route('GET /a')
    const broken = tree([], { '/a': { GET: { ...ours(wanted), ...change } } })
    expect(operationsOf(broken, [wanted])).toEqual([{ do: 'put method', spec: wanted, problem }])
  })

  test('the mark of another service is foreign', () => {
    const theirs = { '/b': { GET: { httpMethod: 'GET', operationName: mark('other', 'GET', '/b') } } }
    expect(operationsOf(tree([route('GET /a')], theirs), [route('GET /a')])).toEqual([])
  })

  test('a route that leads to another function is put anew', () => {
    const operations = operationsOf(tree([route('GET /a')]), [route('GET /a', 'shop-read')])
    expect(operations).toEqual([{ do: 'put method', spec: route('GET /a', 'shop-read'), problem: 'differs' }])
  })
})
