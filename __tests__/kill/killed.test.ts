import { describe, expect, test } from '@jest/globals'
import { makeSmallApi } from '../support/found-api.ts'
import { furnish } from '../support/stage-dump.ts'
import { foundName, hangOn, makeFunction, settings } from '../support/found.ts'
import { killAll, stateOf } from '../support/kills.ts'
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

/** The same, and the stage is that of the API, with settings of its own; a limit of it is changed. */
async function foundStage({ account, write }: Deployable): Promise<void> {
  const restApiId = await makeSmallApi(account)
  write('lambda-api.yml', `api: { api-id: ${restApiId} }\n`)
  await furnish(account, restApiId, 'live')
}

const stageInputs = { stage: 'live', 'throttling-rate': '20' }

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
  { name: 'a stage of others is joined', before: foundStage, change: () => stageInputs },
  {
    name: 'that stage is given back',
    before: async (service) => {
      await foundStage(service)
      await deploy(service, stageInputs)
    },
    change: () => ({ ...stageInputs, command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }),
  },
  { name: 'destroy of the last stage', before: (service) => deploy(service), change: () => ({ command: 'destroy', confirm: 'shop', 'delete-logs': 'true' }) },
]

/** A service before its change. */
async function prepared({ before }: Scenario): Promise<Deployable> {
  const service = makeService({ ...everything, stage: 'prod' })
  await service.account.control.configure({ windows: noWindows, rates: false })
  service.write('lambda_function.py', handler('one'))
  await before(service)
  return service
}

describe('killed anywhere, the next run comes to the same end', () => {
  test.each(scenarios)('$name', async (scenario) => {
    const undisturbed = await prepared(scenario)
    await deploy(undisturbed, scenario.change(undisturbed))
    const calls = (await undisturbed.account.control.journal()).length
    const expected = await stateOf(undisturbed)
    undisturbed.remove()
    await undisturbed.account.control.reset()
    const { kills, states, mismatches } = await killAll(Array.from({ length: calls }, (_each, index) => index + 1), {
      prepare: () => prepared(scenario),
      start: (service) => service.start(scenario.change(service)),
      follow: async (service) => {
        const inputs = scenario.change(service)
        await deploy(service, inputs)
        expect(await stateOf(service)).toEqual(expected)
        await deploy(service, inputs)
        expect(await service.writes()).toEqual([])
      },
    }, 2)
    process.stdout.write(`killed: ${scenario.name}: ${kills} kill points, ${states} states, ${mismatches.length} mismatches\n`)
    expect(kills).toBe(calls)
    expect(mismatches).toEqual([])
  }, 7_200_000)
})
