import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { APIGatewayClient, DeleteRestApiCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway'
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import { GetFunctionConfigurationCommand, LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import PQueue from 'p-queue'
import { evaluate } from '../../local-aws/kernel/policy/evaluate.ts'
import type { Need } from '../../local-aws/kernel/policy/needs.ts'
import { example } from '../../scripts/generate/permissions.ts'
import { blocks, readPage } from '../readme/markdown.ts'
import { needsOfCall, onlyReads, type Policy } from '../readme/policy.ts'
import { makeFunction } from '../support/found.ts'
import { makeApi } from '../support/found-api.ts'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'

type Inputs = Readonly<Record<string, string>>

/** A part of a service's life: what happens to the workspace and, by somebody else's hand, to the account, and then the run. */
interface Scene {
  readonly name: string
  readonly inputs: Inputs
  readonly edit?: (hello: Deployable) => unknown
  /** Scenes that must have been before it on a new account. */
  readonly after?: readonly string[]
}

const boundary = { 'role-permissions-boundary': 'arn:aws:iam::aws:policy/PowerUserAccess' }
const statements = JSON.stringify([{ allow: ['dynamodb:GetItem'], on: 'arn:aws:dynamodb:*:*:table/hello' }])
const plain = { 'function-name': example.service, runtime: 'python3.13', routes: 'GET /a', 'memory-size': '256', 'keep-releases': '0', 'smoke-test': 'auto' }
const full = {
  ...plain, ...boundary, 'role-statements': statements, routes: 'GET /a\nGET /a/{id}', 'memory-size': '128', 'cloudwatch-role': 'create', tracing: 'active', tags: 'team=a',
  'access-log-retention-days': '7', 'log-retention-days': '7', 'reserved-concurrency': '5',
}
const large = { ...plain, package: 'large.zip', 's3-bucket': 'create' }
const away = { ...plain, command: 'destroy', confirm: example.service, 'delete-logs': 'true' }
/** The function that was given back keeps its name. */
const unlogged = { 'access-log': 'off' }
const second = { ...unlogged, service: example.service, 'function-name': `${example.service}-second` }
const code = (text: string) => (hello: Deployable): void => hello.write('lambda_function.py', handler(text))

const scenes: readonly Scene[] = [
  { name: 'first deploy', inputs: full, edit: code('one') },
  { name: 'the same again', inputs: full, after: ['first deploy'] },
  { name: 'a second stage', inputs: { ...full, stage: 'other' }, after: ['first deploy'] },
  { name: 'everything changes', inputs: { ...plain, 'binary-media-types': 'image/png' }, edit: code('two'), after: ['first deploy'] },
  { name: 'a boundary comes back', inputs: { ...plain, ...boundary }, edit: code('three'), after: ['first deploy', 'everything changes'] },
  { name: 'an idle version goes back to work', inputs: plain, edit: idle(code('two')), after: ['first deploy', 'everything changes', 'a boundary comes back'] },
  { name: 'a permission is gone', inputs: plain, edit: removePermissions, after: ['first deploy', 'everything changes'] },
  { name: 'a large package', inputs: large, edit: pack('four'), after: ['first deploy', 'everything changes'] },
  { name: 'another large package', inputs: large, edit: dayLater(pack('five')), after: ['first deploy', 'everything changes', 'a large package'] },
  { name: 'the API is gone', inputs: plain, edit: deleteApi, after: ['first deploy'] },
  { name: 'old permissions go', inputs: plain, after: ['first deploy', 'the API is gone'] },
  { name: 'a second stage again', inputs: { ...plain, stage: 'other' }, after: ['first deploy'] },
  { name: 'the second stage moves on', inputs: { ...plain, stage: 'other' }, edit: code('six'), after: ['first deploy', 'a second stage again'] },
  { name: 'a canary bakes', inputs: { ...plain, 'canary-percent': '10', 'bake-time': '1m', alarms: 'calm' }, edit: watched, after: ['first deploy'] },
  { name: 'what the second stage serves is promoted', inputs: { ...plain, command: 'promote', 'from-stage': 'other', 'memory-size': '512' }, after: ['first deploy', 'a second stage again', 'the second stage moves on', 'a canary bakes'] },
  { name: 'a rollback', inputs: { 'function-name': example.service, command: 'rollback' }, after: ['first deploy', 'a canary bakes'] },
  { name: 'environments are initialized ahead', inputs: { ...plain, 'provisioned-concurrency': '1' }, after: ['first deploy', 'everything changes'] },
  { name: 'others of new code', inputs: { ...plain, 'provisioned-concurrency': '1' }, edit: code('nine'), after: ['first deploy', 'everything changes', 'environments are initialized ahead'] },
  { name: 'none any more', inputs: plain, after: ['first deploy', 'everything changes', 'environments are initialized ahead', 'others of new code'] },
  { name: 'one of two stages is destroyed', inputs: { ...away, stage: 'other' }, after: ['first deploy', 'a second stage again'] },
  { name: 'previews are swept', inputs: { command: 'sweep' } },
  { name: 'the last stage is destroyed', inputs: away, after: ['first deploy'] },
  { name: 'a function is taken over', inputs: { ...plain, ...unlogged, join: 'true', 'environment-variables': 'MODE=live' }, edit: foreignFunction },
  { name: 'it is given back', inputs: { ...away, join: 'true' }, after: ['a function is taken over'] },
  { name: 'an API is joined', inputs: { ...plain, ...second }, edit: foreignApi },
  { name: 'that is given back', inputs: { ...away, ...second }, after: ['an API is joined'] },
]

const packages = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-packages-'))
const made: Deployable[] = []
beforeAll(() => {
  writeFileSync(join(packages, 'noise.bin'), randomBytes(53_000_000))
  for (const text of ['four', 'five']) {
    writeFileSync(join(packages, 'lambda_function.py'), handler(text))
    execFileSync('python3', ['-c', `import zipfile\nz = zipfile.ZipFile("${text}.zip", "w")\nz.write("lambda_function.py")\nz.write("noise.bin")\nz.close()`], { cwd: packages })
  }
})
afterAll(() => {
  made.forEach((each) => each.remove())
  rmSync(packages, { recursive: true, force: true })
})

function pack(text: string) {
  return (hello: Deployable): void => {
    rmSync(join(hello.workspace, 'large.zip'), { force: true })
    linkSync(join(packages, `${text}.zip`), join(hello.workspace, 'large.zip'))
  }
}

/** Somebody has made a function by hand. */
async function foreignFunction(hello: Deployable): Promise<void> {
  await makeFunction(hello.account)
  code('six')(hello)
}

/** Somebody has made an API by hand, and the config names it. */
async function foreignApi(hello: Deployable): Promise<void> {
  const { restApiId } = await makeApi(hello.account)
  hello.write('lambda-api.yml', `api: { api-id: ${restApiId} }\n`)
  code('seven')(hello)
}

/** Somebody has made an alarm. */
async function watched(hello: Deployable): Promise<void> {
  await new CloudWatchClient(hello.account.client).send(new PutMetricAlarmCommand({
    AlarmName: 'calm', Namespace: 'Hello', MetricName: 'orders', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
  }))
  code('eight')(hello)
}

/** What lies in the bucket is old by then. */
function dayLater(edit: (hello: Deployable) => void) {
  return async (hello: Deployable): Promise<void> => {
    await hello.later(25 * 60 * 60_000)
    edit(hello)
  }
}

/** Nothing has called the versions for weeks. */
function idle(edit: (hello: Deployable) => void) {
  return async (hello: Deployable): Promise<void> => {
    const { control, client } = hello.account
    const lambda = new LambdaClient(client)
    const states = async () =>
      Promise.all(['prod-a', 'prod-b'].map(async (Qualifier) => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: example.service, Qualifier }))).State))
    await control.configure({ windows: { idle: 1 } })
    while ((await states()).some((state) => state !== 'Inactive')) await new Promise((resolve) => setTimeout(resolve, 5))
    await control.configure({ windows: { idle: 1e12 } })
    edit(hello)
  }
}

async function removePermissions({ account }: Deployable): Promise<void> {
  const state = (await account.control.state()) as { lambda: Record<string, { functions: Record<string, { policies: Record<string, { Statement: { Sid: string }[] }> }> }> }
  const lambda = new LambdaClient(account.client)
  for (const [Qualifier, policy] of Object.entries(state.lambda[account.region]?.functions[example.service]?.policies ?? {})) {
    await lambda.send(new RemovePermissionCommand({ FunctionName: example.service, Qualifier, StatementId: policy.Statement[0]?.Sid }))
  }
}

async function deleteApi({ account }: Deployable): Promise<void> {
  const api = new APIGatewayClient(account.client)
  const { items } = await api.send(new GetRestApisCommand({}))
  await api.send(new DeleteRestApiCommand({ restApiId: items?.[0]?.id }))
}

async function newService(): Promise<Deployable> {
  const hello = makeService({})
  made.push(hello)
  await hello.account.control.configure({ rates: false, windows: { functionPending: 0, functionUpdate: 0, versionPending: 0 } })
  return hello
}

/** What the scene finds; by somebody who may do everything. */
async function enter(hello: Deployable, scene: Scene): Promise<void> {
  await hello.account.control.configure({ policy: null })
  await scene.edit?.(hello)
}

async function run(hello: Deployable, scene: Scene, policy: Policy | null): ReturnType<Deployable['run']> {
  await hello.account.control.configure({ policy })
  return hello.run(scene.inputs)
}

/** The policy of the docs as a reader would fill it in. */
function documented(account: string): Policy {
  const text = blocks(readPage('docs/permissions.md')).find(({ heading, language }) => heading === 'Policy' && language === 'json')?.text ?? ''
  return JSON.parse(text.replaceAll(example.account, account)) as Policy
}

/** One action of one statement. */
interface Permission {
  readonly sid: string
  readonly action: string
}

function permissions(policy: Policy): Permission[] {
  return [policy.Statement].flat().flatMap(({ Sid = '', Action = [] }) => [Action].flat().map((action) => ({ sid: Sid, action })))
}

function without(policy: Policy, { sid, action }: Permission): Policy {
  const Statement = [policy.Statement].flat().map((one) => (one.Sid === sid ? { ...one, Action: [one.Action ?? []].flat().filter((each) => each !== action) } : one))
  return { ...policy, Statement }
}

/** What the calls of each scene needed, by its name, once the life has been lived. */
const needed = new Map<string, readonly Need[]>()
let lived: Policy

test('the documented policy alone carries a service from its first deploy to its last destroy', async () => {
  const hello = await newService()
  lived = documented(hello.account.id)
  for (const scene of scenes) {
    await enter(hello, scene)
    const result = await run(hello, scene, lived)
    if (result.exitCode !== 0) throw new Error(`${scene.name}: ${result.output}`)
    const calls = await hello.account.control.journal()
    expect(calls.filter(({ error }) => /AccessDenied|Forbidden/.test(error ?? ''))).toEqual([])
    needed.set(scene.name, calls.flatMap((call) => needsOfCall(call).filter(({ partial }) => partial !== true || call.error === undefined)))
    if (scene.name === 'the same again') expect(await hello.writes()).toEqual([])
  }
})

test('a plan needs no more than the part that reads, before the first deploy and after it', async () => {
  const hello = await newService()
  code('one')(hello)
  const policy = onlyReads(documented(hello.account.id))
  for (const inputs of [full, plain]) {
    const result = succeeded(await run(hello, { name: 'plan', inputs: { ...inputs, command: 'plan' } }, policy))
    expect(result.outputs['changed']).toBe('true')
    expect(await hello.writes()).toEqual([])
    await hello.account.control.configure({ policy: null })
    succeeded(await hello.run(full))
  }
})

test('a rollback needs no more than the statements that the page names for it', () => {
  const page = readPage('docs/permissions.md').text
  const names = /without `from-stage`, needs ([\w, ]+) alone/.exec(page)?.[1]?.split(/, | and /) ?? []
  const part = { ...lived, Statement: [lived.Statement].flat().filter(({ Sid = '' }) => names.includes(Sid)) }
  expect(part.Statement.length).toBe(names.length)
  expect(needed.get('a rollback')?.filter((need) => evaluate(part, need) !== 'allowed')).toEqual([])
})

/** Accounts on which a scene can begin: those where a run was denied before it wrote anything can be used again. */
const ready = new Map<Scene, Deployable[]>()

async function standing(scene: Scene): Promise<Deployable> {
  const before = ready.get(scene)?.pop()
  if (before !== undefined) return before
  const hello = await newService()
  for (const name of [...(scene.after ?? []), scene.name]) {
    const each = scenes.find((one) => one.name === name)
    if (each === undefined) throw new Error(`no scene ${name}`)
    await enter(hello, each)
    if (each !== scene) succeeded(await run(hello, each, null))
  }
  return hello
}

/** Runs the first scene that needs the permission without it; gives what is wrong with how that ends. */
async function tryWithout(permission: Permission, scene: Scene): Promise<string[]> {
  const hello = await standing(scene)
  const result = await run(hello, scene, without(documented(hello.account.id), permission))
  const errors = result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
  if ((await hello.writes()).length === 0) ready.set(scene, [...(ready.get(scene) ?? []), hello])
  const named = errors.length === 1 && errors[0]?.includes(`the credentials lack ${permission.action}`) === true
  return result.exitCode === 1 && named ? [] : [`${permission.sid} ${permission.action}, ${scene.name}: exit code ${result.exitCode} ${errors.join(' | ')}`]
}

test('without any one of its actions some part of that life fails, with an error that names the action', async () => {
  const all = permissions(lived)
  const wrong: string[] = []
  const unneeded: string[] = []
  const lanes = new PQueue({ concurrency: 2 })
  await lanes.addAll(all.map((permission) => async () => {
    const rest = without(lived, permission)
    const scene = scenes.find(({ name }) => needed.get(name)?.some((need) => evaluate(lived, need) === 'allowed' && evaluate(rest, need) !== 'allowed'))
    if (scene === undefined) unneeded.push(`${permission.sid} ${permission.action}`)
    else wrong.push(...(await tryWithout(permission, scene)))
  }))
  process.stdout.write(`least privilege: ${all.length} actions tried, ${unneeded.length} that no step needed\n`)
  expect(unneeded).toEqual([])
  expect(wrong).toEqual([])
})
