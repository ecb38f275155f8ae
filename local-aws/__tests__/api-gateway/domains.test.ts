import { expect, test } from '@jest/globals'
import { newCaller, newStage } from './caller.ts'

const domainName = 'api.shop.example'

// terraform-provider-aws issues 41651 and 28774, glomex/gcdt issue 373, serverless issue 3638
test('what a domain leads to cannot be deleted', async () => {
  const caller = await newCaller()
  const { restApiId, stageName } = await newStage(caller)
  await caller.call('CreateDomainName', { domainName, regionalCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a', endpointConfiguration: { types: ['REGIONAL'] }, tags: { a: 'b' } })
  expect(await caller.call('CreateBasePathMapping', { domainName, restApiId, stage: stageName })).toEqual({ basePath: '(none)', restApiId, stage: stageName })
  const stage = `400 BadRequestException: Deleting stage ${stageName} failed. Please remove all base path mappings related to the stage in your domain: ${domainName}`
  expect(await caller.refusal('DeleteStage', { restApiId, stageName })).toBe(stage)
  const api = `400 BadRequestException: Deleting RestApi ${restApiId} failed. Please remove all base path mappings related to the RestApi in your domains: ${domainName}`
  expect(await caller.refusal('DeleteRestApi', { restApiId })).toBe(api)
  await caller.call('DeleteBasePathMapping', { domainName, basePath: '(none)' })
  // Without a stage the mapping holds the API alone.
  await caller.call('CreateBasePathMapping', { domainName, basePath: 'v1', restApiId })
  await caller.call('DeleteStage', { restApiId, stageName })
  expect(await caller.refusal('DeleteRestApi', { restApiId })).toBe(api)
  await caller.call('DeleteDomainName', { domainName })
  await caller.call('DeleteRestApi', { restApiId })
})

test('domains and their mappings are read, and refused in words', async () => {
  const caller = await newCaller()
  const { restApiId } = await newStage(caller)
  await caller.call('CreateDomainName', { domainName, certificateBody: 'secret' })
  expect(await caller.call('GetDomainName', { domainName })).toMatchObject({ domainName, endpointConfiguration: { types: ['EDGE'] } })
  expect(await caller.call('GetDomainNames', {})).toMatchObject({ items: [{ domainName }] })
  await caller.call('CreateBasePathMapping', { domainName, basePath: 'v1', restApiId, stage: 'dev' })
  expect(await caller.call('GetBasePathMapping', { domainName, basePath: 'v1' })).toEqual({ basePath: 'v1', restApiId, stage: 'dev' })
  expect(await caller.call('GetBasePathMappings', { domainName })).toMatchObject({ items: [{ basePath: 'v1' }] })
  expect(await caller.account.control.state()).toMatchObject({ apigateway: { 'eu-west-1': { domainNames: [{ name: domainName, mappings: [{ basePath: 'v1' }] }] } } })
  expect(await caller.refusal('CreateBasePathMapping', { domainName, basePath: 'v1', restApiId })).toBe('409 ConflictException: Base path already exists for this domain name')
  expect(await caller.refusal('CreateDomainName', { domainName })).toBe('400 BadRequestException: The domain name you provided already exists.')
  expect(await caller.refusal('GetDomainName', { domainName: 'none.example' })).toBe('404 NotFoundException: Invalid domain name identifier specified')
  expect(await caller.refusal('GetBasePathMapping', { domainName, basePath: 'v2' })).toMatch(/^404 NotFoundException/)
  expect(await caller.refusal('CreateBasePathMapping', { domainName, basePath: 'v2', restApiId: 'none' })).toMatch(/^400 BadRequestException/)
  expect(await caller.refusal('CreateBasePathMapping', { domainName, basePath: 'v2', restApiId, stage: 'none' })).toMatch(/^400 BadRequestException/)
})
