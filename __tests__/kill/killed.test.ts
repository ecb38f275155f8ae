import { describe, expect, test } from '@jest/globals'
import PQueue from 'p-queue'
import { withoutIds } from '../support/account-state.ts'
import { everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'
import { noWindows } from '../support/windows.ts'

/** A change that is killed: what stands before it, and the run itself. */
interface Scenario {
  readonly name: string
  readonly before: (service: Deployable) => Promise<unknown>
  /** Edits the workspace; gives the inputs of the run. */
  readonly change: (service: Deployable) => Readonly<Record<string, string>>
}

const routes = 'GET /items\nPUT /items/{name}\nGET /items/{name}/seats'
const deploy = async (service: Deployable, more: Readonly<Record<string, string>> = {}): Promise<unknown> => succeeded(await service.run(more))

const scenarios: readonly Scenario[] = [
  { name: 'first deploy', before: async () => undefined, change: () => ({}) },
  {
    name: 'code change',
    before: (service) => deploy(service),
    change: (service) => {
      service.write('lambda_function.py', handler('two'))
      return {}
    },
  },
  {
    name: 'code, configuration and routes changed, old releases pruned',
    before: async (service) => {
      for (const [index, text] of ['one', 'two', 'three'].entries()) {
        service.write('lambda_function.py', handler(text))
        await deploy(service, { 'keep-releases': '0', routes: `GET /items\nGET /v${index}`, 'role-policies': 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' })
      }
    },
    change: (service) => {
      service.write('lambda_function.py', handler('four'))
      return { routes, 'keep-releases': '0', timeout: '9', tags: 'team=shop' }
    },
  },
  { name: 'route change', before: (service) => deploy(service), change: () => ({ routes }) },
  {
    name: 'destroy of one of two stages',
    before: async (service) => {
      await deploy(service)
      await deploy(service, { stage: 'test' })
    },
    change: () => ({ command: 'destroy', confirm: 'shop' }),
  },
  { name: 'destroy of the last stage', before: (service) => deploy(service), change: () => ({ command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }) },
]

async function prepared({ before, change }: Scenario): Promise<{ service: Deployable; inputs: Readonly<Record<string, string>> }> {
  const service = makeService({ ...everything, stage: 'prod' })
  await service.account.control.configure({ windows: noWindows, rates: false })
  service.write('lambda_function.py', handler('one'))
  await before(service)
  return { service, inputs: change(service) }
}

const stateOf = async (service: Deployable): Promise<unknown> => withoutIds(await service.account.control.state(), service.account.id)

/** Kills the run when call `k` has had its effect and is not answered yet. */
async function killAt(service: Deployable, inputs: Readonly<Record<string, string>>, k: number): Promise<void> {
  const { control } = service.account
  const step = await service.start(inputs)
  await control.fault({ call: k }, { kind: 'hold', when: 'after' })
  const held = await Promise.race([control.held(), step.result.then((result) => result.output)])
  if (typeof held === 'string' || held.length === 0) throw new Error(`call ${k} never came: ${String(held)}`)
  step.kill()
  await step.result
  await control.clearFaults()
  await control.release()
  await control.idle()
}

describe('killed anywhere, the next run comes to the same end', () => {
  test.each(scenarios)('$name', async (scenario) => {
    const undisturbed = await prepared(scenario)
    await deploy(undisturbed.service, undisturbed.inputs)
    const calls = (await undisturbed.service.account.control.journal()).length
    const expected = await stateOf(undisturbed.service)
    undisturbed.service.remove()
    const mismatches: string[] = []
    const lanes = new PQueue({ concurrency: 2 })
    await lanes.addAll(Array.from({ length: calls }, (_each, index) => async () => {
      const k = index + 1
      const { service, inputs } = await prepared(scenario)
      try {
        await killAt(service, inputs, k)
        await deploy(service, inputs)
        expect(await stateOf(service)).toEqual(expected)
        await deploy(service, inputs)
        expect(await service.writes()).toEqual([])
      } catch (error) {
        mismatches.push(`killed after call ${k}: ${String(error)}`)
      } finally {
        service.remove()
        await service.account.control.reset()
      }
    }))
    process.stdout.write(`killed: ${scenario.name}: ${calls} kill points, ${mismatches.length} mismatches\n`)
    expect(mismatches).toEqual([])
  }, 7_200_000)
})
