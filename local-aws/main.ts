import { parseArgs } from 'node:util'
import { startLocalAws, type LocalAwsOptions } from './server.ts'

const usage = `Usage: npm run local-aws -- [--port 4566] [--clock-rate 1] [--documented-only] [--reset]
  --port        port of 127.0.0.1 (0 takes a free one)
  --clock-rate  how many times faster than real time its windows and rates run; with 0 time stands until it is moved
  --documented-only
                drops the rules for which there is no evidence from AWS ("unverified")
  --reset       wipes the local AWS that runs on that port, and ends`

/** What one can do with it, in commands to copy. */
function howTo(url: string): string {
  return `Local AWS serves on ${url}  (stop it with Ctrl-C)

  export AWS_ENDPOINT_URL=${url} AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=123456789012 AWS_SECRET_ACCESS_KEY=any
  aws lambda list-functions                    # a 12-digit access key id is the account
  curl '${url}/_local-aws/journal?account=123456789012&format=table'
  curl -X POST ${url}/_local-aws/reset         # wipes everything

Invoke URLs are ${url}/restapis/{api}/{stage}/_user_request_/{path}; local-aws/README.md tells the rest.`
}

async function wipe(port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}`
  const answer = await fetch(`${url}/_local-aws/reset`, { method: 'POST' }).catch((cause: unknown) => {
    throw new Error(`Nothing to wipe: no local AWS answers on ${url}.`, { cause })
  })
  if (!answer.ok) throw new Error(`Local AWS on ${url} could not be wiped: ${await answer.text()}`)
  console.log(`Wiped the local AWS on ${url}.`)
}

async function serve(options: LocalAwsOptions): Promise<void> {
  let ending = false
  const started = startLocalAws(options)
  const stop = (): void => {
    if (ending) return
    ending = true
    void started.then((local) => local.stop()).finally(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // A parent that dies without a word closes the channel; without this we would live on.
  process.on('disconnect', stop)
  const { url } = await started
  if (process.connected) process.send?.({ url })
  if (!ending) console.log(howTo(url))
}

function wholeNumber(text: string, option: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > 65_535) throw new Error(`--${option} must be a port number, not "${text}".\n${usage}`)
  return number
}

function rate(text: string): number {
  const number = Number(text)
  if (!(number >= 0 && number <= 1000)) throw new Error(`--clock-rate must be a number from 0 to 1000, not "${text}".\n${usage}`)
  return number
}

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4566' },
      engine: { type: 'string' },
      'clock-rate': { type: 'string', default: '1' },
      'documented-only': { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const port = wholeNumber(values.port, 'port')
  if (values.help) console.log(usage)
  else if (values.reset) await wipe(port)
  else
    await serve({
      port,
      clockRate: rate(values['clock-rate']),
      settings: { unverified: !values['documented-only'] },
      ...(values.engine === undefined ? {} : { engine: values.engine }),
    })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
