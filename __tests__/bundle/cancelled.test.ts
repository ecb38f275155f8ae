import { afterAll, expect, test } from '@jest/globals'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import { connect } from '../../local-aws/client.ts'
import { handler } from '../support/service.ts'
import { deafRegistry, endlessBuild, endlessProcesses, makeStoppable, until, type Stoppable } from '../support/stopped.ts'
import { noWindows } from '../support/windows.ts'

/** What the runner gives a step between SIGINT and SIGTERM (docs.github.com, "Canceling a workflow"), in milliseconds. */
const runnersPatience = 7_500

/** A moment at which a run is told to stop. */
interface Moment {
  readonly name: string
  /** Makes what stands before the run. */
  readonly before?: (stage: Stoppable) => Promise<unknown>
  /** Files and inputs of the run that is told to stop. */
  readonly files?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  /** The moment: a call of AWS that is not answered, or what is waited for. */
  readonly at: { readonly call: string; readonly when: 'before' | 'after' } | ((stage: Stoppable) => Promise<unknown>)
  /** Whether AWS answers after all what it was asked. */
  readonly isAnswered?: boolean
  /** What the annotation says. */
  readonly tells: RegExp
}

const registry = await deafRegistry()
afterAll(() => registry.close())

const deployed = (stage: Stoppable): Promise<unknown> => stage.deploy()
const two = { 'lambda_function.py': handler('two') }
const five = { files: { 'lambda_function.py': handler('five') }, inputs: { 'keep-releases': '0' } }
const nothing = /\nNothing in AWS was changed\.$/m

/** Takes the permission of the idle slot away, as somebody in the console would. */
async function withoutPermission(stage: Stoppable): Promise<void> {
  await stage.deploy()
  const { client, control } = stage.service.account
  const state = (await control.state()) as { lambda: Record<string, { functions: Record<string, { policies: Record<string, { Statement: { Sid: string }[] }> }> }> }
  const StatementId = state.lambda['eu-west-1']?.functions['shop']?.policies['prod-b']?.Statement[0]?.Sid
  await new LambdaClient(client).send(new RemovePermissionCommand({ FunctionName: 'shop', Qualifier: 'prod-b', StatementId }))
}

/** So many releases that the next one has something to take away: what a slot named before its last move stays a while. */
async function fourReleases(stage: Stoppable): Promise<void> {
  for (const text of ['one', 'two', 'three', 'four']) {
    stage.service.write('lambda_function.py', handler(text))
    await stage.deploy({ 'keep-releases': '0' })
  }
}

const moments: readonly Moment[] = [
  { name: 'while AWS is read', at: { call: 'GetRestApis', when: 'before' }, tells: nothing },
  { name: 'while pip builds a package', files: endlessBuild, at: ({ mark }) => until('the build', () => existsSync(join(mark, 'pids'))), tells: nothing },
  { name: 'while npm waits for its registry', files: registry.files, inputs: { runtime: 'nodejs22.x', handler: 'index.handler' }, at: () => registry.nextCall(), tells: nothing },
  { name: 'while a role is made', at: { call: 'CreateRole', when: 'after' }, isAnswered: true, tells: /^Callers get what they got before\.\nDone by then: .*created role shop-eu-west-1/m },
  { name: 'while a function is made', at: { call: 'CreateFunction', when: 'after' }, tells: /^Under way, and perhaps done: .*function shop/m },
  { name: 'while a function comes up', at: { call: 'GetFunctionConfiguration', when: 'before' }, tells: /^Done by then: .*created function shop/m },
  {
    name: 'while AWS throttles', at: (stage) => until('a wait', () => /lambda:CreateFunction: .*; again in 60\.\d s/.test(stage.output())), tells: /^Under way, and perhaps done: .*function shop/m,
    before: ({ service }) => service.account.control.fault({ operation: 'CreateFunction' }, { kind: 'error', code: 'TooManyRequestsException', status: 429, retryAfter: 60 }),
  },
  { name: 'while routes are frozen', before: deployed, inputs: { routes: 'GET /items\nGET /parts' }, at: { call: 'CreateDeployment', when: 'after' }, isAnswered: true, tells: /^Done by then: .*created deployment prod/m },
  {
    name: 'while a new permission settles', before: withoutPermission, files: two,
    at: (stage) => until('the wait', () => /Waiting \d+ s until the new permission is known everywhere/.test(stage.output())), tells: /^Callers get what they got before\.\nDone by then: .*created permission shop:prod-b/m,
  },
  { name: 'while the stage is moved, and AWS answers', before: fourReleases, ...five, at: { call: 'UpdateStage', when: 'after' }, isAnswered: true, tells: /^What was to go live is live/m },
  { name: 'while the stage is moved, and AWS does not answer', before: deployed, files: two, at: { call: 'UpdateStage', when: 'after' }, tells: /^Whether the stage has changed is open: AWS had not answered yet\./m },
  { name: 'while what nobody needs is deleted', before: fourReleases, ...five, at: { call: 'DeleteFunction', when: 'after' }, tells: /^What was to go live is live/m },
]

/** Starts the run, waits for the moment and tells it to stop. */
async function stop(stage: Stoppable, { inputs = {}, at, isAnswered }: Moment, signal: NodeJS.Signals) {
  const { control, url, id } = stage.service.account
  const real = connect(url, id)
  if (typeof at !== 'function') await control.fault({ operation: at.call }, { kind: 'hold', when: at.when })
  // What is waited for in the output must be seen as it goes by, and the runner's patience is real, whatever CLOCK_FACTOR says. A call is
  // held until this test lets it go, so time may fly until then; where AWS then answers, the run must not have lost patience meanwhile.
  await (typeof at === 'function' ? real.runClock(1) : control.runClock(isAnswered === true ? 0 : 20))
  const run = stage.start(inputs)
  await (typeof at === 'function' ? at(stage) : until(`a call of ${at.call}`, async () => (await control.held(1_000)).length > 0))
  await real.runClock(1)
  const toldAt = performance.now()
  process.kill(run.pid ?? 0, signal)
  await until('the order to stop', () => stage.output().includes(`Told to stop (${signal})`))
  if (isAnswered === true) await control.release()
  const result = await run.result
  const milliseconds = performance.now() - toldAt
  await control.clearFaults()
  await control.release()
  await control.idle()
  await control.runClock(0)
  return { ...result, milliseconds }
}

const cases = (['SIGINT', 'SIGTERM'] as const).flatMap((signal) => moments.map((moment) => ({ ...moment, signal })))

test.each(cases)('break 13: $signal $name: told, cleaned up, and the next run goes on', async (moment) => {
  const stage = makeStoppable()
  const write = (files: Readonly<Record<string, string>>): void => Object.entries(files).forEach(([file, text]) => stage.service.write(file, text))
  await stage.service.account.control.configure({ windows: noWindows, rates: false })
  write({ 'lambda_function.py': handler('one') })
  await moment.before?.(stage)
  write(moment.files ?? {})
  const { exitCode, signal, annotations, summary, milliseconds } = await stop(stage, moment, moment.signal)
  expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: null })
  expect(milliseconds).toBeLessThan(runnersPatience)
  const told = annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
  expect(told).toEqual([expect.stringMatching(moment.tells)])
  expect(told[0]).toMatch(new RegExp(`^The run was stopped by ${moment.signal} before it was done\\.\n.*\nCure: Run the job again`, 's'))
  for (const line of told[0]?.split('\n').filter((each) => !/^(Docs|Why|Cure)/.test(each)) ?? []) expect(summary).toContain(line)
  expect(stage.halfBuilt()).toEqual([])
  if (existsSync(join(stage.mark, 'pids'))) expect(endlessProcesses(stage.mark)).toEqual([])
  write({ 'requirements.txt': '', 'package-lock.json': '{"lockfileVersion":3,"packages":{}}' })
  await stage.deploy()
  await stage.service.account.control.clearJournal()
  await stage.deploy()
  expect(await stage.service.writes()).toEqual([])
  stage.remove()
})
