import { afterAll, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { gatewayOf } from '../support/foreign-dump.ts'
import { call, makeService, succeeded, type Deployable } from '../support/service.ts'
import { makeToolAccount, readToolAccount } from '../support/tool-account.ts'

const made: Deployable[] = []
afterAll(() => made.forEach((each) => each.remove()))

interface Standing {
  readonly functions: Readonly<Record<string, { readonly latest: { readonly configuration: unknown } }>>
}

/** All functions, but for the code of $LATEST, which a deploy changes for good. */
async function functionsOf({ account }: Deployable): Promise<unknown> {
  const { lambda } = (await account.control.state()) as { readonly lambda: Readonly<Record<string, Standing>> }
  const all = Object.entries(lambda[account.region]?.functions ?? {})
  return Object.fromEntries(all.map(([name, { latest: { configuration }, ...rest }]) => [name, { ...rest, configuration }]))
}

/** Asks until it is told to stop; gives every status that came. */
function caller(url: string): () => Promise<readonly number[]> {
  const statuses: number[] = []
  let isOver = false
  const loop = (async () => {
    while (!isOver) {
      statuses.push((await fetch(url)).status)
      await sleep(5)
    }
  })()
  return async () => {
    isOver = true
    await loop
    return statuses
  }
}

test.each([
  { name: 'chalice', says: [/calls \$LATEST and gets new code .*API \w+, \* \(statement/] },
  // Its alias leads to $LATEST.
  { name: 'claudia', says: [/calls \$LATEST and gets new code .*API \w+, \*\/\*\/\* \(statement web-api-access-[\w-]+\) by alias latest/] },
  { name: 'serverless', says: [/calls \$LATEST and gets new code /, /function shop-dev-items belongs to the CloudFormation stack shop-dev/, /API \w+ belongs to the CloudFormation stack shop-dev/] },
  // Its API calls the function by a role, which no policy of the function shows.
  { name: 'zappa', says: [/API \w+ belongs to the CloudFormation stack shop-dev/] },
])('an account as $name leaves it: joined, deployed, changed, rolled back and given back, and no caller of its stage fails', async ({ name, says }) => {
  const tool = readToolAccount(name)
  const { functionName, handler, runtime, stage, path, standIn } = tool
  const service = makeService({
    service: 'joined', 'function-name': functionName, handler, runtime, join: 'true', stage: 'v2', routes: 'GET /joined', 'access-log': 'off',
  })
  made.push(service)
  const restApiId = await makeToolAccount(tool, service.account)
  const before = { gateway: await gatewayOf(service.account), functions: await functionsOf(service) }
  const stop = caller(`${service.account.url}/restapis/${restApiId}/${stage}/_user_request_${path}`)
  const write = (text: string): void => Object.entries(standIn).forEach(([file, code]) => service.write(file, code.replace('the tool', text)))
  const run = async (more: Readonly<Record<string, string>> = {}) => succeeded(await service.run({ 'api-id': restApiId, ...more }))
  write('us')
  const planned = await run({ command: 'plan' })
  const told = [planned.output, ...planned.annotations.map(({ message }) => message)].join('\n')
  for (const pattern of says) expect(told).toMatch(pattern)
  const first = await run()
  const answer = async (at: string): Promise<unknown> => (await call(first, at)).body
  expect(await answer('/joined')).toEqual({ by: 'us' })
  write('us, later')
  await run({ routes: 'GET /joined\nGET /joined/{id}\nPOST /joined\nPUT /joined\nDELETE /joined/{id}' })
  expect(await answer('/joined/4')).toEqual({ by: 'us, later' })
  await run({ command: 'rollback', to: '1' })
  expect(await answer('/joined')).toEqual({ by: 'the tool' })
  await run({ command: 'destroy', confirm: 'joined' })
  const statuses = await stop()
  const failed = statuses.filter((status) => status !== 200)
  process.stdout.write(`${tool.tool}: ${statuses.length} requests, ${failed.length} failed\n`)
  expect([statuses.length > 20, failed]).toEqual([true, []])
  expect({ gateway: await gatewayOf(service.account), functions: await functionsOf(service) }).toEqual(before)
})
