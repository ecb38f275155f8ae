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

const stateOf = async (service: Deployable): Promise<unknown> => withoutIds(await service.account.control.state(), service.account.id)

/** The first deploy, then a change of code, configuration and routes; `k` counts the calls of both. */
async function life(service: Deployable, strike?: { readonly k: number; readonly action: FaultAction; readonly calls: readonly [number, number] }): Promise<readonly [number, number]> {
  const counts: number[] = []
  for (const [index, inputs] of [{}, routes].entries()) {
    if (index === 1) service.write('lambda_function.py', handler('two'))
    const first = strike?.calls[0] ?? 0
    const k = strike === undefined ? 0 : index === 0 ? strike.k : strike.k - first
    const step = await service.start(inputs)
    if (strike !== undefined && k >= 1) await service.account.control.fault({ call: k }, strike.action)
    succeeded(await step.result)
    counts.push((await service.account.control.journal()).length)
    await service.account.control.clearFaults()
  }
  return [counts[0] ?? 0, counts[1] ?? 0]
}

describe('a fault in any call is overcome within the run', () => {
  test.each(scenarios)('$name', async ({ name, faultAt }) => {
    const undisturbed = await fresh()
    const calls = await life(undisturbed)
    const expected = await stateOf(undisturbed)
    undisturbed.remove()
    const mismatches: string[] = []
    const lanes = new PQueue({ concurrency: 2 })
    await lanes.addAll(Array.from({ length: calls[0] + calls[1] }, (_each, index) => async () => {
      const service = await fresh()
      try {
        await life(service, { k: index + 1, action: faultAt(index + 1), calls })
        expect(await stateOf(service)).toEqual(expected)
      } catch (error) {
        mismatches.push(`call ${index + 1}: ${String(error)}`)
      } finally {
        service.remove()
        await service.account.control.reset()
      }
    }))
    process.stdout.write(`faults: ${name}: ${calls[0] + calls[1]} calls, ${mismatches.length} mismatches\n`)
    expect(mismatches).toEqual([])
  }, 7_200_000)
})
