import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { connect as open } from 'node:net'
import { cleanUp, sendBytes, startProgram, type Started } from './program.ts'

let local: Started
let complaints = ''
const account = '111111111111'

beforeAll(async () => {
  local = await startProgram()
  local.child.stderr?.on('data', (text: Buffer) => (complaints += text.toString()))
})
afterAll(cleanUp)

interface Signed {
  readonly service: string
  readonly method?: string
  readonly path?: string
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of the body's own. */
  readonly length?: number
}

/** A request in bytes, signed as nobody checks; the connection ends with it. */
function signed({ service, method = 'POST', path = '/', body = '', headers = {}, length = Buffer.byteLength(body) }: Signed): Buffer {
  const lines = {
    Host: 'x', Connection: 'close', 'Content-Length': String(length), ...headers,
    Authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  }
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`), Buffer.from(body)])
}

const status = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)
const chunked = (chunks: string): string => `POST /restapis HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`
const logs = { service: 'logs', headers: { 'X-Amz-Target': 'Logs_20140328.CreateLogGroup' } } as const
const form = { 'Content-Type': 'application/x-www-form-urlencoded' } as const

describe('what is no HTTP', () => {
  // 0: the connection is closed without an answer.
  test.each([
    ['bytes', '\0\x01\x02\r\n\r\n', 400],
    ['another version', 'GET / HTTP/9.9\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a length below zero', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\n', 400],
    ['a length and chunks', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['chunks that are none', chunked('ZZ\r\nabc\r\n0\r\n\r\n'), 400],
    ['chunks that end early', chunked('5\r\nab'), 0],
    ['a body that ends early', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{', 0],
    ['half a request line', 'GET /restapis HTT', 0],
    ['a header of 100 kB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`, 431],
    ['a path of 20 kB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 0],
    ['a WebSocket', 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 403],
    ['an expectation that nobody has', 'POST / HTTP/1.1\r\nHost: x\r\nExpect: more\r\nContent-Length: 2\r\n\r\n{}', 417],
  ])('%s', async (_, bytes, expected) => expect(status(await sendBytes(local.url, bytes, 300))).toBe(expected))
})

describe('requests that no client sends are refused as mistakes of the client', () => {
  const deep = 50_000
  test.each([
    ['no JSON', { service: 'apigateway', path: '/restapis', body: '{oops' }],
    ['JSON that is no object', { service: 'apigateway', path: '/restapis', body: 'null' }],
    ['JSON that is a list', { ...logs, body: '[]' }],
    ['deep JSON', { ...logs, body: `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}` }],
    ['bytes that are no UTF-8', { service: 'lambda', path: '/2015-03-31/functions', body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) }],
    ['a name of every object as member', { ...logs, body: '{"__proto__":{"a":1},"logGroupName":"a"}' }],
    ['a name of every object as operation', { service: 'logs', headers: { 'X-Amz-Target': 'Logs_20140328.constructor' }, body: '{}' }],
    ['a name of every object as action', { service: 'sts', headers: form, body: 'Action=__proto__' }],
    ['a name of every object as operation of CBOR', { service: 'monitoring', path: '/service/X/operation/toString', body: '\x01' }],
    ['no action', { service: 'iam', headers: form, body: 'Action=' }],
    ['an action that does not exist', { service: 'sts', method: 'GET', path: '/?Action=No' }],
    ['XML that is none', { service: 's3', method: 'PUT', path: '/bucket-1', body: '<a><b>' }],
    ['a path that cannot be decoded', { service: 'lambda', method: 'PATCH', path: '/%' }],
    ['a name that cannot be decoded', { service: 'apigateway', method: 'GET', path: '/restapis/%E0%A4%A/resources' }],
    ['a bucket of NUL', { service: 's3', method: 'GET', path: '/%00/%ff' }],
    ['no path', { service: 's3', method: 'DELETE' }],
    ['a document that unfolds to millions', { service: 'apigateway', path: '/restapis?mode=import', body: `a: &a [x,x,x,x,x,x,x,x,x]\n${['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map(([from, to]) => `${to}: &${to} [${Array(9).fill(`*${from}`).join()}]`).join('\n')}\n` }],
  ] as [string, Signed][])('%s', async (_, request) => {
    const answer = await sendBytes(local.url, signed(request), 5000)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  test('a service that is none, whatever its name', async () => {
    for (const service of ['athena', 'constructor', 'toString']) expect(status(await sendBytes(local.url, signed({ service }), 5000))).toBe(501)
  })

  test('an invoke URL that cannot be decoded', async () => {
    for (const path of ['/restapis/%zz/p/_user_request_/', '/restapis/a%00/p/_user_request_/%ff', '/restapis/%E0%A4%A/x/_user_request_/%zz']) {
      expect(status(await sendBytes(local.url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 5000))).toBe(403)
    }
  })
})

test('requests one behind the other on a connection are answered in their order', async () => {
  const requests = ['/restapis/none-1', '/restapis/none-2', '/restapis/none-3'].map((path) => signed({ service: 'apigateway', method: 'GET', path, headers: { Connection: 'keep-alive' } }))
  const answer = await sendBytes(local.url, Buffer.concat(requests))
  expect(answer.match(/none-\d/g)).toEqual(['none-1', 'none-2', 'none-3'])
})

test('a hundred connections cut at once, in every part of a request, leave it whole', async () => {
  const request = signed({ service: 'apigateway', path: '/restapis', body: JSON.stringify({ name: 'cut' }) })
  const cut = (index: number): Promise<void> =>
    new Promise((resolve) => {
      const socket = open(Number(new URL(local.url).port), '127.0.0.1', () => {
        socket.write(request.subarray(0, Math.ceil((request.length * (index + 1)) / 100)))
        setImmediate(() => socket.resetAndDestroy())
      })
      socket.on('error', () => undefined).on('close', () => resolve())
    })
  await Promise.all(Array.from({ length: 100 }, (_, index) => cut(index)))
  const gateway = new APIGatewayClient({ endpoint: local.url, region: 'eu-west-1', credentials: { accessKeyId: '222222222222', secretAccessKey: 'any' }, maxAttempts: 1 })
  expect((await gateway.send(new GetRestApisCommand({}))).items).toEqual([])
})

test('after all of it, no mistake of its own has come to light', async () => {
  expect((await fetch(`${local.url}/_local-aws/health`)).status).toBe(200)
  expect(complaints).toBe('')
})
