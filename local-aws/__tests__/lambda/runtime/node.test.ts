import { describe, expect, test } from '@jest/globals'
import { defaultConfiguration } from '../../../lambda/configuration-rules.ts'
import { nodeOptions } from '../../../lambda/runtime/node-options.ts'
import { activeFunction, bench, zipOf, type Bench } from '../support.ts'
import { call } from './calls.ts'

async function node(on: Bench, files: Readonly<Record<string, string>>, more: { handler?: string; timeout?: number } = {}): Promise<void> {
  await activeFunction(on, 'f', { Code: { ZipFile: zipOf(files) }, Handler: more.handler ?? 'index.handler', Timeout: more.timeout ?? 10, Runtime: 'nodejs24.x' })
}

describe('every kind of handler is found and answered', () => {
  const cases: readonly [string, Readonly<Record<string, string>>, string, unknown][] = [
    ['CommonJS, async', { 'index.js': 'exports.handler = async (event) => ({ got: event })' }, 'index.handler', { got: { a: 1 } }],
    ['CommonJS, callback', { 'index.js': 'exports.handler = (event, context, callback) => setTimeout(() => callback(null, 2), 5)' }, 'index.handler', 2],
    ['callback that does not wait', { 'index.js': 'exports.handler = (e, c, done) => { c.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1e6); done(null, 3) }' }, 'index.handler', 3],
    ['a function that never answers', { 'index.js': 'exports.handler = () => 4' }, 'index.handler', null],
    ['async without a value', { 'index.js': 'exports.handler = async () => {}' }, 'index.handler', null],
    ['ES module by its name', { 'index.mjs': 'export const handler = async () => import.meta.url.endsWith("/index.mjs")' }, 'index.handler', true],
    ['ES module by package.json', { 'package.json': '{"type":"module"}', 'index.js': 'import { x } from "./x.js"\nexport const handler = async () => x', 'x.js': 'export const x = 5' }, 'index.handler', 5],
    ['.cjs beside type module', { 'package.json': '{"type":"module"}', 'index.cjs': 'exports.handler = async () => 6' }, 'index.handler', 6],
    ['in a folder, nested', { 'src/app.js': 'exports.api = { get: async () => 7 }' }, 'src/app.api.get', 7],
    ['a package of the zip', { 'index.js': 'const x = require("dep")\nexports.handler = async () => x', 'node_modules/dep/index.js': 'module.exports = 8' }, 'index.handler', 8],
  ]
  test.each(cases)('%s', async (...[, files, handler, expected]) => {
    const on = await bench()
    await node(on, files, { handler })
    expect(await call(on, { a: 1 })).toMatchObject({ payload: expected, functionError: undefined })
    expect(await call(on, { a: 1 })).toMatchObject({ payload: expected, functionError: undefined })
  })
})

test('the context is that of Lambda, console lines carry the request, and stderr is kept in order', async () => {
  const on = await bench()
  const source = `exports.handler = async (event, context) => {
    console.log('one', { a: 1 })
    process.stderr.write('two\\n')
    console.error('three')
    return { ...context, remaining: context.getRemainingTimeInMillis(), cwd: process.cwd() === process.env.LAMBDA_TASK_ROOT }
  }`
  await node(on, { 'index.js': source })
  const { payload, log } = await call(on)
  // test_lambda_with_context
  expect(payload).toEqual({
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: '$LATEST',
    functionName: 'f',
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/f',
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    invokedFunctionArn: on.arn('f'),
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    remaining: expect.any(Number),
    cwd: true,
  })
  expect(log).toMatch(/Version: \$LATEST\n\S+Z\t(?<id>[0-9a-f-]{36})\tINFO\tone \{ a: 1 \}\ntwo\n\S+Z\t\k<id>\tERROR\tthree\nEND/)
})

describe('errors have the shapes of Lambda', () => {
  const cases: readonly [string, Readonly<Record<string, string>>, unknown][] = [
    ['thrown', { 'index.js': 'exports.handler = async () => { throw new TypeError("no") }' }, { errorType: 'TypeError', errorMessage: 'no', trace: expect.arrayContaining(['TypeError: no', expect.stringMatching(/\/var\/task\/index\.js:1:/)]) }],
    ['called back', { 'index.js': 'exports.handler = (e, c, done) => done("text")' }, { errorType: 'string', errorMessage: 'text', trace: [] }],
    ['no such module', { 'other.js': '' }, expect.objectContaining({ errorType: 'Runtime.ImportModuleError', errorMessage: expect.stringMatching(/^Error: Cannot find module 'index'/) })],
    ['missing dependency', { 'index.js': 'require("left-padd")' }, expect.objectContaining({ errorType: 'Runtime.ImportModuleError', errorMessage: expect.stringMatching(/^Error: Cannot find module 'left-padd'/) })],
    ['no such function', { 'index.js': 'exports.other = 1' }, expect.objectContaining({ errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' })],
    ['syntax', { 'index.js': 'exports.handler = (' }, expect.objectContaining({ errorType: 'Runtime.UserCodeSyntaxError', errorMessage: expect.stringMatching(/^SyntaxError: /) })],
    ['unhandled rejection', { 'index.js': 'exports.handler = () => { Promise.reject(new Error("lost")); return new Promise(() => setTimeout(() => {}, 5000)) }' }, expect.objectContaining({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' })],
    ['exit', { 'index.js': 'exports.handler = async () => process.exit(3)' }, { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/Error: Runtime exited with error: exit status 3$/) }],
    ['timeout', { 'index.js': 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000))' }, { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/Error: Task timed out after 1.00 seconds$/) }],
  ]
  test.each(cases)('%s', async (_, files, expected) => {
    const on = await bench()
    await node(on, files, { timeout: 1 })
    const { payload, functionError } = await call(on)
    expect(payload).toEqual(expected)
    expect(functionError).toBe('Unhandled')
    expect((await call(on)).functionError).toBe('Unhandled')
  })
})

// developer guide, "Building Lambda functions with Node.js", experimental features
describe('what Node.js has on and Lambda switches off', () => {
  const module = { 'index.js': 'const { x } = require("./x.mjs")\nexports.handler = async () => x', 'x.mjs': 'export const x = 9' }
  const setting = (Runtime: 'nodejs20.x' | 'nodejs22.x' | 'nodejs24.x', options = '') => ({
    configuration: { ...defaultConfiguration('f', 'r'), Runtime, Environment: { Variables: { NODE_OPTIONS: options } } },
    interpreter: { language: 'node', command: 'node', version: '22.12.0', release: 22 } as const,
  })
  const optionsOf = ({ configuration, interpreter }: ReturnType<typeof setting>) => nodeOptions(configuration, interpreter)

  test('by runtime, unless NODE_OPTIONS asks for it', () => {
    expect(optionsOf(setting('nodejs20.x'))).toEqual(['--no-experimental-require-module'])
    expect(optionsOf(setting('nodejs22.x'))).toEqual(['--no-experimental-require-module', '--no-experimental-detect-module'])
    expect(optionsOf(setting('nodejs22.x', '--experimental-require-module'))).toEqual(['--no-experimental-detect-module'])
    expect(optionsOf(setting('nodejs24.x'))).toEqual([])
    expect(nodeOptions(setting('nodejs20.x').configuration, { language: 'node', command: 'node', version: '20.10.0', release: 20 })).toEqual([])
  })

  test('an ES module cannot be required in nodejs22.x', async () => {
    const on = await bench()
    await activeFunction(on, 'f', { Code: { ZipFile: zipOf(module) }, Runtime: 'nodejs22.x' })
    const { payload, functionError } = await call(on)
    expect(functionError).toBe('Unhandled')
    expect(JSON.stringify(payload)).toContain('ERR_REQUIRE_ESM')
  })
})
