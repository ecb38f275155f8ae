import { describe, expect, test } from '@jest/globals'
import PQueue from 'p-queue'
import type { FaultAction } from '../../local-aws/client.ts'
import { withoutIds } from '../support/account-state.ts'
import { everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

/** The fault that strikes call `k`. */
interface Scenario {
  readonly name: string
  readonly faultAt: (k: number) => FaultAction
}

/** What fails before the effect, in turn: the same code meets them at every call, so one each is enough. */
const before: readonly FaultAction[] = [
  { kind: 'reset', when: 'before' },
  { kind: 'error', code: 'TooManyRequestsException', status: 429, message: 'Too Many Requests', retryAfter: 1 },
  { kind: 'error', code: 'InternalFailure', status: 500, message: 'Internal failure' },
]

const scenarios: readonly Scenario[] = [
  { name: 'the connection breaks after the effect', faultAt: () => ({ kind: 'reset', when: 'after' }) },
  { name: 'the connection breaks before the effect, throttled, or an internal error', faultAt: (k) => before[k % before.length] ?? { kind: 'reset', when: 'before' } },
]

const routes = { routes: 'GET /items\nPUT /items/{name}', timeout: '9' }

async function fresh(): Promise<Deployable> {
  const service = makeService({ ...everything, stage: 'prod' })
  await service.account.control.configure({ windows: noWindows, rates: false })
  service.write('lambda_function.py', handler('one'))
  return service
}

/** The state of the account after each run of a life, and how many calls the run made. */
interface Stop {
  readonly state: unknown
  readonly calls: number
}

/** A first deploy, then a change of code, configuration and routes; `strike` arms a fault in each. */
async function life(service: Deployable, strike: (run: number) => Promise<unknown> = async () => undefined): Promise<readonly Stop[]> {
  const stops: Stop[] = []
  for (const [run, inputs] of [{}, routes].entries()) {
    if (run === 1) service.write('lambda_function.py', handler('two'))
    const step = await service.start(inputs)
    await strike(run)
    succeeded(await step.result)
    const { control } = service.account
    stops.push({ state: withoutIds(await control.state(), service.account.id), calls: (await control.journal()).length })
    await control.clearFaults()
  }
  return stops
}

/**
 * Every call of both runs is struck once. One life has a fault in each of its runs: the second begins from the state without any fault,
 * because that is what the first is held to.
 */
describe('a fault in any call is overcome within the run', () => {
  test.each(scenarios)('$name', async ({ name, faultAt }) => {
    const undisturbed = await fresh()
    const expected = await life(undisturbed)
    undisturbed.remove()
    const calls = expected.map((stop) => stop.calls)
    const mismatches: string[] = []
    const lanes = new PQueue({ concurrency: 2 })
    await lanes.addAll(Array.from({ length: Math.max(...calls) }, (_each, index) => async () => {
      const service = await fresh()
      let struck = ''
      try {
        const stops = await life(service, async (run) => {
          struck = `call ${index + 1} of run ${run + 1}`
          const before = run === 0 ? 0 : (calls[0] ?? 0)
          if (index < (calls[run] ?? 0)) await service.account.control.fault({ call: index + 1 }, faultAt(before + index + 1))
        })
        for (const [run, stop] of stops.entries()) {
          struck = `call ${index + 1} of run ${run + 1}`
          expect(stop.state).toEqual(expected[run]?.state)
        }
      } catch (error) {
        mismatches.push(`${struck}: ${String(error)}`)
      } finally {
        service.remove()
        await service.account.control.reset()
      }
    }))
    process.stdout.write(`faults: ${name}: ${calls.join(' and ')} calls, ${mismatches.length} mismatches\n`)
    expect(mismatches).toEqual([])
  }, 7_200_000)
})
