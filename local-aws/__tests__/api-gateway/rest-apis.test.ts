import { beforeEach, describe, expect, test } from '@jest/globals'
import { newCaller, type Caller } from './caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await newCaller()
})

describe('CreateRestApi', () => {
  test('answers as recorded, with AWS\'s defaults', async () => {
    const api = await caller.call('CreateRestApi', { name: 'events' })
    expect(api.id).toMatch(/^[a-z0-9]{10}$/)
    expect(api.rootResourceId).toMatch(/^[a-z0-9]{10}$/)
    expect(api).toMatchObject({
      name: 'events',
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    })
    expect(api).not.toHaveProperty('tags')
  })

  test.each([
    [{ description: '' }, 'Description cannot be an empty string'],
    [{ minimumCompressionSize: -1 }, 'Invalid minimum compression size, must be between 0 and 10485760'],
    [{ endpointConfiguration: { types: [] } }, 'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.'],
    [{ endpointConfiguration: { types: ['EDGE', 'REGIONAL'] } }, 'Cannot create an api with multiple Endpoint Types.'],
    [{ endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' } }, 'Only dualstack ipAddressType is supported for Private APIs.'],
  ])('refuses %j', async (members, text) => {
    expect(await caller.refusal('CreateRestApi', { name: 'events', ...members })).toBe(`400 BadRequestException: ${text}`)
  })

  test('takes two APIs of one name, and tags that every answer shows', async () => {
    const first = await caller.call('CreateRestApi', { name: 'events', tags: { team: 'a' } })
    const second = await caller.call('CreateRestApi', { name: 'events' })
    expect(first.tags).toEqual({ team: 'a' })
    const { items } = await caller.call('GetRestApis', {})
    expect(items).toHaveLength(2)
    expect(items).toContainEqual(expect.objectContaining({ id: first.id, tags: { team: 'a' } }))
    expect((items as object[]).find((item) => (item as { id: string }).id === second.id)).not.toHaveProperty('tags')
    expect(await caller.call('GetRestApi', { restApiId: second.id })).toHaveProperty('tags', {})
  })
})

describe('an unknown API', () => {
  test.each(['GetRestApi', 'UpdateRestApi', 'DeleteRestApi', 'GetResources', 'CreateDeployment', 'GetStages'])('%s', async (operation) => {
    expect(await caller.refusal(operation, { restApiId: 'api_id' })).toBe(
      `404 NotFoundException: Invalid API identifier specified ${caller.account.id}:api_id`,
    )
  })
})

describe('UpdateRestApi', () => {
  const patch = async (op: string, path: string, value?: string) => ({
    restApiId: (await caller.call('CreateRestApi', { name: 'events', description: 'd', binaryMediaTypes: ['image/png', 'image/jpeg'] })).id,
    patchOperations: [{ op, path, value }],
  })

  test.each([
    ['add', '/binaryMediaTypes/image~1gif', undefined, ['image/png', 'image/jpeg', 'image/gif']],
    ['replace', '/binaryMediaTypes/image~1png', 'image/gif', ['image/jpeg', 'image/gif']],
    ['remove', '/binaryMediaTypes/image~1png', undefined, ['image/jpeg']],
  ])('%s %s', async (...[op, path, value, binaryMediaTypes]) => {
    expect(await caller.call('UpdateRestApi', await patch(op, path, value))).toMatchObject({ binaryMediaTypes, tags: {} })
  })

  test('compression is switched off by an absent value', async () => {
    const { restApiId } = await patch('replace', '/name', 'x')
    const on = await caller.call('UpdateRestApi', { restApiId, patchOperations: [{ op: 'replace', path: '/minimumCompressionSize', value: '10' }] })
    expect(on.minimumCompressionSize).toBe(10)
    const off = await caller.call('UpdateRestApi', { restApiId, patchOperations: [{ op: 'replace', path: '/minimumCompressionSize' }] })
    expect(off.minimumCompressionSize).toBeUndefined()
  })

  test.each([
    ['add', '/binaryMediaTypes', 'x', 'Invalid patch path /binaryMediaTypes'],
    ['replace', '/minimumCompressionSize', '-1', 'Invalid minimum compression size, must be between 0 and 10485760'],
    ['replace', '/minimumCompressionSize', 'big', 'Invalid minimum compression size, must be between 0 and 10485760'],
    ['add', '/minimumCompressionSize', '10', 'Invalid patch operation specified. Must be one of: [replace]'],
    ['replace', '/endpointConfiguration/types/EDGE', 'wrong', 'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE'],
    ['replace', '/endpointConfiguration/ipAddressType', 'wrong', 'ipAddressType must be either ipv4 or dualstack.'],
    ['replace', '/nothing', 'x', 'Invalid patch path /nothing'],
    ['replace', '/constructor', 'x', 'Invalid patch path /constructor'],
  ])('refuses %s %s %s', async (...[op, path, value, text]) => {
    expect(await caller.refusal('UpdateRestApi', await patch(op, path, value))).toBe(`400 BadRequestException: ${text}`)
  })

  test('types are booleans and numbers, and a refused patch changes nothing', async () => {
    const { restApiId } = await patch('replace', '/name', 'x')
    const patchOperations = [
      { op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' },
      { op: 'replace', path: '/nothing', value: 'x' },
    ]
    await caller.refusal('UpdateRestApi', { restApiId, patchOperations })
    expect(await caller.call('GetRestApi', { restApiId })).toHaveProperty('disableExecuteApiEndpoint', false)
    const taken = await caller.call('UpdateRestApi', { restApiId, patchOperations: patchOperations.slice(0, 1) })
    expect(taken.disableExecuteApiEndpoint).toBe(true)
  })
})

test('GetRestApis comes in pages of 25 by default', async () => {
  for (let number = 0; number < 30; number += 1) await caller.call('CreateRestApi', { name: `api-${number}` })
  const first = await caller.call('GetRestApis', {})
  expect(first.items).toHaveLength(25)
  const second = await caller.call('GetRestApis', { position: first.position })
  expect(second.items).toHaveLength(5)
  expect(second).not.toHaveProperty('position')
  const names = [...(first.items as { name: string }[]), ...(second.items as { name: string }[])].map(({ name }) => name)
  expect(new Set(names).size).toBe(30)
})

test('tags are added, overwritten and taken away', async () => {
  const { id } = await caller.call('CreateRestApi', { name: 'events', tags: { a: '1', b: '1' } })
  const resourceArn = `arn:aws:apigateway:eu-west-1::/restapis/${String(id)}`
  await caller.call('TagResource', { resourceArn, tags: { b: '2', c: '3' } })
  await caller.call('UntagResource', { resourceArn, tagKeys: ['a'] })
  expect(await caller.call('GetTags', { resourceArn })).toEqual({ tags: { b: '2', c: '3' } })
  expect(await caller.call('GetRestApi', { restApiId: id })).toHaveProperty('tags', { b: '2', c: '3' })
  expect(await caller.refusal('GetTags', { resourceArn: `${resourceArn}x` })).toMatch(/^404 NotFoundException: Invalid API identifier/)
})
