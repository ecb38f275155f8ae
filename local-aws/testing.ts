import { randomInt } from 'node:crypto'
import { childClock, connect, type ChildClock, type LocalAwsControl } from './client.ts'
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
  if (url === undefined)
    throw new Error("LOCAL_AWS_URL is not set: run jest with the project's jest.config.js, whose globalSetup starts local AWS.")
  return url
}

/** The ids of all accounts that {@link freshAccount} has made for this test file. */
export const accountsOfThisFile: string[] = []

/** An empty account that no other test knows. */
export function freshAccount(region = 'eu-west-1'): FreshAccount {
  const id = String(randomInt(100_000_000_000, 1_000_000_000_000))
  accountsOfThisFile.push(id)
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

/**
 * Virtual milliseconds of a child's waiting that take a real one. No test depends on it: CLOCK_PACE=100 and CLOCK_PACE=10000 must pass as
 * well.
 */
const pace = Number(process.env['CLOCK_PACE'] ?? 1_000)

/** Puts a child `node` under the clock of an account of the local AWS at `url`: arguments before its script, and environment. */
export const virtualTime = (of: { readonly url: string; readonly account: string }): ChildClock => childClock(of, pace)
