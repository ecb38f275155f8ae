/**
 * Runs a Node handler as Lambda's own runtime client does (aws-lambda-ric 3.3.0, whose rules are carried over: UserFunction.js,
 * CallbackContext.js, Errors.js, LogPatch.js). Talks JSON lines with local AWS over the socket that --channel names; records
 * whose end must be known are framed in standard output by a token that only this process knows.
 */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import util from 'node:util'

const channel = new net.Socket({ fd: Number(process.argv[process.argv.indexOf('--channel') + 1]), readable: true, writable: true })
process.argv.splice(1)
let token = ''
let requestId
/** Called when the event loop runs empty: on AWS what was answered by then is sent. */
let onIdle = () => {}

class RuntimeError extends Error {
  constructor(name, cause) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : cause)
    this.name = `Runtime.${name}`
    if (cause instanceof Error && cause.stack) this.stack = `${this.name}: ${this.message}\n${cause.stack}`
  }
}

function writeAll(data) {
  for (let rest = data; rest.length > 0; ) {
    try {
      rest = rest.subarray(fs.writeSync(1, rest))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

function frame(kind, text = '') {
  const body = Buffer.from(text)
  writeAll(Buffer.concat([Buffer.from(`\x1e${token} ${kind} ${body.length}\n`), body]))
}

function send(message) {
  channel.write(`${JSON.stringify(message)}\n`)
  frame('done')
}

function shown(text) {
  return text.replaceAll(process.env.LAMBDA_TASK_ROOT, '/var/task')
}

function errorOf(error) {
  if (util.types.isNativeError(error)) {
    return { errorType: error.name, errorMessage: error.message, trace: shown(error.stack ?? '').split('\n') }
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] }
}

function patchConsole() {
  const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON'
  const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']
  const least = Math.max(0, levels.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL))
  const write = (level) => (message, ...rest) => {
    if (levels.indexOf(level) < least) return
    const time = new Date().toISOString()
    const text = json
      ? JSON.stringify({ timestamp: time, level, requestId, message: rest.length === 0 && !(message instanceof Error) ? message : util.format(message, ...rest) })
      : `${time}\t${requestId}\t${level}\t${util.format(message, ...rest)}`
    frame('log', `${text}\n`)
  }
  Object.assign(console, { trace: write('TRACE'), debug: write('DEBUG'), info: write('INFO'), log: write('INFO'), warn: write('WARN'), error: write('ERROR'), fatal: write('FATAL') })
  // One stream, so that the order of standard output and standard error is kept.
  process.stderr.write = process.stdout.write.bind(process.stdout)
}

function logError(title, error) {
  console.error(title, `\t${JSON.stringify({ errorType: error?.name, errorMessage: error?.message ?? String(error), stack: shown(error?.stack ?? '').split('\n') })}`)
}

function isModulePackage(folder) {
  if (folder.endsWith('/node_modules')) return false
  const file = path.join(folder, 'package.json')
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')).type === 'module'
  return folder === '/' ? false : isModulePackage(path.dirname(folder))
}

async function loadModule(root, folder, name) {
  const require = createRequire(path.join(root, 'index.js'))
  const file = path.resolve(root, folder, name)
  const at = (extension) => fs.existsSync(file + extension) && fs.statSync(file + extension).isFile()
  if (at('')) return require(file)
  if (at('.js')) return isModulePackage(path.dirname(file)) ? import(`${file}.js`) : require(`${file}.js`)
  if (at('.mjs')) return import(`${file}.mjs`)
  if (at('.cjs')) return require(`${file}.cjs`)
  return require(require.resolve(name, { paths: [root, path.join(root, folder)] }))
}

async function loadHandler(root, full) {
  if (full.includes('..')) {
    throw new RuntimeError('MalformedHandlerName', `'${full}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`)
  }
  const base = path.basename(full)
  const match = /^([^.]*)\.(.*)$/.exec(base)
  if (match === null) throw new RuntimeError('MalformedHandlerName', 'Bad handler')
  let loaded
  try {
    loaded = await loadModule(root, full.slice(0, full.indexOf(base)), match[1])
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', error)
    if (error.code === 'MODULE_NOT_FOUND') throw new RuntimeError('ImportModuleError', error)
    throw error
  }
  const handler = match[2].split('.').reduce((nested, key) => nested?.[key], loaded)
  if (!handler) throw new RuntimeError('HandlerNotFound', `${full} is undefined or not exported`)
  if (typeof handler !== 'function') throw new RuntimeError('HandlerNotFound', `${full} is not a function`)
  return handler
}

function respond(result) {
  let payload
  try {
    payload = JSON.stringify(result === undefined ? null : result) ?? 'null'
  } catch {
    return fail(new Error('Unable to stringify response body'))
  }
  send({ payload })
}

function fail(error) {
  const known = error === undefined || error === null ? 'handled' : error
  logError('Invoke Error', known instanceof Error ? known : new Error(String(known)))
  send({ error: errorOf(known) })
}

function contextOf(request, settle) {
  let waits = true
  return {
    get callbackWaitsForEmptyEventLoop() {
      return waits
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waits = value
    },
    succeed: (result) => settle(() => respond(result)),
    fail: (error) => settle(() => fail(error)),
    done: (error, result) => settle(() => (error === undefined || error === null ? respond(result) : fail(error))),
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: request.clientContext,
    identity: undefined,
    invokedFunctionArn: request.functionArn,
    awsRequestId: request.requestId,
    getRemainingTimeInMillis: () => request.deadlineMs - Date.now(),
  }
}

function handle(handler, request) {
  requestId = request.requestId
  process.env._X_AMZN_TRACE_ID = request.traceId
  // While it waits for a request the process is kept alive by the channel; while it handles one, by the handler's own work.
  channel.unref()
  let settled = false
  const settle = (answer) => {
    if (settled) return
    settled = true
    onIdle = () => {}
    channel.ref()
    answer()
  }
  onIdle = () => settle(() => respond(null))
  const context = contextOf(request, settle)
  const callback = (error, result) => {
    if (settled) return
    const answer = () => settle(() => (error === undefined || error === null ? respond(result) : fail(error)))
    if ((error !== undefined && error !== null) || !context.callbackWaitsForEmptyEventLoop) answer()
    else onIdle = answer
  }
  try {
    const result = handler(JSON.parse(request.payload), context, callback)
    if (typeof result?.then === 'function') result.then(context.succeed, context.fail)
  } catch (error) {
    callback(error)
  }
}

function dieOf(title, error, code) {
  logError(title, error)
  channel.write(`${JSON.stringify({ [requestId === undefined ? 'initError' : 'error']: errorOf(error) })}\n`, () => process.exit(code))
  frame('done')
}

async function start(setting) {
  token = setting.token
  patchConsole()
  process.on('beforeExit', () => onIdle())
  process.on('uncaughtException', (error) => dieOf('Uncaught Exception', error, 129))
  process.on('unhandledRejection', (reason) => dieOf('Unhandled Promise Rejection', new RuntimeError('UnhandledPromiseRejection', reason), 128))
  try {
    const handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, setting.handler)
    send({ ready: true })
    return handler
  } catch (error) {
    dieOf('Uncaught Exception', error, 129)
  }
}

let buffered = ''
let handler
channel.setEncoding('utf8')
channel.on('data', (chunk) => {
  buffered += chunk
  for (let end = buffered.indexOf('\n'); end >= 0; end = buffered.indexOf('\n')) {
    const message = JSON.parse(buffered.slice(0, end))
    buffered = buffered.slice(end + 1)
    if (handler === undefined) handler = start(message)
    else void handler.then((loaded) => handle(loaded, message))
  }
})
channel.on('end', () => process.exit(0))
channel.on('error', () => process.exit(0))
