import type { Place } from '../errors.ts'
import type { Findings } from './findings.ts'
import { functionHome, looksLikeRoute } from './function-keys.ts'
import { at } from './node.ts'
import type { Node } from './node.ts'
import { missingFeature, wordHere } from './other-words.ts'
import type { Table } from './settings/setting.ts'
import { tables } from './settings/tables.ts'
import { didYouMean } from '../suggest.ts'

/** A key that no table has, and those that it may have been meant for. */
export interface UnknownKey {
  readonly key: string
  /** How messages call the map that it stands in; empty for the file itself. */
  readonly label: string
  readonly candidates: readonly string[]
  readonly place?: Place | undefined
  readonly table?: Table
  /** What stands behind it. */
  readonly node?: Node
}

/** The keys of a layer, and of the file as a whole. */
export const layerKeys = ['defaults', 'functions', 'api', 'release']
export const fileKeys = [...Object.keys(tables.service), ...layerKeys, 'stages']

/** As many are told one by one; a file with more is another program's. */
const toldUnknown = 20

/** Reports the keys of one map that nothing is known of. */
export function reportUnknownKeys(keys: readonly UnknownKey[], findings: Findings): void {
  keys.slice(0, toldUnknown).forEach((key) => reportUnknownKey(key, findings))
  const next = keys[toldUnknown]
  if (next === undefined) return
  const what = `${next.label === '' ? 'The file' : next.label} has ${keys.length - toldUnknown} more keys that are not known.`
  findings.error({ what, cure: 'Check that this is the config file of lambda-api-deploy.', ...at({ place: next.place }) })
}

/** Reports a key with the place where it belongs, the nearest one, or what another tool means by it. */
function reportUnknownKey(unknown: UnknownKey, findings: Findings): void {
  const { key, label, candidates, place } = unknown
  const hint = placeHint(unknown, findings) ?? wordHint(unknown, findings)
  findings.error({
    what: `${label === '' ? 'The file' : label} has no key "${key}".`,
    why: hint === '' ? `Known are ${candidates.join(', ')}.` : undefined,
    cure: hint === '' ? (key === '<<' ? 'Merge keys are not read: write what functions share below defaults.' : 'Take it out.') : hint,
    ...at({ place }),
  })
}

/** Where a key belongs that is right at another place. */
function placeHint({ key, label, table, node }: UnknownKey, { functionKeys }: Findings): string | undefined {
  const path = table === undefined ? undefined : nestedPath(key, table)
  if (path !== undefined) return `Write it as ${path.join(': { ')}: …${' }'.repeat(path.length - 1)}.`
  // Only here may a map be a stage or a function that was forgotten to be put below those.
  const isLayer = label === '' || /^stages\.[^.]+$/.test(label)
  const home = homeOf(key, isLayer ? node : undefined, { stage: stageOf(label), functionKeys })
  return home === undefined ? undefined : `It belongs ${home}.`
}

/** `access-log-group`, or `group` alone, for what is written `access-log: { group: … }`. */
function nestedPath(key: string, table: Table): readonly string[] | undefined {
  const own = Object.hasOwn(table, key) ? table[key]?.path : undefined
  const ending = Object.values(table).map(({ path }) => path).filter((path) => path?.endsWith(`.${key}`) === true)
  return (own ?? (ending.length === 1 ? ending[0] : undefined))?.split('.')
}

/** What a word of another tool means here; a key of the same map is meant before one that belongs elsewhere. */
function wordHint({ key, label, candidates }: UnknownKey, { functionKeys }: Findings): string {
  const missing = missingFeature(key)
  if (missing !== undefined) return missing
  const word = wordHere(key)
  if (word !== undefined && candidates.includes(word)) return `Did you mean "${word}"?`
  const near = didYouMean(key, candidates)
  const home = word === undefined ? undefined : homeOf(word, undefined, { stage: stageOf(label), functionKeys })
  return near !== '' || home === undefined ? near : `Here it is called ${word}, and belongs ${home}.`
}

/** `stages.prod.` for what stands in the values of that stage. */
function stageOf(label: string): string {
  return /^stages\.[^.]+/.exec(label)?.[0].concat('.') ?? ''
}

interface Surroundings {
  /** Leads to the values of the same stage, such as `stages.prod.`; empty for those of all. */
  readonly stage: string
  readonly functionKeys: readonly string[]
}

/** Where something belongs that was written in the wrong part of the file. */
function homeOf(key: string, node: Node | undefined, { stage, functionKeys }: Surroundings): string | undefined {
  if (looksLikeRoute(key)) return `below ${stage}api.routes`
  if (Object.hasOwn(tables.function, key)) return functionHome(functionKeys, stage)
  const isGroup = Object.values<Table[string]>(tables.api).some((setting) => setting.path?.startsWith(`${key}.`))
  if (isGroup || Object.hasOwn(tables.api, key)) return `below ${stage}api`
  if (Object.hasOwn(tables.release, key)) return `below ${stage}release`
  if (fileKeys.includes(key)) return 'at the top of the file'
  if (Object.hasOwn(tables.run, key)) return 'to the inputs of the step, not to the file'
  if (holdsOnly(node, layerKeys)) return 'below stages'
  return holdsOnly(node, Object.keys(tables.function)) ? `below ${stage}functions` : undefined
}

/** Whether a map has some of these keys, and no other. */
function holdsOnly(node: Node | undefined, keys: readonly string[]): boolean {
  return node?.kind === 'map' && node.entries.size > 0 && [...node.entries.keys()].every((key) => keys.includes(key))
}
