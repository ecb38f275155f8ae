import type { Node } from './node.ts'
import { methods } from './routes/methods.ts'
import { tables } from './settings/tables.ts'

const route = new RegExp(`^(?:${methods.join('|')})\\s*/`, 'i')

/** Whether a text begins as a route does. */
export function looksLikeRoute(text: string): boolean {
  return route.test(text)
}

/** Whether what stands directly below `functions` is a setting that was meant for one of them. */
export function isMisplacedSetting(key: string, node: Node): boolean {
  if (!Object.hasOwn(tables.function, key) || (node.kind === 'scalar' && node.value === null)) return false
  return node.kind !== 'map' || ![...node.entries.keys()].some((each) => Object.hasOwn(tables.function, each))
}

/** How the functions of a file are called in it: by their keys; the only one of a file without `functions` by its name. */
export function functionKeysIn(root: Node | undefined): readonly string[] {
  const layers = [root, ...[...entriesOf(root, 'stages').values()].map(({ node }) => node)]
  const all = layers.flatMap((layer) => [...entriesOf(layer, 'functions')])
  const keys = all.flatMap(([key, { node }]) => (isMisplacedSetting(key, node) || looksLikeRoute(key) ? [] : [key]))
  if (all.length > 0) return [...new Set(keys)]
  const name = entriesOf(root, 'defaults').get('function-name') ?? (root?.kind === 'map' ? root.entries.get('service') : undefined)
  return name?.node.kind === 'scalar' && name.node.text !== '' ? [name.node.text] : []
}

/** Where a setting of a function stands: below one, or for all of them. `stage` leads to the values of one stage. */
export function functionHome(keys: readonly string[], stage = ''): string {
  if (keys.length === 0) return `below ${stage}defaults`
  const [first = ''] = keys
  const others = keys.length === 1 ? '' : ' (or another function)'
  return `below ${stage}functions.${first}${others}, or for all functions below ${stage}defaults`
}

function entriesOf(node: Node | undefined, key: string): ReadonlyMap<string, { readonly node: Node }> {
  const inner = node?.kind === 'map' ? node.entries.get(key)?.node : undefined
  return inner?.kind === 'map' ? inner.entries : new Map<string, { readonly node: Node }>()
}
