import type { Findings } from './findings.ts'
import type { Context } from './kinds/kind.ts'
import { at } from './node.ts'
import type { Given, MapNode, Node } from './node.ts'
import { camelCase } from './settings/setting.ts'
import type { Table, Values } from './settings/setting.ts'
import { withBlank } from './yaml-mistakes.ts'
import { reportUnknownKeys, type UnknownKey } from './unknown-keys.ts'

/** The settings that a map of the file gives, by their flat names. Unknown keys are reported with what was probably meant. */
export function givenIn(node: Node | undefined, table: Table, findings: Findings): Given {
  const given = new Map<string, Node>()
  const unknown: UnknownKey[] = []
  for (const [key, entry] of mapEntries(node, findings)) {
    const name = nameAt(key, table)
    if (entry.node.kind === 'map' && nestedKeys(key, table).length > 0) {
      for (const [inner, found] of givenInGroup(key, entry.node, { table, findings })) given.set(inner, found)
    } else if (name !== undefined) given.set(name, entry.node)
    else if (nestedKeys(key, table).length > 0) reportValueOfGroup(key, entry.node, { table, findings })
    else unknown.push({ key, label: node?.label ?? '', candidates: topKeys(table), place: entry.place, table, node: entry.node })
  }
  reportUnknownKeys(unknown, findings)
  return given
}

/** The settings of a group within a table, such as `access-log`. */
function givenInGroup(group: string, map: MapNode, { table, findings }: { readonly table: Table; readonly findings: Findings }): Given {
  const candidates = nestedKeys(group, table)
  const entries = [...map.entries].map(([key, entry]) => ({ key, entry, name: nameAt(`${group}.${key}`, table) }))
  const unknown = entries.filter(({ name }) => name === undefined)
  // Where none of the keys is one of the group's, the map may be meant as the value itself.
  const cure = unknown.length === entries.length ? table[group]?.kind.mapCure?.(map) : undefined
  if (cure !== undefined) findings.error({ what: `${map.label} is not ${table[group]?.kind.words}.`, cure, ...at(map) })
  else {
    const keys = unknown.map(({ key, entry: { place, node } }) => ({ key, label: map.label, candidates, place, node }))
    reportUnknownKeys(keys, findings)
  }
  return new Map(entries.flatMap(({ name, entry }) => (name === undefined ? [] : [[name, entry.node]])))
}

/** `throttling: 100`, where a map of `rate` and `burst` belongs. */
function reportValueOfGroup(key: string, node: Node, { table, findings }: { readonly table: Table; readonly findings: Findings }): void {
  const keys = nestedKeys(key, table)
  const value = node.kind === 'scalar' && node.value !== null ? node.text : '…'
  const cure = `Write ${key}: { ${keys[0]}: ${value} }.${keys.length > 1 ? ` It may hold ${keys.join(', ')}.` : ''}`
  findings.error({ what: `${node.label} is not a map of keys and values.`, cure, ...at(node) })
}

/** The entries of a map. Nothing at all is an empty map, as after `read:`; anything else is reported. */
export function mapEntries(node: Node | undefined, findings: Findings): MapNode['entries'] {
  if (node?.kind === 'map') return node.entries
  if (node !== undefined && !(node.kind === 'scalar' && node.value === null)) {
    const what = `${node.label || 'The file'} is not a map of keys and values.`
    findings.error({ what, cure: mapMeant(node), ...at(node) })
  }
  return new Map()
}

/** What to write in place of a list or a text where a map belongs. */
function mapMeant(node: Node): string {
  const key = node.label.split('.').at(-1) ?? ''
  if (node.kind === 'list') {
    const named = node.items.map((item) => (item.kind === 'map' ? item.entries.get('name')?.node : item))
    const names = named.flatMap((each) => (each?.kind === 'scalar' && /^[\w-]+$/.test(each.text) ? [each.text] : []))
    if (names.length < node.items.length || names.length === 0) return 'Write keys below it without a dash, each with its value.'
    const written = names.map((name) => `${name}: {}`).join(', ')
    return `Write keys without a dash: ${key}: { ${written} }, each with its own settings in the braces.`
  }
  const text = node.kind === 'scalar' ? node.text : ''
  const spaced = withBlank(text)
  if (spaced !== undefined) return `Write ${spaced}, with a blank behind the colon.`
  return /^functions\.[\w-]+$/.test(node.label) && /^[\w/.-]+\.\w+$/.test(text)
    ? `Write ${key}: { handler: ${text} }.`
    : 'Write keys below it, each with its value.'
}

/** The values of a table's settings, with defaults. A value that was complained about counts as not given. */
export function readValues<T extends Table>(given: Given, table: T, context: Context): Values<T> {
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(table)) {
    const node = given.get(name)
    const value = (node === undefined ? undefined : setting.kind.read(node, context)) ?? setting.default
    if (value !== undefined) values[camelCase(name)] = value
  }
  return values as Values<T>
}

/** Those of the values that belong to one part of their table. */
export function valuesOf<T extends Table>(part: T, values: Values<T>): Values<T> {
  const names = new Set(Object.keys(part).map(camelCase))
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))) as unknown as Values<T>
}

/** A place in the file that a setting has, for tables of any group: its path, else its name. */
export function pathOf(name: string, table: Table): string {
  return table[name]?.path ?? name
}

function nameAt(path: string, table: Table): string | undefined {
  const nested = Object.entries(table).find(([, setting]) => setting.path === path)
  if (nested !== undefined) return nested[0]
  // `access-log: csv` is short for `access-log: { format: csv }`: the flat name, where it is also the group's.
  const own = Object.hasOwn(table, path) ? table[path] : undefined
  return own !== undefined && (own.path === undefined || own.path.startsWith(`${path}.`)) ? path : undefined
}

function nestedKeys(key: string, table: Table): string[] {
  return Object.values(table).flatMap(({ path }) => (path?.startsWith(`${key}.`) === true ? [path.slice(key.length + 1)] : []))
}

function topKeys(table: Table): string[] {
  return [...new Set(Object.keys(table).map((name) => pathOf(name, table).split('.')[0] ?? name))]
}
