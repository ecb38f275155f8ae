/** Log lines as Lambda's own runtime client writes them (aws-lambda-ric 3.3.0, LogPatch.js), framed in standard output. */
import fs from 'node:fs'
import util from 'node:util'
import { shown } from './errors.mjs'

let token = ''
let requestId

/** The token that marks frames. */
export function useToken(given) {
  token = given
}

/** The request that log lines belong to from now on. */
export function useRequest(id) {
  requestId = id
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

export function frame(kind, text = '') {
  const body = Buffer.from(text)
  writeAll(Buffer.concat([Buffer.from(`\x1e${token} ${kind} ${body.length}\n`), body]))
}

export function patchConsole() {
  const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON'
  const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']
  const least = Math.max(0, levels.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL))
  const write = (level) => (message, ...rest) => {
    if (levels.indexOf(level) < least) return
    const time = new Date().toISOString()
    const text = json
      ? JSON.stringify({
          timestamp: time,
          level,
          requestId,
          message: rest.length === 0 && !(message instanceof Error) ? message : util.format(message, ...rest),
        })
      : `${time}\t${requestId}\t${level}\t${util.format(message, ...rest)}`
    frame('log', `${text}\n`)
  }
  Object.assign(console, {
    trace: write('TRACE'),
    debug: write('DEBUG'),
    info: write('INFO'),
    log: write('INFO'),
    warn: write('WARN'),
    error: write('ERROR'),
    fatal: write('FATAL'),
  })
  // One stream, so that the order of standard output and standard error is kept.
  process.stderr.write = process.stdout.write.bind(process.stdout)
}

export function logError(title, error) {
  console.error(
    title,
    `\t${JSON.stringify({ errorType: error?.name, errorMessage: shown(error?.message ?? String(error)), stack: shown(error?.stack ?? '').split('\n') })}`,
  )
}

/** Tells that a package which was not found is there on AWS, whose runtimes bring all of the SDK. */
export function noteMissingSdk(error) {
  const [, name] = /Cannot find (?:module|package) '(@(?:aws-sdk|smithy)\/[\w.-]+)/.exec(String(error?.message)) ?? []
  if (name !== undefined)
    writeAll(
      Buffer.from(
        `[LOCAL AWS] The runtime on AWS brings the whole SDK with it, local AWS only its most used clients, and not ${name}: ship it in the zip to run it here.\n`,
      ),
    )
}
