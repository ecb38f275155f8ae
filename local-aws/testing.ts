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
  const control = connect(url, id)
  return {
    id,
    region,
    url,
    control: { ...control, runClock: (rate) => control.runClock(rate * clockFactor) },
    client: { endpoint: url, region, credentials: { accessKeyId: id, secretAccessKey: 'local' }, maxAttempts: 1, forcePathStyle: true },
    environment: awsEnvironment({ endpoint: url, account: id, region }),
  }
}

/**
 * How many times faster than usual time passes in the tests: what a child's waiting moves, and a clock that a test lets run. No test depends
 * on it: CLOCK_FACTOR=0.1 and CLOCK_FACTOR=10 must pass as well, the former in up to ten times the time.
 */
const clockFactor = Number(process.env['CLOCK_FACTOR'] ?? 1)

/** Virtual milliseconds of a child's waiting that take a real one. */
const pace = 1_000 * clockFactor

/** Puts a child `node` under the clock of an account of the local AWS at `url`: arguments before its script, and environment. */
export const virtualTime = (of: { readonly url: string; readonly account: string }): ChildClock => childClock(of, pace)
