import type { Json } from './rows.ts'

/** What stands for what in one scenario: `<id:1>` for the id that local AWS gave. */
export type Bindings = Map<string, string>

const placeholder = /<[A-Za-z][\w.-]*(?::\d+)?>|111111111111/g
const times = new Set(['date', 'datetime', 'timestamp'])

/**
 * Compares an answer with the recorded one and binds the placeholders on the way.
 * Returns the first difference as `place: recorded … got …`, or undefined where they agree.
 */
export function unify(recorded: Json, answer: unknown, bindings: Bindings, except: readonly string[] = [], place = ''): string | undefined {
  if (answer instanceof Date) return typeof recorded === 'string' && (times.has(recorded) || isPlaceholder(recorded)) ? undefined : difference(place, recorded, answer)
  if (answer instanceof Uint8Array) return unify(recorded, Buffer.from(answer).toString(), bindings, except, place)
  if (typeof recorded === 'string') return unifyText(recorded, answer, bindings) ? undefined : difference(place, recorded, answer)
  if (recorded === null || typeof recorded !== 'object') return recorded === (answer ?? null) ? undefined : difference(place, recorded, answer)
  // Policies and the like are JSON in a string, which the recordings show parsed.
  const value = typeof answer === 'string' ? parsed(answer) : answer
  if (value === null || typeof value !== 'object') return difference(place, recorded, answer)
  if (isList(recorded)) return Array.isArray(value) ? unifyLists(recorded, value, { bindings, except, place }) : difference(place, recorded, value)
  return unifyObjects(recorded, value as Record<string, unknown>, { bindings, except, place })
}

interface Where {
  readonly bindings: Bindings
  readonly except: readonly string[]
  readonly place: string
}

/** API Gateway lists in the order of random ids, so its `items` may stand in any order. */
function unifyLists(recorded: readonly Json[], value: readonly unknown[], { bindings, except, place }: Where): string | undefined {
  if (recorded.length !== value.length) return `${place}: recorded ${recorded.length} items, got ${value.length}`
  const attempt = new Map(bindings)
  const found = first(recorded.map((item, index) => () => unify(item, value[index], attempt, except, `${place}[${index}]`)))
  if (found === undefined) return keep(attempt, bindings)
  if (place !== 'items') return found
  const shuffled = pairUp(recorded, value, { bindings, except, place })
  return shuffled === undefined ? found : keep(shuffled, bindings)
}

/** The bindings under which every recorded item has a partner of its own, or undefined. */
function pairUp(recorded: readonly Json[], value: readonly unknown[], where: Where): Bindings | undefined {
  const [item, ...others] = recorded
  if (item === undefined) return where.bindings
  for (const [index, candidate] of value.entries()) {
    const bindings = new Map(where.bindings)
    if (unify(item, candidate, bindings, where.except, `${where.place}[]`) !== undefined) continue
    const rest = pairUp(others, value.filter((_, other) => other !== index), { ...where, bindings })
    if (rest !== undefined) return rest
  }
  return undefined
}

function keep(found: Bindings, bindings: Bindings): undefined {
  for (const [name, text] of found) bindings.set(name, text)
}

function unifyObjects(recorded: { readonly [key: string]: Json }, value: Readonly<Record<string, unknown>>, { bindings, except, place }: Where): string | undefined {
  const at = (key: string): string => (place === '' ? key : `${place}.${key}`)
  // A key may itself hold an id, as a version in a map of weights does.
  const named = new Map(Object.entries(recorded).map(([key, item]) => [bound(key, bindings), item]))
  const extra = Object.keys(value).find((key) => value[key] !== undefined && value[key] !== null && !named.has(key) && !except.includes(at(key).replace(/\[\d+\]/g, '[]')))
  return first([
    ...[...named].map(([key, item]) => () => unify(item, value[key], bindings, except, at(key))),
    () => (extra === undefined ? undefined : `${at(extra)}: not recorded, got ${shown(value[extra])}`),
  ])
}

function unifyText(recorded: string, answer: unknown, bindings: Bindings): boolean {
  if (times.has(recorded)) return answer !== undefined && answer !== null
  if (answer === undefined || answer === null || typeof answer === 'object') return false
  const names: string[] = []
  const pattern = split(recorded).map(({ text, name }) => {
    if (name === undefined) return escape(text)
    const known = bindings.get(name)
    if (known !== undefined) return escape(known)
    names.push(name)
    return '([^]+?)'
  })
  const found = new RegExp(`^${pattern.join('')}$`).exec(String(answer))
  if (found === null) return false
  return names.every((name, index) => bind(name, found[index + 1] ?? '', bindings))
}

/** A numbered placeholder stands for one text, and no two of a kind for the same. */
function bind(name: string, text: string, bindings: Bindings): boolean {
  if (!/:\d+>$/.test(name)) return true
  const known = bindings.get(name)
  if (known !== undefined) return known === text
  const kind = name.replace(/\d+>$/, '')
  for (const [other, value] of bindings) if (other.startsWith(kind) && value === text) return false
  bindings.set(name, text)
  return true
}

function split(text: string): { readonly text: string; readonly name?: string }[] {
  const parts: { text: string; name?: string }[] = []
  let last = 0
  for (const match of text.matchAll(placeholder)) {
    parts.push({ text: text.slice(last, match.index) }, { text: match[0], name: match[0] })
    last = match.index + match[0].length
  }
  return [...parts, { text: text.slice(last) }]
}

const bound = (key: string, bindings: Bindings): string => split(key).map(({ text, name }) => (name === undefined ? text : (bindings.get(name) ?? text))).join('')
const isPlaceholder = (text: string): boolean => text.replace(placeholder, '') === ''
const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check()
    if (found !== undefined) return found
  }
  return undefined
}

const difference = (place: string, recorded: Json, answer: unknown): string => `${place}: recorded ${shown(recorded)}, got ${shown(answer)}`

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
