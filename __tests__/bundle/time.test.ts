import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import { everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import type { StepResult } from '../support/runner.ts'

/**
 * AWS as slow as it is seen to be, in virtual milliseconds. Lambda refuses a role that is not known to it yet (terraform-provider-aws,
 * retryFunctionOp); a new permission gives 500 for about 5 s (terraform-provider-aws#17604); traffic follows a stage after up to 12 s in
 * LocalStack's tests against AWS. How long each lasts at most is unverified.
 */
const windows = { functionPending: 5_000, functionUpdate: 5_000, versionPending: 5_000, roleAssumable: 20_000, permissionVisible: 8_000, stageVisible: 3_000 }

const longest = Math.max(...Object.values(windows))
/** Virtual milliseconds between two calls. */
const moment = 250

/** Enough resources that half of the documented 5 a second is less than a deploy could use. */
const routes = ['GET /items', ...Array.from({ length: 12 }, (_each, index) => `GET /part${index}`)].join('\n')

const fewer = { routes: 'GET /items\nGET /items/{id}' }

let service: Deployable
let deployed: StepResult

beforeAll(async () => {
  service = makeService({ ...everything, routes, stage: 'prod' })
  service.write('lambda_function.py', handler('one'))
  await service.account.control.configure({ windows, rates: true, noisyNeighbour: 0.5 })
})
afterAll(() => service.remove())

interface Answer {
  readonly status: number
  readonly text: unknown
}

async function ask(): Promise<Answer> {
  const answer = await fetch(`${deployed.outputs['invoke-url']}/items`)
  const body = (await answer.json().catch(() => ({}))) as { readonly text?: unknown }
  return { status: answer.status, text: body.text }
}

/** The statuses or errors with which calls of one operation were answered, in their order. */
async function answersTo(operation: string): Promise<string[]> {
  return (await service.account.control.journal()).filter((call) => call.operation === operation).map((call) => call.error ?? String(call.status))
}

/**
 * Calls a route one time after another while `run` works, and at each moment after it until all that it did is visible everywhere;
 * gives the answers without repetitions.
 */
async function underTraffic(run: () => Promise<unknown>): Promise<Answer[]> {
  const seen: Answer[] = []
  const askOnce = async (): Promise<void> => {
    const answer = await ask()
    const before = seen.at(-1)
    if (before?.status !== answer.status || before.text !== answer.text) seen.push(answer)
  }
  await askOnce()
  let isWorking = true
  const working = run().finally(() => (isWorking = false))
  while (isWorking) await askOnce()
  await working
  for (let passed = 0; passed <= longest; passed += moment) {
    await askOnce()
    await service.account.control.advance(moment)
  }
  return seen
}

/** Takes the permission of one slot away, as somebody in the console would. */
async function removePermission(slot: string): Promise<void> {
  const state = (await service.account.control.state()) as { lambda: Record<string, { functions: Record<string, { policies: Record<string, { Statement: { Sid: string }[] }> }> }> }
  const StatementId = state.lambda['eu-west-1']?.functions['shop']?.policies[slot]?.Statement[0]?.Sid
  await new LambdaClient(service.account.client).send(new RemovePermissionCommand({ FunctionName: 'shop', Qualifier: slot, StatementId }))
}

describe('AWS takes its time, and half of its rates go to others', () => {
  test('a first deploy waits for the roles, the function and the rates, and answers seconds later', async () => {
    deployed = succeeded(await service.run())
    expect(deployed.output).toMatch(/^Still busy with function shop \(1[5-9] s\)$/m)
    for (const refusedAtFirst of ['CreateFunction', 'UpdateAccount']) {
      const answers = await answersTo(refusedAtFirst)
      expect(answers.length).toBeGreaterThan(1)
      expect(answers.at(-1)).toMatch(/^20\d$/)
    }
    const throttled = (await service.account.control.journal()).filter((call) => call.status === 429)
    expect(throttled.length).toBeGreaterThan(0)
    let answer = await ask()
    for (let passed = 0; answer.status !== 200 && passed <= longest; passed += moment) {
      await service.account.control.advance(moment)
      answer = await ask()
    }
    expect(answer).toEqual({ status: 200, text: 'one' })
  })

  test('the same again writes nothing', async () => {
    succeeded(await service.run())
    expect(await service.writes()).toEqual([])
  })

  test('a code change: callers get the old text, then the new one, and nothing else', async () => {
    service.write('lambda_function.py', handler('two'))
    const seen = await underTraffic(async () => succeeded(await service.run()))
    expect(seen).toEqual([{ status: 200, text: 'one' }, { status: 200, text: 'two' }])
  })

  test('the same where the idle slot has lost its permission: the run puts it back and waits until it is known', async () => {
    await removePermission('prod-a')
    service.write('lambda_function.py', handler('three'))
    const seen = await underTraffic(async () => succeeded(await service.run()))
    expect(await answersTo('AddPermission')).toEqual(['201'])
    expect(seen).toEqual([{ status: 200, text: 'two' }, { status: 200, text: 'three' }])
  })

  test('code and routes at once: the route that stays never fails', async () => {
    service.write('lambda_function.py', handler('four'))
    const seen = await underTraffic(async () => succeeded(await service.run(fewer)))
    expect(seen).toEqual([{ status: 200, text: 'three' }, { status: 200, text: 'four' }])
  })

  test('two changes without a pause: no caller gets an error, or code older than what it has had', async () => {
    const seen = await underTraffic(async () => {
      for (const text of ['five', 'six']) {
        service.write('lambda_function.py', handler(text))
        succeeded(await service.run({ ...fewer, 'keep-releases': '0' }))
      }
    })
    expect(seen).toEqual([{ status: 200, text: 'four' }, { status: 200, text: 'five' }, { status: 200, text: 'six' }])
  })
})
