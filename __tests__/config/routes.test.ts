import { describe, expect, test } from '@jest/globals'
import { resourceCount } from '../../src/config/routes/tree.ts'
import { errorsOf, greeting, load, shortForm } from './support.ts'

const routesOf = async (routes: string): Promise<string[]> =>
  (await load({ inputs: { ...greeting, routes } })).service.api.routes.map((route) => `${route.method} ${route.path}`)

/** A line, and what the cure says instead. */
const mended: readonly (readonly [string, string])[] = [
  ['get /x', 'GET /x'],
  ['any /x', 'ANY /x'],
  ['* /x', 'ANY /x'],
  ['ALL /x', 'ANY /x'],
  ['GTE /x', 'GET /x'],
  ['/x', 'GET /x'],
  ['/x GET', 'GET /x'],
  ['GET/x', 'GET /x'],
  ['GET  /x', 'GET /x'],
  ['GET x', 'GET /x'],
  ['GET /x/', 'GET /x'],
  ['GET //x', 'GET /x'],
  ['GET /x?limit=10', 'GET /x'],
  ['GET /x#top', 'GET /x'],
  ['GET https://api.example/x', 'GET /x'],
  ['GET /x/<id>', 'GET /x/{id}'],
  ['GET /x/<int:id>', 'GET /x/{id}'],
  ['GET /x/<path:rest>', 'GET /x/{rest+}'],
  ['GET /x/:id', 'GET /x/{id}'],
  ['GET /x/:id/y', 'GET /x/{id}/y'],
  ['GET /x/[id]', 'GET /x/{id}'],
  ['GET /x/[...rest]', 'GET /x/{rest+}'],
  ['GET /x/{id:int}', 'GET /x/{id}'],
  ['GET /x/{rest:path}', 'GET /x/{rest+}'],
  ['GET /x/*', 'GET /x/{proxy+}'],
]

describe('a line that shows another habit is an error with the right spelling', () => {
  test.each(mended)('%s', async (line, right) => {
    expect((await errorsOf({ inputs: { ...greeting, routes: line } })).map(shortForm)).toEqual([
      `input "routes": ${JSON.stringify(line)} is not METHOD /path. -> Write ${right}.`,
    ])
    expect(await routesOf(right)).toEqual([right])
  })
})

/** A line that nobody can mend for the user, and why. */
const hopeless: readonly (readonly [string, string])[] = [
  ['FETCH /x', 'FETCH is no method; there are GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD, ANY.'],
  ['GET /{proxy+}/x', 'Nothing can follow {proxy+}, which takes the rest of the path.'],
  ['GET /{id}.html', '"{id}.html" mixes a variable with text: a part of a path is either text or one {name}, whole.'],
  ['GET /x{id}', '"x{id}" mixes a variable with text: a part of a path is either text or one {name}, whole.'],
  ['GET /{}', '"{}" mixes a variable with text: a part of a path is either text or one {name}, whole.'],
  ['GET /a b', '"a b" has a character that API Gateway does not take: letters, digits and _ - . , : $ are allowed.'],
  ['GET /caf\u00e9', '"caf\u00e9" has a character that API Gateway does not take: letters, digits and _ - . , : $ are allowed.'],
  ['GET /a%20b', '"a%20b" has a character that API Gateway does not take: letters, digits and _ - . , : $ are allowed.'],
]

test.each(hopeless)('%s', async (line, why) => {
  expect((await errorsOf({ inputs: { ...greeting, routes: line } })).map((one) => one.why)).toEqual([why])
})

/** Lines that are right alone, and the complaint that they get together. */
const together: readonly (readonly [readonly string[], string])[] = [
  [['GET /a/{x}', 'GET /a/{y}'], 'input "routes": GET /a/{y}: {y} and {x} stand on one level, below /a. -> Use the same name in both: {x}.'],
  [['GET /a/{x}/b', 'PUT /a/{y}/c'], 'input "routes": PUT /a/{y}/c: {y} and {x} stand on one level, below /a. -> Use the same name in both: {x}.'],
  [
    ['GET /{id}', 'ANY /{proxy+}', 'GET /'],
    'input "routes": ANY /{proxy+}: {proxy+} and {id} stand on one level, below /. -> Put text before one of the two, or take one out.',
  ],
  [['GET /a', 'GET /a'], 'input "routes": GET /a stands there twice. -> Take one of the two out.'],
]

test.each(together)('%j', async (lines, expected) => {
  expect((await errorsOf({ inputs: { ...greeting, routes: lines.join('\n') } })).map(shortForm)).toEqual([expected])
})

describe('routes that are right', () => {
  test('are sorted by path, then method', async () => {
    expect(await routesOf('POST /b\n# a comment\n\n  GET /b\r\nGET /a/{id}\nGET /\nDELETE /a/{id}/v1.2,x:y-z_$0')).toEqual([
      'GET /',
      'GET /a/{id}',
      'DELETE /a/{id}/v1.2,x:y-z_$0',
      'GET /b',
      'POST /b',
    ])
  })
  test('without any, the whole app', async () => expect(await routesOf('')).toEqual(['ANY /', 'ANY /{proxy+}']))
  test('one name on one level may repeat', async () => expect(await routesOf('GET /a/{x}\nPUT /a/{x}\nGET /b/{y}')).toHaveLength(3))
})

const warningsOf = async (routes: string): Promise<string[]> =>
  (await load({ inputs: { ...greeting, routes } })).diagnostics.warnings.map((one) => one.what)

describe('warnings', () => {
  test('a lone /{proxy+} leaves / out', async () =>
    expect(await warningsOf('ANY /{proxy+}')).toEqual(['input "routes": ANY /{proxy+} leaves / out.']))
  test('not with /', async () => expect(await warningsOf('ANY /{proxy+}\nGET /')).toEqual([]))
  test('/ping is reserved', async () =>
    expect(await warningsOf('GET /ping')).toEqual(['input "routes": GET /ping: API Gateway keeps /ping for its own health check.']))
  test('more than 300 resources', async () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, i) => `GET /r${i}`).join('\n')
    expect(await warningsOf(lines(299))).toEqual([])
    expect(await warningsOf(lines(300))).toEqual(['The routes need 301 resources of the API.'])
  })
})

test('resources are the distinct beginnings of the paths, with the root', () => {
  expect(resourceCount(['/a/b/c', '/a/b', '/a/x', '/'])).toBe(5)
  expect(resourceCount([])).toBe(1)
})
