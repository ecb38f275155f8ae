import { describe, expect, test } from '@jest/globals'
import { UpdateRestApiCommand, type PatchOperation, type RestApi } from '@aws-sdk/client-api-gateway'
import { createInput, planSettings } from '../../../../src/resources/api/definition/settings.ts'
import type { ApplyContext } from '../../../../src/resources/step.ts'
import type { ApiSpec } from '../../../../src/service/service.ts'
import { shop } from './shop.ts'

/** An API as AWS answers where nothing is set but what must be. */
const plain: RestApi = { id: 'a1', name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } }

const replace = (path: string, value?: string): PatchOperation => ({ op: 'replace', path, ...(value === undefined ? {} : { value }) })

/** The operations that the plan's one step would send. */
async function patchOf(wanted: Partial<ApiSpec>, actual: Partial<RestApi>): Promise<readonly PatchOperation[]> {
  const sent: PatchOperation[] = []
  const api = async (command: unknown): Promise<void> => {
    if (command instanceof UpdateRestApiCommand) sent.push(...(command.input.patchOperations ?? []))
  }
  const context = { aws: { api } } as unknown as ApplyContext
  for (const step of planSettings(shop([], wanted).api, { ...plain, ...actual })) await step.apply(context)
  return sent
}

describe('the settings of an API', () => {
  test.each<[string, Partial<ApiSpec>, Partial<RestApi>]>([
    ['nothing is set', {}, {}],
    ['lists are empty', {}, { binaryMediaTypes: [] }],
    ['a list has another order', { binaryMediaTypes: ['image/png', '*/*'] }, { binaryMediaTypes: ['*/*', 'image/png'] }],
    ['the endpoint is', { endpointType: 'EDGE' }, { endpointConfiguration: { types: ['EDGE'] } }],
    ['compression begins at 0 bytes', { minimumCompressionSize: 0 }, { minimumCompressionSize: 0 }],
    ['there are settings that the config does not know', {}, { description: 'hand', policy: '{}' }],
  ])('are as wanted where %s', (_where, wanted, actual) => {
    expect(planSettings(shop([], wanted).api, { ...plain, ...actual })).toEqual([])
  })

  test.each<[string, Partial<ApiSpec>, Partial<RestApi>, string, string, PatchOperation[]]>([
    // Break 24: with it off, every request to the invoke URL is refused.
    ['default-endpoint', {}, { disableExecuteApiEndpoint: true }, 'off', 'on', [replace('/disableExecuteApiEndpoint', 'false')]],
    ['api-name', { name: 'till' }, {}, 'shop', 'till', [replace('/name', 'till')]],
    ['endpoint-type', { endpointType: 'EDGE' }, {}, 'REGIONAL', 'EDGE', [replace('/endpointConfiguration/types/REGIONAL', 'EDGE')]],
    [
      'binary-media-types', { binaryMediaTypes: ['image/png', 'a/b~c'] }, { binaryMediaTypes: ['image/png', 'x/y'] },
      'image/png, x/y', 'a/b~c, image/png',
      [{ op: 'add', path: '/binaryMediaTypes/a~1b~0c' }, { op: 'remove', path: '/binaryMediaTypes/x~1y' }],
    ],
    ['minimum-compression-size', { minimumCompressionSize: 0 }, {}, '(none)', '0', [replace('/minimumCompressionSize', '0')]],
    ['minimum-compression-size', {}, { minimumCompressionSize: 1024 }, '1024', '(none)', [replace('/minimumCompressionSize')]],
  ])('%s differs alone, and is sent alone', async (field, wanted, actual, from, to, operations) => {
    const [step, ...others] = planSettings(shop([], wanted).api, { ...plain, ...actual })
    expect(others).toEqual([])
    expect(step?.fields).toEqual([{ field, from, to }])
    expect(await patchOf(wanted, actual)).toEqual(operations)
  })

  test('what differs is sent in one call', async () => {
    const wanted = { name: 'till', endpointType: 'EDGE', minimumCompressionSize: 5 } as const
    expect(planSettings(shop([], wanted).api, plain)).toHaveLength(1)
    const paths = (await patchOf(wanted, {})).map(({ path }) => path)
    expect(paths).toEqual(['/name', '/endpointConfiguration/types/REGIONAL', '/minimumCompressionSize'])
  })

  test('a new API is made with all of them', () => {
    const { api } = shop([], { endpointType: 'EDGE', binaryMediaTypes: ['*/*'], minimumCompressionSize: 10 })
    const made = { name: 'shop', endpointConfiguration: { types: ['EDGE'] }, binaryMediaTypes: ['*/*'], minimumCompressionSize: 10 }
    expect(createInput(api)).toEqual(made)
    expect(createInput(shop([]).api)).toEqual({ name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } })
  })
})
