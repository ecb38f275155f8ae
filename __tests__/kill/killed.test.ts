import { describe, expect, test } from '@jest/globals'
import { withoutIds } from '../support/account-state.ts'
import { makeSmallApi } from '../support/found-api.ts'
import { foundName, hangOn, makeFunction, settings } from '../support/found.ts'
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

const joining = { service: 'shop', 'function-name': foundName, join: 'true', 'environment-variables': 'TABLE=ours\nMODE=live', tags: 'team=ours', routes: 'GET /items' }

/** Somebody has made a function by hand, and others hang on it. */
async function found({ account }: Deployable): Promise<void> {
  await hangOn(account, await makeFunction(account, settings))
}

/** Somebody has made an API by hand, and the config names it. */
async function foundApi({ account, write }: Deployable): Promise<void> {
  write('lambda-api.yml', `api: { api-id: ${await makeSmallApi(account)} }\n`)
}

const scenarios: readonly Scenario[] = [
  { name: 'first deploy', before: async () => undefined, change: () => ({}) },
  {
    name: 'code change',
    before: (service) => deploy(service),
    change: (service) => {
      service.write('lambda_function.py', handler('two'))
      return { 'smoke-test': 'GET /items -> 200\nPOST /items -> 200' }
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
  { name: 'a function is taken over', before: found, change: () => joining },
  {
    name: 'it is given back',
    before: async (service) => {
      await found(service)
      await deploy(service, joining)
    },
    change: () => ({ ...joining, command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }),
  },
  { name: 'an API is joined', before: foundApi, change: () => ({}) },
  {
    name: 'that is given back',
    before: async (service) => {
      await foundApi(service)
      await deploy(service)
    },
    change: () => ({ command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }),
  },
  { name: 'destroy of the last stage', before: (service) => deploy(service), change: () => ({ command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }) },
]

/** A service before its change, in the state that `before` tells word for word. */
interface Prepared {
  readonly service: Deployable
  readonly inputs: Readonly<Record<string, string>>
  readonly before: string
}

async function prepared({ before, change }: Scenario): Promise<Prepared> {
  const service = makeService({ ...everything, stage: 'prod' })
  await service.account.control.configure({ windows: noWindows, rates: false })
  service.write('lambda_function.py', handler('one'))
  await before(service)
  return { service, inputs: change(service), before: await wordForWord(service) }
}

const wordForWord = async (service: Deployable): Promise<string> => JSON.stringify(await service.account.control.state())
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

async function forget({ service }: Prepared): Promise<void> {
  service.remove()
  await service.account.control.reset()
}

/** What follows a kill: a run that comes to the expected end, and one that finds nothing to do. */
async function expectConvergence({ service, inputs }: Prepared, expected: unknown): Promise<void> {
  await deploy(service, inputs)
  expect(await stateOf(service)).toEqual(expected)
  await deploy(service, inputs)
  expect(await service.writes()).toEqual([])
}

/**
 * Kills a run of its own at every call. All that a run leaves to the next one is the state of the account (packages are kept for all
 * of them together, and the workspace is as it was), so what follows is run once for each state: a kill that left the account word for
 * word as it was is followed by the next kill, and a kill that left what another one has left is not followed a second time.
 */
class Kills {
  readonly mismatches: string[] = []
  readonly #scenario: Scenario
  readonly #expected: unknown
  readonly #left = new Set<string>()

  constructor(scenario: Scenario, expected: unknown) {
    this.#scenario = scenario
    this.#expected = expected
  }

  /** How many different states the kills have left. */
  get states(): number {
    return this.#left.size
  }

  /** Kills at one call after the other, as `next` gives them. */
  async work(next: () => number | undefined): Promise<void> {
    let standing: Prepared | undefined
    for (let k = next(); k !== undefined; k = next()) {
      standing ??= await prepared(this.#scenario)
      try {
        await killAt(standing.service, standing.inputs, k)
        if ((await wordForWord(standing.service)) === standing.before && this.#left.has(unchanged)) continue
        await this.#follow(standing)
      } catch (error) {
        this.mismatches.push(`killed after call ${k}: ${String(error)}`)
      }
      await forget(standing)
      standing = undefined
    }
    if (standing !== undefined) await forget(standing)
  }

  async #follow(killed: Prepared): Promise<void> {
    const state = (await wordForWord(killed.service)) === killed.before ? unchanged : JSON.stringify(await stateOf(killed.service))
    if (this.#left.has(state)) return
    this.#left.add(state)
    await expectConvergence(killed, this.#expected)
  }
}

/** The state that a kill leaves which nothing was written before. */
const unchanged = 'as before'

describe('killed anywhere, the next run comes to the same end', () => {
  test.each(scenarios)('$name', async (scenario) => {
    const undisturbed = await prepared(scenario)
    await deploy(undisturbed.service, undisturbed.inputs)
    const calls = (await undisturbed.service.account.control.journal()).length
    const kills = new Kills(scenario, await stateOf(undisturbed.service))
    await forget(undisturbed)
    let killed = 0
    const next = (): number | undefined => (killed < calls ? (killed += 1) : undefined)
    await Promise.all([kills.work(next), kills.work(next)])
    process.stdout.write(`killed: ${scenario.name}: ${calls} kill points, ${kills.states} states, ${kills.mismatches.length} mismatches\n`)
    expect(killed).toBe(calls)
    expect(kills.mismatches).toEqual([])
  }, 7_200_000)
})
