/**
 * Runs a Node handler as Lambda's own runtime client does (aws-lambda-ric 3.3.0, whose rules are carried over: UserFunction.js,
 * CallbackContext.js, Errors.js, LogPatch.js). Talks JSON lines with local AWS over the socket that --channel names; records
 * whose end must be known are framed in standard output by a token that only this process knows.
 */
import net from 'node:net'
import { errorOf, RuntimeError } from './errors.mjs'
import { loadHandler } from './load-handler.mjs'
import { frame, logError, noteMissingSdk, patchConsole, useRequest, useToken } from './logs.mjs'
import { searchNodePath } from './node-path.mjs'

const channel = new net.Socket({ fd: Number(process.argv[process.argv.indexOf('--channel') + 1]), readable: true, writable: true })
process.argv.splice(1)
let isHandling = false
/** Called when the event loop runs empty: on AWS what was answered by then is sent. */
let onIdle = () => {}

function send(message) {
  channel.write(`${JSON.stringify(message)}\n`)
  frame('done')
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
  noteMissingSdk(known)
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
  isHandling = true
  useRequest(request.requestId)
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
  noteMissingSdk(error)
  logError(title, error)
  channel.write(`${JSON.stringify({ [isHandling ? 'error' : 'initError']: errorOf(error) })}\n`, () => process.exit(code))
  frame('done')
}

async function start(setting) {
  useToken(setting.token)
  patchConsole()
  searchNodePath()
  process.on('beforeExit', () => onIdle())
  process.on('uncaughtException', (error) => dieOf('Uncaught Exception', error, 129))
  process.on('unhandledRejection', (reason) =>
    dieOf('Unhandled Promise Rejection', new RuntimeError('UnhandledPromiseRejection', reason), 128),
  )
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
