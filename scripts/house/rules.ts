import type { SourceFile } from './imports.ts'
import { maxColumns, maxLines } from './limits.ts'

/** The floors of src/, from the top; imports point down only. Rooms of one floor do not know each other, but for the last floor's. */
const floors: readonly (readonly string[])[] = [
  ['index'],
  ['main'],
  ['commands'],
  ['plan'],
  ['release'],
  ['actual'],
  ['resources', 'github'],
  ['config', 'package', 'render'],
  ['aws', 'service', 'diagnostics'],
  ['cancellation', 'change', 'defined', 'errors', 'paths', 'progress', 'suggest'],
]

/** Rooms of values and pure functions; what they may import besides each other has no effects. */
const pureRooms = ['render', 'service', 'change', 'defined', 'diagnostics', 'errors', 'paths', 'progress', 'suggest']
const pureModules = ['node:crypto', 'node:path']

/** Every breach of the house's rules, one line each; no line means that the house stands. */
export function breaches(sources: readonly SourceFile[]): string[] {
  const paths = new Set(sources.map((source) => source.path))
  return [
    ...sources.flatMap(sizes),
    ...sources.flatMap((source) => source.imports.flatMap((target) => wrongImport(source.path, target, paths))),
    ...sources.flatMap(impurities),
    ...circles(sources),
  ]
}

function sizes({ path, lines, wideLines }: SourceFile): string[] {
  return [
    ...(lines > maxLines ? [`${path}: ${lines} lines, the limit is ${maxLines}`] : []),
    ...wideLines.map((line) => `${path}:${line}: more than ${maxColumns} columns`),
  ]
}

function wrongImport(from: string, to: string, paths: ReadonlySet<string>): string[] {
  if (top(from) === 'local-aws' && top(to) === 'src') return [`${from}: local AWS imports nothing from src/ (${to})`]
  if (top(from) === 'src' && top(to) !== 'src' && to !== 'package.json') return [`${from}: src/ imports only from src/ (${to})`]
  return [...wrongFloor(from, to), ...insideOfNeighbour(from, to, paths)]
}

function wrongFloor(from: string, to: string): string[] {
  if (top(from) !== 'src' || top(to) !== 'src' || room(from) === room(to)) return []
  const [above, below] = [floor(from), floor(to)]
  if (above === -1) return [`${from}: src/${room(from)} stands on no floor`]
  // The words that everyone shares may use each other; any other room beside is as far as one above.
  const isAllowed = below > above || (below === above && below === floors.length - 1)
  return isAllowed || below === -1 ? [] : [`${from}: imports up or sideways, ${to}`]
}

function impurities({ path, modules }: SourceFile): string[] {
  if (top(path) !== 'src' || !pureRooms.includes(room(path))) return []
  const effects = modules.filter((module) => !pureModules.includes(module))
  return effects.map((module) => `${path}: src/${room(path)} is pure, and imports ${module}`)
}

/**
 * A room of src/ with an index.ts is entered through it, by everyone outside. (In local-aws/ an index is the table of a service's
 * operations, no door.)
 */
function insideOfNeighbour(from: string, to: string, paths: ReadonlySet<string>): string[] {
  if (top(from) !== 'src') return []
  const parts = to.split('/')
  const rooms = parts.slice(1, -1).map((_, index) => parts.slice(0, index + 2).join('/'))
  const closed = rooms.find((each) => !from.startsWith(`${each}/`) && paths.has(`${each}/index.ts`) && to !== `${each}/index.ts`)
  return closed === undefined ? [] : [`${from}: reaches past ${closed}/index.ts into ${to}`]
}

function circles(sources: readonly SourceFile[]): string[] {
  const imports = new Map(sources.map((source) => [source.path, source.imports]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) found.push(`circle: ${[...trail.slice(start), path].join(' > ')}`)
    if (start >= 0 || done.has(path)) return
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of imports.keys()) visit(path, [])
  return found
}

const top = (path: string): string => path.split('/')[0] ?? ''
const room = (path: string): string => (path.split('/')[1] ?? '').replace(/\.ts$/, '')
const floor = (path: string): number => floors.findIndex((rooms) => rooms.includes(room(path)))
