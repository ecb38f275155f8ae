import { afterEach, expect, test } from '@jest/globals'
import { CreateRestApiCommand, GetDeploymentCommand, GetDeploymentsCommand, PutIntegrationCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { isAtGoal, planDefinition } from '../../../../src/resources/api/definition/parts.ts'
import { planDeployment } from '../../../../src/resources/api/deployment.ts'
import { startAlteringProxy, type Alteration, type AlteringProxy } from '../../../support/altering-proxy.ts'
import { freshAccount } from '../../../../local-aws/testing.ts'
import { openLocalApi, type LocalApi } from './local-api.ts'
import { route, shop } from './shop.ts'

let api: LocalApi
let proxy: AlteringProxy
afterEach(async () => {
  await api.close()
  await proxy.close()
})

/** Local AWS behind a proxy that alters what it answers. */
async function open(alter: Alteration): Promise<void> {
  const local = freshAccount()
  proxy = await startAlteringProxy(local.url, alter)
  api = await openLocalApi(local, proxy.url)
}

const service = shop([route('ANY /'), route('GET /items/{id}'), route('DELETE /items/{id}')])
const calls = async (operation: string): Promise<number> => (await api.local.control.journal()).filter((call) => call.operation === operation).length

/** GetResources as it would be if methods that are embedded in it lacked their operation names. */
const withoutNames: Alteration = async (request, forward) => {
  const answer = await forward(request)
  return /\/resources\?/.test(request.path) ? { ...answer, body: answer.body.replaceAll(/,?"operationName":"[^"]*"/g, '').replaceAll('{,', '{') } : answer
}

test('U1: where embedded methods lacked their operation names, each method would be asked for its own', async () => {
  await open(withoutNames)
  const context = await api.make(service)
  const copy = await api.copyOf(context)
  expect(isAtGoal({ ...context, service }, copy)).toBe(true)
  expect(await calls('GetMethod')).toBe(3)
})

test('where they have them, no call more is made, and on an API without names at most one', async () => {
  await open((request, forward) => forward(request))
  const context = await api.make(service)
  expect(isAtGoal({ ...context, service }, await api.copyOf(context))).toBe(true)
  expect(await calls('GetMethod')).toBe(0)

  const byHand = await api.newAws().api(new CreateRestApiCommand({ name: 'hand' }))
  const at = { restApiId: byHand.id, resourceId: byHand.rootResourceId }
  const joined = { ...context, ids: { ...context.ids, apiId: byHand.id } }
  const reason = async (): Promise<string | undefined> =>
    planDefinition({ ...joined, service }, await api.copyOf(joined), []).find(({ name }) => name === 'ANY /')?.reason
  await api.newAws().api(new PutMethodCommand({ ...at, httpMethod: 'ANY', authorizationType: 'NONE' }))
  expect(await reason()).toBe('exists without our mark and is adopted')
  expect(await calls('GetMethod')).toBe(0)
  const uri = 'http://${stageVariables.host}/'
  await api.newAws().api(new PutIntegrationCommand({ ...at, httpMethod: 'ANY', type: 'HTTP_PROXY', integrationHttpMethod: 'ANY', uri }))
  expect(await reason()).toBe('exists without our mark and is adopted')
  expect(await calls('GetMethod')).toBe(1)
})

/** Documents as they would be if they had their effect only after the next deployment was made, and that once. */
function lateDocuments(): Alteration {
  let late: (() => Promise<unknown>) | undefined
  return async (request, forward) => {
    if (request.method === 'PUT' && /\?.*mode=merge/.test(request.path)) {
      late = () => forward(request)
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }
    }
    const answer = await forward(request)
    if (request.method === 'POST' && /\/deployments$/.test(request.path)) {
      await late?.()
      late = undefined
    }
    return answer
  }
}

const others = shop(['ANY /', 'GET /a', 'GET /b', 'GET /c', 'GET /d', 'GET /e'].map((text) => route(text)))

test.each([
  ['as the first', undefined],
  ['in place of others', service],
])('U3: a deployment that froze the API as it was before a document is made again: %s', async (_name, former) => {
  await open(lateDocuments())
  const context = await api.make(former ?? others)
  if (former !== undefined) await api.apply(planDefinition({ ...context, service: others }, await api.copyOf(context), []), context)
  await api.apply([planDeployment(others, { digest: 'd', existing: [], stage: undefined, needs: [] })], context)
  const restApiId = context.ids.apiId
  const { deploymentId } = context.ids
  const frozen = await api.newAws().api(new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }))
  expect(Object.keys(frozen.apiSummary ?? {}).sort()).toEqual(['/', '/a', '/b', '/c', '/d', '/e'])
  const left = await api.newAws().api(new GetDeploymentsCommand({ restApiId }))
  expect(left.items?.map(({ id }) => id)).toEqual([deploymentId])
}, 30_000)
