import { describe, expect, test } from '@jest/globals'
import { parseRoute } from '../../src/config/routes/parse.ts'
import { resourceCount } from '../../src/config/routes/tree.ts'
import { errorsOf, greeting, load, shortForm } from './support.ts'

const routesOf = async (routes: string): Promise<string[]> =>
  (await load({ inputs: { ...greeting, routes } })).service.api.routes.map((route) => `${route.method} ${route.path}`)

/** A line, and what the cure says instead. */
const respelt: readonly (readonly [string, string])[] = [
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
  ['GET: /x', 'GET /x'],
  ['- GET /x', 'GET /x'],
  ["'GET /x'", 'GET /x'],
  ['"GET /x",', 'GET /x'],
  ['`GET /x`', 'GET /x'],
  ["- 'get /x/'", 'GET /x'],
  ['[GET] /x', 'GET /x'],
  ['(post) /x', 'POST /x'],
  ['GET /x # note', 'GET /x'],
  ['GET /x // note', 'GET /x'],
  ['GET /x,', 'GET /x'],
  ['GET /x:', 'GET /x'],
  ['GET /x: read', 'GET /x'],
  ['GET /x -> read', 'GET /x'],
]

describe('a line that shows another habit is an error with the right spelling', () => {
  test.each(respelt)('%s', async (line, right) => {
    expect((await errorsOf({ inputs: { ...greeting, routes: line } })).map(shortForm)).toEqual([
      `input "routes": ${JSON.stringify(line)} is not METHOD /path. -> Write ${right}.`,
    ])
    expect(await routesOf(right)).toEqual([right])
  })
})

/** A line that holds several routes, and the lines that it should be. */
const joined: readonly (readonly [string, readonly string[]])[] = [
  ['GET,POST /x', ['GET /x', 'POST /x']],
  ['GET|POST /x', ['GET /x', 'POST /x']],
  ['get, post: /x/:id', ['GET /x/{id}', 'POST /x/{id}']],
  ['GET/POST/PUT /x', ['GET /x', 'POST /x', 'PUT /x']],
  ['GET and HEAD /x', ['GET /x', 'HEAD /x']],
  ['GET /a GET /b', ['GET /a', 'GET /b']],
  ['GET /a, POST /b/', ['GET /a', 'POST /b']],
]

test.each(joined)('several routes in one line: %s', async (line, right) => {
  const [error, ...more] = await errorsOf({ inputs: { ...greeting, routes: line } })
  expect(more).toEqual([])
  const [, cure = ''] = error?.cure?.split('of its own: ') ?? []
  expect(cure.split(' · ')).toEqual(right)
  expect((await routesOf(cure.split(' · ').join('\n'))).sort()).toEqual([...right].sort())
})

/** Whatever else may stand in a line: no cure may be refused in its turn. */
const decorations = ['', '- ', '* ', '"', "'", '[', '(', '{', '<', 'GET ', 'GET,', 'GET|POST ', 'GET: ', 'FETCH ', '/', '//', '/x', ' /x/', ' #', ' # y', ': read', ' -> f', '?a=1', ',', ';', ' GET /y', '{id}', '{p+}', ':id', '*', ' ', 'é', '%20']

test('every cure of a route\'s spelling is taken when it is fed back', async () => {
  const texts = decorations.flatMap((a) => decorations.flatMap((b) => ['', '/x', 'GET /x', 'GET /{id}/x'].map((c) => `${a}${c}${b}`.trim()))).filter((text) => text !== '' && !text.startsWith('#'))
  const cures = new Map<string, string>()
  for (const text of new Set(texts)) {
    const parsed = parseRoute(text)
    if ('right' in parsed) for (const right of parsed.right) cures.set(right, text)
  }
  expect(cures.size).toBeGreaterThan(20)
  expect([...cures].filter(([right]) => !('method' in parseRoute(right)))).toEqual([])
})

/** A line of which nobody can tell what was meant, and why. */
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
