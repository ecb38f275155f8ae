import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { answerTo, Cancelled } from '../cancellation.ts'
import type { Progress } from '../progress.ts'
import { asker, downloader, type Ask, type Download } from './http.ts'
import { Lanes } from './lane.ts'
import { Pace } from './pace.ts'
import { scrub, toRefusal } from './refusal.ts'
import { Sightings } from './sightings.ts'
import { withRetry, type RetryOptions } from './retry.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Anything of the SDK that answers commands. */
interface Client {
  send(command: object): Promise<unknown>
}

/** A command whose answer's type can be told from it (the SDK keeps it in the type of `resolveMiddleware`). */
interface CommandOf<O> {
  readonly input: object
  resolveMiddleware(...args: never[]): (input: never) => Promise<{ output: O }>
}

/** Sends one command: in line ({@link Lanes}), paced, retried, and refused in readable words ({@link toRefusal}). */
export type Send = <O extends object>(command: CommandOf<O>, options?: RetryOptions<O>) => Promise<O>

/** The services of one account and Region. */
export interface Aws {
  readonly region: string
  /** What the host names of AWS's services end in there, such as `amazonaws.com` or `amazonaws.com.cn`. */
  readonly dnsSuffix: string
  readonly lambda: Send
  readonly api: Send
  readonly logs: Send
  readonly iam: Send
  readonly sts: Send
  readonly s3: Send
  readonly cloudwatch: Send
  /** Calls a stage as its callers do, on the same way through proxies. */
  readonly ask: Ask
  /** Gets what AWS has given a URL for, on the same way. */
  readonly download: Download
}

interface Connection {
  readonly region: string
  readonly env: Env
  readonly progress: Progress
  /** For how many milliseconds nothing may move on a connection before it counts as broken. */
  readonly silence?: number
}

/**
 * Connects to AWS, or to what the SDK's own endpoint variables name. The SDK ignores proxy variables unless its agents are built with
 * them, and its own retries are off, because only {@link withRetry} looks before it repeats a create.
 */
export function connect({ region, env, progress, silence = 120_000 }: Connection): Aws {
  const pace = new Pace()
  const lanes = new Lanes()
  const sightings = new Sightings()
  const agents = { https: new HttpsAgent({ keepAlive: true, proxyEnv: env }), http: new HttpAgent({ keepAlive: true, proxyEnv: env }) }
  const config = {
    region,
    maxAttempts: 1,
    requestHandler: {
      httpsAgent: agents.https,
      httpAgent: agents.http,
      connectionTimeout: 10_000,
      // A limit for the whole request would end a large upload over a slow line, and none would hold for the answer's body.
      socketTimeout: silence,
    },
  }
  const sender = (service: string, client: Promise<Client> | Client): Send => {
    return async (command, options = {}) => {
      const operation = `${service}:${command.constructor.name.replace(/Command$/, '')}`
      const onWait = (reason: string, ms: number): void => {
        // A reader wants to know of a wait that can be felt; the many short ones belong into the debug log.
        const line = `${operation}: ${scrub(reason, command.input)}; again in ${(ms / 1000).toFixed(1)} s`
        if (ms < 2_000) progress.debug(line)
        else progress.info(line)
      }
      const call = { operation, input: command.input }
      // An attempt stands in line, not the waits between attempts: a look at what a lost answer has left may itself write.
      const attempt = (): Promise<never> => lanes.run(operation, command.input, async () => {
        await pace.wait(operation)
        const output = await answerTo(async () => (await client).send(command))
        sightings.note(call, output as object)
        return output as never
      })
      try {
        return await withRetry(attempt, { onWait, absence: (error) => sightings.patience(call, error), ...options } as RetryOptions<never>)
      } catch (error) {
        if (error instanceof Cancelled) throw error
        throw toRefusal(operation, error, { input: command.input, env, sighting: sightings.of(call, error) })
      }
    }
  }
  const apiGateway = new APIGatewayClient(config)
  return {
    region,
    dnsSuffix: dnsSuffixOf(apiGateway, region),
    lambda: sender('lambda', new LambdaClient(config)),
    api: sender('apigateway', apiGateway),
    logs: sender('logs', new CloudWatchLogsClient(config)),
    iam: sender('iam', lazy(async () => new (await import('@aws-sdk/client-iam')).IAMClient(config))),
    sts: sender('sts', lazy(async () => new (await import('@aws-sdk/client-sts')).STSClient(config))),
    cloudwatch: sender('cloudwatch', lazy(async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient(config))),
    ask: asker(agents),
    download: downloader(agents),
    // Path style works for every bucket name, with dots too, and where the endpoint is an address without subdomains.
    s3: sender('s3', lazy(async () => new (await import('@aws-sdk/client-s3')).S3Client({ ...config, forcePathStyle: true }))),
  }
}

/** Told by the SDK's own rules for endpoints, which know every partition; an endpoint that is configured does not count here. */
function dnsSuffixOf({ config }: APIGatewayClient, Region: string): string {
  const { hostname } = config.endpointProvider({ Region, UseDualStack: false, UseFIPS: false }).url
  return hostname.slice(`apigateway.${Region}.`.length)
}

/** A client that few runs need is loaded when it is first used, because loading costs every run time. */
function lazy(load: () => Promise<Client>): Client {
  let client: Promise<Client> | undefined
  return { send: async (command) => (await (client ??= load())).send(command) }
}
