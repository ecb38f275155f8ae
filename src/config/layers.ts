import type { Place } from '../errors.ts'
import { functionHome, functionKeysIn, isMisplacedSetting, looksLikeRoute } from './function-keys.ts'
import { givenIn, mapEntries } from './group.ts'
import type { Findings } from './findings.ts'
import { at } from './node.ts'
import type { Entry, Given, Node } from './node.ts'
import { tables } from './settings/tables.ts'
import { stageName } from './kinds/names.ts'
import { fileKeys, layerKeys, reportUnknownKeys, type UnknownKey } from './unknown-keys.ts'

/** What the file, or one of its stages, says; all settings by their flat names. */
export interface Layer {
  readonly defaults: Given
  readonly functions: ReadonlyMap<string, FunctionLayer>
  readonly api: Given
  readonly release: Given
}

export interface FunctionLayer {
  readonly given: Given
  /** Its key's. */
  readonly place?: Place
}

export interface FileConfig {
  readonly service: Given
  readonly base: Layer
  readonly stages: ReadonlyMap<string, Layer>
}

const empty: Given = new Map()

/** A file that says nothing, as when there is none. */
export const emptyFile: FileConfig = {
  service: empty,
  base: { defaults: empty, functions: new Map(), api: empty, release: empty },
  stages: new Map(),
}

/** The file's tree as layers. What its keys hold is not looked at yet. */
export function layersOf(root: Node | undefined, findings: Findings): FileConfig {
  findings.functionKeys = functionKeysIn(root)
  const entries = mapEntries(root, findings)
  // `$schema` tells editors where the JSON Schema is.
  reportUnknownKeys(unknownIn(entries, { label: '', candidates: fileKeys }).filter(({ key }) => key !== '$schema'), findings)
  const service = new Map([...entries].filter(([key]) => Object.hasOwn(tables.service, key)).map(([key, entry]) => [key, entry.node]))
  const stages = new Map<string, Layer>()
  for (const [name, entry] of mapEntries(entries.get('stages')?.node, findings)) {
    checkName(name, { entry, word: 'stage', pattern: new RegExp(String(stageName().schema['pattern'])) }, findings)
    const parts = mapEntries(entry.node, findings)
    reportUnknownKeys(unknownIn(parts, { label: entry.node.label, candidates: layerKeys }), findings)
    stages.set(name, layerIn(parts, findings))
  }
  return { service, base: layerIn(entries, findings), stages }
}

function unknownIn(entries: ReadonlyMap<string, Entry>, { label, candidates }: Pick<UnknownKey, 'label' | 'candidates'>): UnknownKey[] {
  return [...entries].flatMap(([key, { place, node }]) => (candidates.includes(key) ? [] : [{ key, label, candidates, place, node }]))
}

function layerIn(entries: ReadonlyMap<string, Entry>, findings: Findings): Layer {
  const functions = new Map<string, FunctionLayer>()
  for (const [key, entry] of mapEntries(entries.get('functions')?.node, findings)) {
    if (isMisplaced(key, entry, findings)) continue
    checkName(key, { entry, word: 'function', pattern: /^[a-zA-Z0-9_-]+$/ }, findings)
    functions.set(key, { given: givenIn(entry.node, tables.function, findings), ...at(entry) })
  }
  return {
    defaults: givenIn(entries.get('defaults')?.node, tables.function, findings),
    functions,
    api: givenIn(entries.get('api')?.node, tables.api, findings),
    release: givenIn(entries.get('release')?.node, tables.release, findings),
  }
}

/** Reports what stands directly below `functions` and is no function: a setting, or a route. */
function isMisplaced(key: string, { node, place }: Entry, findings: Findings): boolean {
  const isSetting = isMisplacedSetting(key, node)
  if (!isSetting && !looksLikeRoute(key)) return false
  const { functionKeys } = findings
  const home = functionKeys.length > 0 ? functionHome(functionKeys) : 'below defaults, or below a key of your own: functions: { read: … }'
  const cure = `It belongs ${isSetting ? home : 'below api.routes'}.`
  findings.error({ what: `functions has no function in "${key}", which is a ${isSetting ? 'setting' : 'route'}.`, cure, ...at({ place }) })
  return true
}

/** A key that becomes a name in AWS, and what such names are made of. */
interface NameKey {
  readonly entry: Entry
  readonly word: string
  readonly pattern: RegExp
}

/** The keys of functions and stages become names in AWS. */
function checkName(name: string, { entry, word, pattern }: NameKey, findings: Findings): void {
  if (pattern.test(name)) return
  const what = `${JSON.stringify(name)} is not the name of a ${word}.`
  findings.error({ what, why: 'Names have letters, digits, - and _.', cure: `Rename the ${word}.`, ...at({ place: entry.place }) })
}
