import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { APIGatewayClient, UpdateAccountCommand } from '@aws-sdk/client-api-gateway'
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { connect, longestChain, type JournalEntry, type LocalAwsControl } from '../local-aws/client.ts'
import { startLocalAws } from '../scripts/demo/local-aws.ts'
import { root } from '../scripts/lib/requirements.mjs'
import { awsEnvironment } from '../local-aws/environment.ts'
import { startStep } from '../local-runner/run.ts'

/** What one run took, and the most that it may take; polls, retries and pruning are not counted. */
interface Row {
  readonly run: string
  readonly routes: number
  readonly counted: number
  readonly writes: number
  readonly all: number
  readonly chain: number
  readonly seconds: number
  readonly toFirstCall: number
  readonly target: string
}

/** Milliseconds that local AWS takes for every answer. */
const latencyMs = 60
const region = 'eu-west-1'
const trust = (principal: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }] })

const rounds = process.argv[2] === undefined ? [1, 10, 50] : process.argv.slice(2).map(Number)
const { url: endpoint } = await startLocalAws()
const cache = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-bench-cache-'))
try {
  const rows: Row[] = []
  for (const [index, routes] of rounds.entries()) rows.push(...(await measure(routes, String(100_000_000_001 + index))))
  print(rows)
} finally {
  rmSync(cache, { recursive: true, force: true })
}
// Local AWS ends with this process.
process.exit()

/** The four runs of one service with this many routes, in an account of its own where both roles are given. */
async function measure(routes: number, account: string): Promise<Row[]> {
  const control = connect(endpoint, account)
  const role = await giveRoles(account)
  const workspace = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-bench-'))
  cpSync(join(root, 'examples', 'greeting'), workspace, { recursive: true })
  rmSync(join(workspace, 'lambda-api.yml'))
  const lines = (count: number): string => Array.from({ length: count }, (_each, index) => `GET /part${Math.floor(index / 10)}/item${index}/{id}`).join('\n')
  const inputs = (count: number): Record<string, string> => ({ 'function-name': 'greeting', handler: 'greeting.lambda_handler', runtime: 'python3.13', role, routes: lines(count) })
  try {
    // A dry run fills the cache of dependencies, which every measured run has warm.
    await run(control, { workspace, inputs: { ...inputs(routes), command: 'plan' } })
    await control.configure({ latencyMs, rates: true })
    const rows = [await row('first deploy', '22 + routes, 5 s', { count: routes })]
    rows.push(await row('the same again', '10, chain 3, 1.5 s', { count: routes }))
    writeFileSync(join(workspace, 'phrases.py'), readFileSync(join(workspace, 'phrases.py'), 'utf8').replace('"Hello"', '"Good day"'))
    rows.push(await row('one code line', '14, 3.5 s', { count: routes }))
    rows.push(await row('one route more', '14 + route, 4 s', { count: routes + 1 }))
    const smoke = { 'smoke-test': [1, 2, 3].map((id) => `GET /part0/item0/${id} -> 200`).join('\n') }
    for (const [word, more] of [['"Good morning"', {}], ['"Good evening"', smoke]] as const) {
      await later()
      writeFileSync(join(workspace, 'phrases.py'), readFileSync(join(workspace, 'phrases.py'), 'utf8').replace(/"Good \w+"/, word))
      const [name, target] = more === smoke ? ['the same with three smoke tests', '3 calls in one more round, 0.5 s'] : ['another code line', '14, 3.5 s']
      rows.push(await row(name, target, { count: routes + 1, more }))
    }
    await later()
    rows.push(await row('rollback', '8, 1 s', { count: routes + 1, more: { command: 'rollback' } }))
    return rows
  } finally {
    rmSync(workspace, { recursive: true, force: true })
  }

  /** Nothing waits for what the run before has changed. */
  async function later(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 16_000))
  }

  async function row(name: string, target: string, { count, more = {} }: { readonly count: number; readonly more?: Readonly<Record<string, string>> }): Promise<Row> {
    await control.refill()
    const { calls, seconds, toFirstCall } = await run(control, { workspace, inputs: { ...inputs(count), ...more } })
    const counted = calls.filter((call) => kindOf(call) === 'counted')
    const own = calls.filter((call) => kindOf(call) === 'route').length
    return {
      run: name + (own === 0 ? '' : ` (+ ${own} for routes)`), routes: count, target, seconds, toFirstCall,
      counted: counted.length, all: calls.length, writes: calls.filter((call) => call.writes).length,
      chain: longestChain(calls.filter((call) => kindOf(call) !== 'poll')),
    }
  }
}

/** What the targets count and what they do not. */
function kindOf({ operation, status = 0 }: JournalEntry): 'counted' | 'route' | 'poll' | 'retry' | 'prune' {
  if (status === 429 || status === 409 || status >= 500) return 'retry'
  if (operation === 'GetFunctionConfiguration') return 'poll'
  if (operation === 'GetDeployments' || operation === 'ListFunctions' || operation.startsWith('Delete') || operation === 'RemovePermission') return 'prune'
  return ['CreateResource', 'PutMethod', 'PutIntegration'].includes(operation) ? 'route' : 'counted'
}

interface Run {
  readonly calls: readonly JournalEntry[]
  readonly seconds: number
  /** Seconds from the start of the process to its first AWS call. */
  readonly toFirstCall: number
}

async function run(control: LocalAwsControl, { workspace, inputs }: { workspace: string; inputs: Record<string, string> }): Promise<Run> {
  await control.clearJournal()
  const began = Date.now()
  const result = await startStep({
    workspace, inputs,
    env: { ...awsEnvironment({ endpoint, account: control.account, region }), LAMBDA_API_DEPLOY_CACHE: cache },
  }).result
  if (result.exitCode !== 0) throw new Error(result.log.join('\n'))
  const calls = await control.journal()
  return { calls, seconds: result.durationMs / 1000, toFirstCall: ((calls[0]?.virtualStart ?? began) - began) / 1000 }
}

/** The account's CloudWatch role and the function's role, as an account that has deployed before has them. */
async function giveRoles(account: string): Promise<string> {
  const config = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } }
  const iam = new IAMClient(config)
  const role = async (name: string, principal: string, policy: string): Promise<string> => {
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust(principal) }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: `arn:aws:iam::aws:policy/service-role/${policy}` }))
    return Role?.Arn ?? ''
  }
  const logs = await role('logs', 'apigateway.amazonaws.com', 'AmazonAPIGatewayPushToCloudWatchLogs')
  await new APIGatewayClient(config).send(new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: logs }] }))
  return role('greeting', 'lambda.amazonaws.com', 'AWSLambdaBasicExecutionRole')
}

function print(rows: readonly Row[]): void {
  const table = [
    ['routes', 'run', 'counted calls', 'writes', 'all calls', 'longest chain', 'seconds', 'to first call', 'target'],
    ...rows.map((each) => [each.routes, each.run, each.counted, each.writes, each.all, each.chain, each.seconds.toFixed(2), each.toFirstCall.toFixed(2), each.target].map(String)),
  ]
  const widths = (table[0] ?? []).map((_head, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  console.log(`${latencyMs} ms a call, documented rates on; polls, retries and pruning are not counted, the chain leaves out polls.`)
  for (const line of table) console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
}
