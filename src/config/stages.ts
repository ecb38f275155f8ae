import type { FunctionSpec, Service } from '../service/service.ts'
import type { Findings } from './findings.ts'
import type { FileConfig, Layer } from './layers.ts'
import { at } from './node.ts'
import type { Node } from './node.ts'
import { camelCase } from './settings/setting.ts'
import { sharedNames } from './settings/api.ts'
import { unversionedNames } from './settings/function.ts'

/** One setting that all stages share: its words, its value, and where a layer of the file says it. */
interface SharedSetting {
  readonly name: string
  /** Whose it is, for messages: `the function book`, `the API`. */
  readonly of: string
  /** Where it is written for all stages. */
  readonly below: string
  readonly value: unknown
  readonly why: string
  readonly node: (layer: Layer) => Node | undefined
}

/**
 * Stages of one service share its functions, their roles and the API, and AWS keeps only one value of some settings: each deployment
 * would overwrite the other stage's.
 */
export function checkSharedSettings(services: readonly Service[], file: FileConfig, findings: Findings): void {
  const [first, ...others] = services
  const ours = first === undefined ? [] : sharedOf(first)
  for (const other of others) {
    for (const one of sharedOf(other)) {
      const twin = ours.find((each) => each.name === one.name && each.of === one.of)
      if (twin === undefined || canonical(twin.value) === canonical(one.value)) continue
      const layers = [file.stages.get(other.stage), file.stages.get(first?.stage ?? '')]
      const node = layers.flatMap((layer) => (layer === undefined ? [] : (one.node(layer) ?? [])))[0]
      findings.error({
        what: `${one.name} of ${one.of} differs between the stages ${other.stage} and ${first?.stage}.`,
        why: one.why,
        cure: `Write ${one.name} once, below ${one.below}, and take it out of stages.`,
        ...at(node ?? {}),
      })
    }
  }
}

function sharedOf(service: Service): SharedSetting[] {
  return [...service.functions.flatMap(sharedOfFunction), ...sharedOfApi(service)]
}

function sharedOfFunction(spec: FunctionSpec): SharedSetting[] {
  const node = (name: string) => (layer: Layer) => layer.functions.get(spec.key)?.given.get(name) ?? layer.defaults.get(name)
  const row = (name: string, value: unknown, why: string): SharedSetting =>
    ({ name, of: `the function ${spec.key}`, below: `functions.${spec.key}`, value, why, node: node(name) })
  const { role } = spec
  const unversioned = 'All stages share the function, and Lambda does not version this setting.'
  return [
    ...unversionedNames.map((name) => row(name, valueOf(spec, name), unversioned)),
    ...(role.kind === 'given' ? [] : [
      row('role-policies', role.policies, 'All stages share the role that is made for the function.'),
      row('role-statements', role.statements, 'All stages share the role that is made for the function.'),
      row('role-permissions-boundary', role.permissionsBoundary, 'All stages share the role that is made for the function.'),
    ]),
  ]
}

function sharedOfApi({ api }: Service): SharedSetting[] {
  const row = (name: string, value: unknown): SharedSetting =>
    ({ name, of: 'the API', below: 'api', value, why: 'All stages share the API.', node: (layer) => layer.api.get(name) })
  return [row('api-name', api.name), row('api-id', api.joined?.id), ...sharedNames.map((name) => row(name, valueOf(api, name)))]
}

/** A setting's value by the name that it has in the config. */
function valueOf(spec: object, name: string): unknown {
  return (spec as Readonly<Record<string, unknown>>)[camelCase(name)]
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  // The order of what is shared says nothing: policies, media types, statements.
  if (Array.isArray(value)) return JSON.stringify(value.map(canonical).sort())
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
