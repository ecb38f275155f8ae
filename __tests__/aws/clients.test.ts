import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { GetFunctionCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda'
import { connect } from '../../src/aws/clients.ts'
import { silent } from '../../src/progress.ts'
import { invokeUrl } from '../../src/service/invoke-url.ts'

/** Suffixes: botocore's public partitions.json. */
test.each([
  ['eu-west-1', 'amazonaws.com'],
  ['us-gov-west-1', 'amazonaws.com'],
  ['cn-north-1', 'amazonaws.com.cn'],
  ['eusc-de-east-1', 'amazonaws.eu'],
  ['us-iso-east-1', 'c2s.ic.gov'],
  ['us-isob-east-1', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'csp.hci.ic.gov'],
])('a stage in %s is called below %s', (region, suffix) => {
  const { dnsSuffix } = connect({ region, env: {}, progress: silent })
  expect(invokeUrl({ apiId: 'abc123', stage: 'prod', region, dnsSuffix, env: {} })).toBe(`https://abc123.execute-api.${region}.${suffix}/prod`)
})

describe('what happens on the way to AWS', () => {
  const variables = ['AWS_ENDPOINT_URL_LAMBDA', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const
  const before = new Map(variables.map((name) => [name, process.env[name]]))
  const silence = 1_000
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown
  let server: Server
  beforeAll(async () => {
    server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const values = [`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'id', 'secret']
    variables.forEach((name, index) => (process.env[name] = values[index]))
  })
  const half = (response: ServerResponse): boolean => response.writeHead(200, { 'content-length': '1000' }).write('{')
  afterEach(() => server.closeAllConnections())
  afterAll(async () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    await new Promise((resolve) => server.close(resolve))
  })

  const lambda = () => connect({ region: 'eu-west-1', env: {}, progress: silent, silence }).lambda
  const upload = () => new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: Buffer.alloc(16_000_000) })
  /** The first reason for which a call would be tried again. */
  async function reasonOf(command: Parameters<ReturnType<typeof lambda>>[0]): Promise<string> {
    let told = ''
    const onWait = (reason: string): never => {
      told = reason
      throw new Error('enough')
    }
    await expect(lambda()(command, { onWait })).rejects.toThrow('enough')
    return told
  }

  test('an upload that takes longer, but goes on, is waited for', async () => {
    let took = 0
    answer = async (request, response) => {
      const start = performance.now()
      for await (const _chunk of request) await sleep(8)
      took = performance.now() - start
      response.end('{"FunctionName":"shop"}')
    }
    expect(await lambda()(upload())).toMatchObject({ FunctionName: 'shop' })
    expect(took).toBeGreaterThan(2 * silence)
  })

  test.each([
    ['an upload that nobody reads', upload, (request: IncomingMessage) => request.pause()],
    ['an answer that does not come', () => new GetFunctionCommand({ FunctionName: 'shop' }), () => undefined],
    ['an answer that stops halfway', () => new GetFunctionCommand({ FunctionName: 'shop' }), (_request: IncomingMessage, response: ServerResponse) => half(response)],
  ])('%s counts as broken', async (_what, command, behave) => {
    answer = behave
    expect(await reasonOf(command())).toMatch(/^TimeoutError: .*inactivity/)
  })

  test('an answer that breaks off is no answer, although it has a status', async () => {
    answer = (_request, response) => {
      half(response)
      setTimeout(() => response.destroy(), 50)
    }
    expect(await reasonOf(new GetFunctionCommand({ FunctionName: 'shop' }))).toMatch(/aborted/)
  })

  test('a machine with a wrong clock: the time that the refusal tells is taken for the next attempt, and a wrong key still ends it', async () => {
    const date = new Date(Date.now() + 3_600_000)
    const signed: string[] = []
    answer = (request, response) => {
      signed.push(String(request.headers['x-amz-date']).slice(0, 11))
      const isLate = signed.length === 1 || request.url?.includes('wrong-key') === true
      response.writeHead(isLate ? 403 : 200, { date: date.toUTCString(), 'x-amzn-errortype': 'InvalidSignatureException' })
      response.end(isLate ? '{"message":"Signature expired"}' : '{}')
    }
    await lambda()(new GetFunctionCommand({ FunctionName: 'shop' }))
    expect(signed).toHaveLength(2)
    expect(signed[1]).toBe(date.toISOString().replace(/[-:]/g, '').slice(0, 11))
    await expect(lambda()(new GetFunctionCommand({ FunctionName: 'wrong-key' }))).rejects.toThrow('AWS does not accept the credentials')
    expect(signed.length).toBeLessThan(10)
  })
})
