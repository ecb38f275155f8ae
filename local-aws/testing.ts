import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { clockEnvironment, connect, type LocalAwsControl } from './client.ts'
import { awsEnvironment } from './environment.ts'

/** What an AWS SDK client needs to work in one account of local AWS. */
export interface ClientConfig {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly maxAttempts: number
  readonly forcePathStyle: boolean
}

export interface FreshAccount {
  readonly id: string
  readonly region: string
  readonly url: string
  readonly control: LocalAwsControl
  /** For `new LambdaClient(account.client)` and the like. */
  readonly client: ClientConfig
  /** Environment of a child process that deploys into the account. */
  readonly environment: Readonly<Record<string, string>>
}

/** URL of the local AWS that this test run shares. */
export function localAwsUrl(): string {
  const url = process.env['LOCAL_AWS_URL']
  if (url === undefined) throw new Error('LOCAL_AWS_URL is not set: run jest with the project\'s jest.config.js, whose globalSetup starts local AWS.')
  return url
}

/** An empty account that no other test knows. */
export function freshAccount(region = 'eu-west-1'): FreshAccount {
  const id = String(randomInt(100_000_000_000, 1_000_000_000_000))
  const url = localAwsUrl()
  return {
    id,
    region,
    url,
    control: connect(url, id),
    client: { endpoint: url, region, credentials: { accessKeyId: id, secretAccessKey: 'local' }, maxAttempts: 1, forcePathStyle: true },
    environment: awsEnvironment({ endpoint: url, account: id, region }),
  }
}

/** Virtual milliseconds since 1970 on local AWS's clock. */
export async function virtualNow(): Promise<number> {
  const answer = await fetch(`${localAwsUrl()}/_local-aws/health`)
  const { clock } = (await answer.json()) as { clock: { now: number } }
  return clock.now
}

const preload = fileURLToPath(new URL('./kernel/scale-timers.mjs', import.meta.url))

/** Puts a child `node` under local AWS's virtual clock: arguments before its script, and environment. */
export async function virtualTime(): Promise<{ readonly nodeArgs: readonly string[]; readonly environment: Readonly<Record<string, string>> }> {
  return { nodeArgs: ['--import', preload], environment: await clockEnvironment(localAwsUrl()) }
}
