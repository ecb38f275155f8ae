import { expect, test } from '@jest/globals'
import { routeOf } from '../../../src/service/smoke/match.ts'
import { route } from '../../support/wanted.ts'

const routes = ['GET /', 'GET /items', 'ANY /items', 'GET /items/{id}', 'GET /items/first/seats', 'GET /{name}', 'POST /files', 'ANY /files/{path+}'].map((text) => route(text))

test.each([
  ['GET /', 'GET /', null],
  ['GET /items', 'GET /items', null],
  ['PUT /items', 'ANY /items', null],
  ['GET /items/', 'GET /items', null],
  ['GET /items/42', 'GET /items/{id}', { id: '42' }],
  ['GET /items/first', 'GET /items/{id}', { id: 'first' }],
  ['GET /items/first/seats', 'GET /items/first/seats', null],
  ['GET /other', 'GET /{name}', { name: 'other' }],
  ['DELETE /files/a/b//c', 'ANY /files/{path+}', { path: 'a/b//c' }],
  ['GET /files', undefined, undefined],
  ['POST /items/42', undefined, undefined],
  ['GET /items/42/more', undefined, undefined],
])('%s is answered by %s', (request, answering, pathParameters) => {
  const [method = '', path = ''] = request.split(' ')
  const found = routeOf(method, path, routes)
  expect([found && `${found.route.method} ${found.route.path}`, found?.pathParameters]).toEqual([answering, pathParameters])
})
