import { describe, expect, test } from '@jest/globals'
import { emptyDefinition, newEndpoint } from '../../api-gateway/definition.ts'
import { childrenOf } from '../../api-gateway/path-parts.ts'
import { addResource } from '../../api-gateway/resources.ts'
import type { Definition, Resource } from '../../api-gateway/state.ts'
import { findRoute } from '../../invoke/router.ts'

/** A definition with these routes, such as `GET /pets/{id}`. */
function definitionOf(...routes: string[]): Definition {
  const definition = emptyDefinition('routes', newEndpoint(undefined))
  const root: Resource = { id: 'root', methods: new Map() }
  definition.resources.set(root.id, root)
  for (const route of routes) {
    const [httpMethod = '', path = ''] = route.split(' ')
    const parts = path.split('/').filter(Boolean)
    const resource = parts.reduce((at, part) => childrenOf(definition, at.id).find(({ pathPart }) => pathPart === part) ?? addResource(definition, at, part), root)
    resource.methods.set(httpMethod, { httpMethod, authorizationType: 'NONE', apiKeyRequired: false })
  }
  return definition
}

function routeOf(definition: Definition, request: string, fallThrough = false): string | undefined {
  const [method = '', path = ''] = request.split(' ')
  const route = findRoute(definition, { method, path }, { fallThrough })
  return route && `${route.method.httpMethod} ${route.resourcePath} ${JSON.stringify(route.pathParameters)}`
}

describe('the route of a request', () => {
  const definition = definitionOf('GET /', 'GET /pets', 'ANY /pets/{id}', 'GET /pets/{id}', 'GET /pets/new', 'GET /files/{path+}', 'GET /part1/hard', 'GET /{proxy+}')

  test.each([
    ['GET /', 'GET / null'],
    ['GET /pets', 'GET /pets null'],
    ['GET /pets/', 'GET /pets null'],
    ['GET /pets/new', 'GET /pets/new null'],
    ['GET /pets/7', 'GET /pets/{id} {"id":"7"}'],
    ['DELETE /pets/7', 'ANY /pets/{id} {"id":"7"}'],
    ['GET /files/a/b//c', 'GET /files/{path+} {"path":"a/b//c"}'],
    ['GET /part1/hard', 'GET /part1/hard null'],
    ['GET /part1/other', 'GET /{proxy+} {"proxy":"part1/other"}'],
    ['GET /part1', 'GET /{proxy+} {"proxy":"part1"}'],
    ['GET /files', 'GET /{proxy+} {"proxy":"files"}'],
    ['GET /pets/7/toys', 'GET /{proxy+} {"proxy":"pets/7/toys"}'],
    ['GET /%70ets', 'GET /{proxy+} {"proxy":"%70ets"}'],
  ])('%s is %s', (request, route) => {
    expect(routeOf(definition, request)).toBe(route)
  })

  test('a greedy variable never answers for its own parent', () => {
    expect(routeOf(definitionOf('ANY /{proxy+}'), 'GET /')).toBeUndefined()
    expect(routeOf(definitionOf('ANY /a/{proxy+}'), 'GET /a/')).toBeUndefined()
  })

  test('a wrong method on a matching path gives way to nothing, unless the unverified rule is off', () => {
    const both = definitionOf('POST /pets', 'ANY /{proxy+}')
    expect(routeOf(both, 'GET /pets')).toBeUndefined()
    expect(routeOf(both, 'GET /pets', true)).toBe('ANY /{proxy+} {"proxy":"pets"}')
  })
})
