import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshAccount, type FreshAccount } from '../../local-aws/testing.ts'
import { startAction, type Step, type StepResult } from './runner.ts'

export { succeeded } from './runner.ts'

/** A handler that says which text it was made with and what it was called with. */
export const handler = (text: string): string => `import json
def lambda_handler(event, context):
    return {"statusCode": 200, "body": json.dumps({"text": "${text}", "route": event["httpMethod"] + " " + event["resource"], "path": event["pathParameters"]})}
`

/** A workspace on disk and an account of its own, in which the built action runs. */
export interface Deployable {
  readonly account: FreshAccount
  readonly workspace: string
  readonly write: (file: string, text: string) => void
  /** Runs the action in virtual time; the journal then holds this run alone. */
  readonly run: (inputs?: Readonly<Record<string, string>>) => Promise<StepResult>
  /** Starts the action without waiting for its end. */
  readonly start: (inputs?: Readonly<Record<string, string>>, env?: Readonly<Record<string, string>>) => Promise<Step>
  /** The calls of the last run that write. */
  readonly writes: () => Promise<string[]>
  /** Moves the account's clock on: as if what follows came so much later. */
  readonly later: (milliseconds: number) => Promise<void>
  readonly remove: () => void
}

/** Inputs with which everything that a service may have is made. */
export const everything = {
  'function-name': 'shop',
  runtime: 'python3.11',
  'cloudwatch-role': 'create',
  'access-log-retention-days': '7',
  'environment-variables': 'TABLE=events',
  routes: 'GET /items\nGET /items/{id}\nPOST /items',
}

/** Makes a service with one function; `inputs` are those of every run, unless a run gives others. */
export function makeService(inputs: Readonly<Record<string, string>>): Deployable {
  const account = freshAccount()
  const workspace = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-'))
  const write = (file: string, text: string): void => {
    mkdirSync(join(workspace, file, '..'), { recursive: true })
    writeFileSync(join(workspace, file), text)
  }
  const start: Deployable['start'] = async (more = {}, env = {}) => {
    await account.control.clearJournal()
    // Runs of a workflow come minutes after one another: what one has used up of a rate is there again.
    await account.control.refill()
    return startAction({
      workspace,
      inputs: { ...inputs, ...more },
      aws: { endpoint: account.url, account: account.id, region: account.region },
      env: { LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'], ...env },
    })
  }
  return {
    account, workspace, write, start,
    run: async (more) => (await start(more)).result,
    writes: async () => (await account.control.journal()).filter((call) => call.writes).map((call) => call.operation),
    later: async (milliseconds) => void (await account.control.advance(milliseconds)),
    remove: () => rmSync(workspace, { recursive: true, force: true }),
  }
}

/** Calls a route of what a run has deployed. */
export async function call(result: StepResult, path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${result.outputs['invoke-url']}${path}`, init)
  const text = await answer.text()
  try {
    return { status: answer.status, body: JSON.parse(text) as unknown }
  } catch {
    return { status: answer.status, body: text }
  }
}
