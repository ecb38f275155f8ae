import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { handler, makeService, succeeded, type Deployable } from '../support/service.ts'

interface Entry {
  readonly kind: string
  readonly name: string
  readonly action: string
  readonly fields: readonly unknown[]
}

const routes = 'GET /hello\nGET /hello/{name}\nDELETE /hello/{name}'

let service: Deployable
beforeAll(() => {
  service = makeService({ 'function-name': 'hello', runtime: 'python3.11', 'cloudwatch-role': 'create' })
  service.write('lambda_function.py', handler('hello'))
})
afterAll(() => service.remove())

const run = async (inputs: Readonly<Record<string, string>>): Promise<readonly Entry[]> =>
  JSON.parse(succeeded(await service.run(inputs)).outputs['plan'] ?? '[]') as readonly Entry[]
const of = (plan: readonly Entry[], kind: string): string[] => plan.filter((each) => each.kind === kind && each.action !== 'keep').map(({ action, name }) => `${action} ${name}`).sort()

/** A deploy of staging takes routes out of the working copy that prod goes on serving. */
describe('newcomer 1.1: a plan tells what callers of its own stage will notice', () => {
  test('the first stage gets all routes, and the second one too, although they stand in the working copy by then', async () => {
    const all = ['create DELETE /hello/{name}', 'create GET /hello', 'create GET /hello/{name}']
    expect(of(await run({ stage: 'prod', routes }), 'route')).toEqual(all)
    expect(of(await run({ stage: 'staging', routes }), 'route')).toEqual(all)
  })

  test('staging loses two routes, and says so', async () => {
    expect(of(await run({ stage: 'staging', routes: 'GET /hello' }), 'route')).toEqual(['delete DELETE /hello/{name}', 'delete GET /hello/{name}'])
  })

  test('prod will lose the same two, and its plan says so although the working copy has them no more', async () => {
    const plan = await run({ command: 'plan', stage: 'prod', routes: 'GET /hello' })
    expect(of(plan, 'route')).toEqual(['delete DELETE /hello/{name}', 'delete GET /hello/{name}'])
    expect(of(plan, 'working copy')).toEqual([])
    expect(await service.writes()).toEqual([])
  })

  test('what prod brings back into the working copy is no change for its callers', async () => {
    const plan = await run({ command: 'plan', stage: 'prod', routes: `${routes}\nPOST /hello` })
    expect(of(plan, 'route')).toEqual(['create POST /hello'])
    expect(of(plan, 'working copy')).toEqual(['create DELETE /hello/{name}', 'create GET /hello/{name}'])
  })

  test('prod loses them by its deploy, and the next one changes nothing', async () => {
    expect(of(await run({ stage: 'prod', routes: 'GET /hello' }), 'route')).toEqual(['delete DELETE /hello/{name}', 'delete GET /hello/{name}'])
    await run({ stage: 'prod', routes: 'GET /hello' })
    expect(await service.writes()).toEqual([])
  })

  test('newcomer 1.5: a plan tells the live release, and the number of the one that would come by another output', async () => {
    const live = succeeded(await service.run({ command: 'plan', stage: 'prod', routes: 'GET /hello' })).outputs
    expect(live['next-release']).toBeUndefined()
    const planned = succeeded(await service.run({ command: 'plan', stage: 'prod', routes })).outputs
    expect([planned['release'], planned['next-release']]).toEqual([live['release'], String(Number(live['release']) + 1)])
  })
})
