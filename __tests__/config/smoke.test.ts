import { describe, expect, test } from '@jest/globals'
import { errorsOf, load, shortForm, type Source } from './support.ts'

const shop = (tests: string): Source => ({
  file: `service: shop
functions: { main: { runtime: python3.13 } }
api:
  routes:
    GET /items: main
    GET /items/{id}: main
    POST /items: main
    ANY /admin/{proxy+}: main
release:
  smoke-test:${tests}
`,
  env: { GITHUB_REPOSITORY: 'octo/shop', AWS_REGION: 'eu-central-1', TOKEN: 'a-long-secret' },
})
const testsOf = async (source: Source) => (await load(source)).service.release.smokeTests
const own = [['accept', '*/*'], ['user-agent', 'lambda-api-deploy']]

describe('smoke tests', () => {
  test('lines name a request and its status', async () => {
    const inputs = { 'function-name': 'shop', runtime: 'python3.13', routes: 'GET /items\nGET /items/{id}\nANY /files/{proxy+}', 'smoke-test': '# health\nGET /items?page=2 -> 200\nPUT /files/4%202->404, 500-599' }
    const all = await testsOf({ inputs })
    expect(all.map(({ line, request, route, pathParameters, expected }) => [line, request, route.path, pathParameters, expected])).toEqual([
      ['GET /items?page=2 -> 200', { method: 'GET', path: '/items', query: 'page=2', headers: own }, '/items', null, { status: [{ from: 200, to: 200 }] }],
      [
        'PUT /files/4%202 -> 404, 500-599', { method: 'PUT', path: '/files/4%202', query: '', headers: own }, '/files/{proxy+}', { proxy: '4%202' },
        { status: [{ from: 404, to: 404 }, { from: 500, to: 599 }] },
      ],
    ])
  })

  test('a map says more of the request and of the answer', async () => {
    const [one, two, three] = await testsOf(shop(`
    GET /items/{id}: { path: { id: a b/c }, headers: { x-token: { from-env: TOKEN }, accept: text/html }, status: [200, 300-399], text: hello }
    POST /items: { body: { seats: 2 }, json: { ok: true, list: [1, { a: x }] }, within: 2s, text: /^hello/i }
    DELETE /admin/{proxy+}: { path: { proxy: users/a b }, body: plain }`))
    expect(one).toMatchObject({
      line: 'GET /items/{id} -> 200, 300-399',
      request: { path: '/items/a%20b%2Fc', headers: [own[1], ['x-token', 'a-long-secret'], ['accept', 'text/html']] },
      pathParameters: { id: 'a%20b%2Fc' }, expected: { status: [{ from: 200, to: 200 }, { from: 300, to: 399 }], text: 'hello' },
    })
    expect(two?.request).toMatchObject({ body: '{"seats":2}', headers: [...own, ['content-type', 'application/json']] })
    expect(two?.expected).toEqual({ status: [{ from: 200, to: 200 }], json: { ok: true, list: [1, { a: 'x' }] }, within: 2000, pattern: /^hello/i })
    expect(three).toMatchObject({ request: { method: 'DELETE', path: '/admin/users/a%20b', body: 'plain' }, route: { method: 'ANY' }, pathParameters: { proxy: 'users/a%20b' } })
    expect((await load(shop('\n    GET /items: { headers: { x-token: { from-env: TOKEN } } }'))).masks).toEqual(['a-long-secret'])
  })

  test('auto takes the routes of GET and ANY without a variable', async () => {
    expect((await testsOf(shop(' auto'))).map(({ line }) => line)).toEqual(['GET /items -> below 500'])
    expect(await testsOf({ inputs: { 'function-name': 'shop', runtime: 'python3.13', 'smoke-test': 'auto' } })).toMatchObject([{ line: 'GET / -> below 500', route: { method: 'ANY' } }])
    const { diagnostics } = await load({ inputs: { 'function-name': 'shop', runtime: 'python3.13', routes: 'GET /{id}', 'smoke-test': 'auto' } })
    expect(diagnostics.warnings.map(({ what }) => what)).toEqual(['smoke-test: auto tests nothing.'])
  })

  test('a stage adds tests of its own, and replaces one whole', async () => {
    const source = shop('\n    GET /items: 200\n    GET /items/1: 200\nstages:\n  prod: { release: { smoke-test: { GET /items: { status: 404 }, POST /items: 201 } } }')
    expect((await testsOf(source)).map(({ line }) => line)).toEqual(['GET /items -> 404', 'GET /items/1 -> 200', 'POST /items -> 201'])
  })

  const bad: readonly (readonly [tests: string, message: string])[] = [
    ['\n    GET /itms: 200', 'release.smoke-test.GET /itms: no route answers GET /itms. -> Did you mean "GET /items"? @11:5'],
    ['\n    ANY /items: 200', 'release.smoke-test.ANY /items: "ANY /items" names no request. -> Write it like GET /events -> 200. @11:5'],
    ['\n    GET /items: fine', 'release.smoke-test.GET /items: "fine" is not a status such as 200, a range such as 200-299, or a list of them. -> Write it like 200, 200-299 or [200, 404]. @11:17'],
    ['\n    GET /items: 99', 'release.smoke-test.GET /items: 99 is not a status such as 200, a range such as 200-299, or a list of them. -> Write it like 200, 200-299 or [200, 404]. @11:17'],
    ['\n    GET /items: { statsu: 200 }', 'release.smoke-test.GET /items has no key "statsu". -> Did you mean "status"? @11:19'],
    ['\n    GET /items: { within: 2 }', 'release.smoke-test.GET /items.within: 2 has no unit. -> Write it like 2s: ms, s, m or h. @11:27'],
    ['\n    GET /items: { within: 1m }', 'release.smoke-test.GET /items.within: "1m" is not a time from 1ms to 29s, such as 2s. -> Write it like 2s. @11:27'],
    ['\n    GET /items: { text: "/(/" }', 'release.smoke-test.GET /items.text: "/(/" is no pattern. -> Write it like /^hello/i; a text without slashes is looked for as it is. @11:25'],
    ['\n    GET /items: { headers: { host: a } }', 'release.smoke-test.GET /items.headers.host: "host" is set by API Gateway or the connection. -> Take it out. @11:36'],
    ['\n    GET /items: { headers: { "a b": c } }', 'release.smoke-test.GET /items.headers.a b: "a b" is no name of a header. -> Take it out. @11:37'],
    ['\n    GET /items: { headers: { a: { from-env: NONE } } }', "release.smoke-test.GET /items.headers.a: the step's environment has no NONE. -> Give it to the step: env: { NONE: ${{ secrets.NONE }} }. @11:33"],
    ['\n    GET /items/{id}: 200', 'release.smoke-test.GET /items/{id}: id of /items/{id} has no value. -> Write path: { id: 42 } below it in lambda-api.yml, or a path without variables. @11:5'],
    ['\n    GET /items: { path: { id: 4 } }', 'release.smoke-test.GET /items: /items has no variable id. -> Take it out of path. @11:5'],
    [' [GET /items]', 'release.smoke-test, item 1: "GET /items" is not METHOD /path -> status. -> Write it like GET /items -> 200. @10:16'],
    [' [GET /items => 200]', 'release.smoke-test, item 1: "GET /items => 200" is not METHOD /path -> status. -> Write GET /items -> 200. @10:16'],
  ]
  test.each(bad)('%s', async (tests, message) => {
    expect((await errorsOf(shop(tests))).map(shortForm)).toEqual([message])
  })
})
