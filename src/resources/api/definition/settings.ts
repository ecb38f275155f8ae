import {
  GetRestApiCommand,
  UpdateRestApiCommand,
  type CreateRestApiCommandInput,
  type PatchOperation,
  type RestApi,
} from '@aws-sdk/client-api-gateway'
import { notSet } from '../../../change.ts'
import type { ApiSpec } from '../../../service/service.ts'
import { step, type Step } from '../../step.ts'
import type { Part } from './part.ts'

/** The settings of the API itself. */
export const settings: Part<RestApi> = {
  canonical: ({ api }) => Object.fromEntries(frozenRows(api).map(({ field, wanted }) => [field, wanted(api)])),
  read: (aws, restApiId) => aws.api(new GetRestApiCommand({ restApiId })),
  plan: ({ service }, copy) => (copy === undefined ? [] : planSettings(service.api, copy.settings).map((each) => ({ step: each }))),
  foreign: () => [],
}

/** No deployment freezes the API's name, so a new name needs none. */
function frozenRows(api: ApiSpec): readonly ApiSetting[] {
  return rows.filter((row) => row.isUnfrozen !== true && isWritten(row, api))
}

/** Lists are sorted, so that equal settings have equal texts; undefined where nothing is set. */
type SettingValue = string | number | readonly string[] | undefined

/** One setting of the API: what the config wants, what the API has, and how it is sent. */
interface ApiSetting {
  /** As a plan calls it: the config's word, where it has one. */
  readonly field: string
  readonly wanted: (api: ApiSpec) => SettingValue
  readonly actual: (api: RestApi) => SettingValue
  /** As CreateRestApi takes it. */
  readonly create: (api: ApiSpec) => Partial<CreateRestApiCommandInput>
  readonly patch: (api: ApiSpec, actual: RestApi) => readonly PatchOperation[]
  /** Set where no deployment freezes it. */
  readonly isUnfrozen?: true
}

/** Every setting of the API that we manage. One more is one more entry here. */
const rows: readonly ApiSetting[] = [
  {
    field: 'api-name',
    wanted: (api) => api.name,
    actual: (api) => api.name,
    create: ({ name }) => ({ name }),
    patch: ({ name }) => [replace('/name', name)],
    isUnfrozen: true,
  },
  {
    field: 'endpoint-type',
    wanted: (api) => api.endpointType,
    actual: endpointType,
    create: (api) => ({ endpointConfiguration: { types: [api.endpointType] } }),
    patch: (api, actual) => [replace(`/endpointConfiguration/types/${endpointType(actual) ?? ''}`, api.endpointType)],
  },
  {
    field: 'binary-media-types',
    wanted: (api) => [...api.binaryMediaTypes].sort(),
    actual: (api) => [...(api.binaryMediaTypes ?? [])].sort(),
    create: ({ binaryMediaTypes }) => (binaryMediaTypes.length === 0 ? {} : { binaryMediaTypes: [...binaryMediaTypes] }),
    patch: (api, actual) => listPatch('/binaryMediaTypes', api.binaryMediaTypes, actual.binaryMediaTypes ?? []),
  },
  {
    field: 'minimum-compression-size',
    wanted: (api) => api.minimumCompressionSize,
    actual: (api) => api.minimumCompressionSize,
    create: ({ minimumCompressionSize }) => ({ minimumCompressionSize }),
    // An operation without a value turns compression off (developer guide, "Enable payload compression").
    patch: ({ minimumCompressionSize }) => [replace('/minimumCompressionSize', minimumCompressionSize)],
  },
  {
    // Somebody may have turned it off by hand; then every request to the invoke URL is refused.
    field: 'default-endpoint',
    wanted: () => 'on',
    actual: ({ disableExecuteApiEndpoint }) => (disableExecuteApiEndpoint === true ? 'off' : 'on'),
    create: () => ({}),
    patch: () => [replace('/disableExecuteApiEndpoint', 'false')],
  },
]

/** All settings, and with them the name, as CreateRestApi takes them. */
export function createInput(api: ApiSpec): CreateRestApiCommandInput {
  return rows.reduce<CreateRestApiCommandInput>((input, row) => ({ ...input, ...row.create(api) }), { name: api.name })
}

/** The update of an API whose settings differ from the wanted ones; nothing where none does. */
export function planSettings(wanted: ApiSpec, actual: RestApi): Step[] {
  const differing = rows.filter((row) => isWritten(row, wanted) && !isEqual(row.wanted(wanted), row.actual(actual)))
  if (differing.length === 0) return []
  const patchOperations = differing.flatMap((row) => row.patch(wanted, actual))
  return [step({
    id: 'api', kind: 'API', name: wanted.joined?.id ?? wanted.name, action: 'update', phase: 'prepare',
    reason: wanted.joined === undefined ? 'settings differ' : 'settings differ; other stages get them with their next deployment',
    fields: differing.map((row) => ({ field: row.field, from: print(row.actual(actual)), to: print(row.wanted(wanted)) })),
    apply: async ({ aws }) => {
      await aws.api(new UpdateRestApiCommand({ restApiId: actual.id, patchOperations }))
    },
  })]
}

/** On an API that is joined only what the config names, which is never its name. */
function isWritten({ field }: ApiSetting, { joined }: ApiSpec): boolean {
  return joined === undefined || (field !== 'api-name' && joined.named.has(field))
}

function endpointType(api: RestApi): string | undefined {
  return api.endpointConfiguration?.types?.[0]
}

function replace(path: string, value: string | number | undefined): PatchOperation {
  return { op: 'replace', path, ...(value === undefined ? {} : { value: String(value) }) }
}

/**
 * Adds and removes members one by one, as JSON pointers: `~` is `~0` in them and `/` is `~1` (developer guide, "Patch operations";
 * recorded in test_update_rest_api_*).
 */
function listPatch(path: string, wanted: readonly string[], actual: readonly string[]): PatchOperation[] {
  const pointer = (member: string): string => `${path}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return [
    ...without(wanted, actual).map((member): PatchOperation => ({ op: 'add', path: pointer(member) })),
    ...without(actual, wanted).map((member): PatchOperation => ({ op: 'remove', path: pointer(member) })),
  ]
}

function without(members: readonly string[], others: readonly string[]): readonly string[] {
  return members.filter((member) => !others.includes(member))
}

function isEqual(one: SettingValue, other: SettingValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function print(value: SettingValue): string {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '')
  return text === '' ? notSet : text
}
