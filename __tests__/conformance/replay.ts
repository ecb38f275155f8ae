import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { APIGatewayClient, UpdateAccountCommand } from '@aws-sdk/client-api-gateway'
import { freshAccount, type FreshAccount } from '../support/local-aws.ts'
import { putObject, send, type Outcome } from './calls.ts'
import type { Scenario, Step } from './rows.ts'
import { unify, type Bindings } from './unify.ts'
import { fillIn, type Known } from './values.ts'

/** What became of one row: `difference` is undefined where local AWS answers as AWS did. */
export interface RowResult {
  readonly source: string
  readonly step: Step
  readonly difference: string | undefined
}

/**
 * Windows that outlast the few requests after a change, so that a state on the way is seen, as it was on AWS.
 * A plain PublishVersion was recorded Active at once (test_version_lifecycle), where local AWS is stricter by default.
 */
const windows = { functionPending: 1500, functionUpdate: 1500, versionPending: 0 }

/** Plays one scenario against an empty account of local AWS and compares the answers of its rows. */
export async function replay(scenario: Scenario): Promise<RowResult[]> {
  const account = await prepared()
  const bindings: Bindings = new Map([['111111111111', account.id], ['<region>', account.region], ['<partition>', 'aws']])
  const answers: Known['answers'][number][] = []
  const results: RowResult[] = []
  let last: Outcome = { status: undefined }
  for (const step of scenario.steps) {
    const known: Known = { account: account.id, region: account.region, role: `arn:aws:iam::${account.id}:role/runs`, answers }
    let failure: string | undefined
    try {
      if (step.call !== 'same') last = await play(step, account, fillIn(step.with ?? {}, known))
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error)
      last = { status: undefined }
    }
    answers.push(last.answer)
    if (step.row !== undefined) results.push({ source: `${scenario.source} ${step.row}`, step, difference: failure ?? compare(step, last, bindings) })
  }
  return results
}

async function prepared(): Promise<FreshAccount> {
  const account = freshAccount()
  await account.control.configure({ rates: false, windows })
  const iam = new IAMClient(account.client)
  for (const [name, service] of [['runs', 'lambda'], ['logs', 'apigateway']] as const) {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }] }
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }))
  }
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'logs', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs' }))
  // The account that was recorded had its logging role, without which no access log can be set.
  const role = { op: 'replace' as const, path: '/cloudwatchRoleArn', value: `arn:aws:iam::${account.id}:role/logs` }
  await new APIGatewayClient(account.client).send(new UpdateAccountCommand({ patchOperations: [role] }))
  return account
}

async function play(step: Step, account: FreshAccount, input: unknown): Promise<Outcome> {
  const target = step.in === undefined ? account.client : { ...account.client, region: step.in }
  if (step.call === 'wait') return settled(target, input)
  if (step.call !== 's3 PutObject') return send(target, step.call, input)
  const { Bucket, Key, Body } = input as { Bucket: string; Key: string; Body: Uint8Array }
  return { status: 200, answer: { VersionId: await putObject(target, { bucket: Bucket, key: Key, body: Body }) } }
}

/** Reads a function until no change of it is under way. */
async function settled(target: FreshAccount['client'], input: unknown): Promise<Outcome> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const outcome = await send(target, 'lambda GetFunctionConfiguration', input)
    const { State, LastUpdateStatus } = outcome.answer ?? {}
    if (outcome.error !== undefined) throw new Error(`waiting: ${outcome.error.name}: ${outcome.error.message}`)
    if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') return outcome
    if (Date.now() > deadline) throw new Error('waiting: the function did not settle within 10 s')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function compare(step: Step, { status, answer, error }: Outcome, bindings: Bindings): string | undefined {
  const refused = error === undefined ? undefined : `${status} ${error.name}: ${error.message}`
  if (step.error !== undefined) {
    if (error === undefined) return `AWS refused it with ${step.error.name}, local AWS took it`
    const recorded = { ...(step.status === undefined ? {} : { status: step.status }), name: step.error.name, ...(step.error.message === undefined ? {} : { message: step.error.message }) }
    return unify(recorded, { status, name: error.name, message: error.message }, bindings, ['status', 'message']) ?? problems(step.error, error, bindings) ?? otherType(step.error, error)
  }
  if (refused !== undefined) return `AWS took it, local AWS refused it: ${refused}`
  if (step.status !== undefined && step.status !== status) return `status: recorded ${step.status}, got ${status}`
  if (step.answer === undefined) return undefined
  const member = step.member?.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answer)
  return unify(step.answer, step.member === undefined ? answer : member, bindings, step.except)
}

/** The model's complaints come in one text; their order is not a promise. */
function problems(recorded: NonNullable<Step['error']>, error: NonNullable<Outcome['error']>, bindings: Bindings): string | undefined {
  if (recorded.problems === undefined) return undefined
  const found = error.message.replace(/^\d+ validation errors? detected: /, '').split('; ')
  const missing = recorded.problems.filter((problem) => !found.some((each) => unify(problem, each, bindings) === undefined))
  if (missing.length === 0 && found.length === recorded.problems.length) return undefined
  return `problems: recorded ${JSON.stringify(recorded.problems)}, got ${JSON.stringify(found)}`
}

function otherType(recorded: NonNullable<Step['error']>, error: NonNullable<Outcome['error']>): string | undefined {
  // The SDK shows Type only on errors that the model has.
  return recorded.type === undefined || error.type === undefined || recorded.type === error.type ? undefined : `Type: recorded ${recorded.type}, got ${String(error.type)}`
}
