import { existsSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../../errors.ts'
import { distributionName } from '../../python-name.ts'
import { pythonMarker } from './poetry-python.ts'
import { readToml, table, tables, text } from './toml.ts'

type Table = Readonly<Record<string, unknown>>

/** A locked package that the project needs, and when. */
export interface Reached {
  readonly entry: Table
  readonly marker: string
}

/** One way that leads to a package: the conditions on it, all of which must hold, and the extras that it asks for. */
interface Way {
  readonly name: string
  readonly conditions: readonly string[]
  readonly extras: readonly string[]
}

/**
 * What a lock of Poetry 1 holds for the group `main`, without the project's extras: it does not tell groups, so all that the project's
 * `[tool.poetry.dependencies]` lead to is followed through the lock, as `poetry export` does
 * (https://github.com/python-poetry/poetry-plugin-export). Throws a UserError where the lock leaves a choice.
 */
export function reachable(lock: Table, file: string): readonly Reached[] {
  const entries = Map.groupBy(tables(lock['package']), (entry) => distributionName(text(entry, 'name') ?? ''))
  const found = new Map<string, Way[]>()
  const waiting = roots(file)
  for (let way = waiting.pop(); way !== undefined; way = waiting.pop()) {
    const { name, conditions } = way
    const [entry, other] = entries.get(name) ?? []
    if (other !== undefined) throw tooOld(file, `It holds ${name} in two versions, and does not say which is for which Python.`)
    // Poetry leaves out what no Python of the project needs, though a package may name it.
    if (entry === undefined && conditions.length > 0) continue
    if (entry === undefined) throw tooOld(file, `It lacks ${name}, which pyproject.toml or another package asks for.`)
    const known = found.get(name) ?? []
    if (known.some((each) => covers(each, way))) continue
    found.set(name, [...known.filter((each) => !covers(way, each)), way])
    waiting.push(...waysFrom(entry, way))
  }
  return [...entries].flatMap(([name, [entry]]) => found.has(name) ? [{
    entry: withFiles(entry as Table, lock), marker: markerOf(found.get(name) as Way[]),
  }] : [])
}

/** Before format 2.0 the files of all packages stood in a table of their own. */
function withFiles(entry: Table, lock: Table): Table {
  return entry['files'] === undefined ? { ...entry, files: table(table(lock, 'metadata'), 'files')[text(entry, 'name') ?? ''] } : entry
}

/** The error for a lock that cannot be followed. */
function tooOld(file: string, why: string): UserError {
  return new UserError({
    what: `${file} is a lock of Poetry 1, which does not say what each package is for.`,
    why,
    cure: 'Run `poetry lock` with Poetry 2 and commit the lock, '
      + 'or export one: `poetry export -o requirements.txt` and the input `requirements`.',
    docs: 'packaging.md#python-dependencies',
    place: { file },
  })
}

function roots(file: string): Way[] {
  const project = path.join(path.dirname(file), 'pyproject.toml')
  if (!existsSync(project)) throw tooOld(file, `${project}, which would say it, is not there.`)
  const wanted = table(table(table(readToml(project), 'tool'), 'poetry'), 'dependencies')
  return ways(Object.entries(wanted).filter(([name]) => name !== 'python'), { name: '', conditions: [], extras: [] })
}

function waysFrom(entry: Table, way: Way): Way[] {
  return ways(Object.entries(table(entry, 'dependencies')), way)
}

/**
 * A dependency is a constraint, a table, or several of them for different markers. Versions are the lock's, so constraints say nothing
 * new.
 */
function ways(dependencies: readonly (readonly [string, unknown])[], from: Way): Way[] {
  return dependencies.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).flatMap((each: unknown) => {
    const marker = text(each, 'markers')
    const optional = typeof each === 'object' && each !== null && (each as Table)['optional'] === true
    if (optional && !from.extras.some((extra) => extrasIn(marker ?? '').includes(extra))) return []
    const platform = text(each, 'platform')
    const conditions = [
      marker === undefined ? undefined : withoutExtras(marker, from.extras),
      pythonMarker(text(each, 'python') ?? '*'),
      platform === undefined ? undefined : `sys_platform == "${platform}"`,
    ].filter((condition): condition is string => condition !== undefined && condition !== '')
    return [{ name: distributionName(name), conditions: [...new Set([...from.conditions, ...conditions])].sort(), extras: extrasOf(each) }]
  }))
}

/** Whether all that `other` brings comes by `way`, too: it asks for as much, under no more conditions. */
function covers(way: Way, other: Way): boolean {
  return way.conditions.every((condition) => other.conditions.includes(condition))
    && other.extras.every((extra) => way.extras.includes(extra))
}

function markerOf(ways: readonly Way[]): string {
  const alternatives = [...new Set(ways.map(({ conditions }) => conditions.map((condition) => `(${condition})`).join(' and ')))].sort()
  return alternatives.includes('')
    ? ''
    : alternatives.length === 1 ? alternatives[0] as string : alternatives.map((each) => `(${each})`).join(' or ')
}

const extraTest = /extra\s*==\s*["']([^"']+)["']/g

function extrasIn(marker: string): string[] {
  return [...marker.matchAll(extraTest)].map((found) => distributionName(found[1] as string))
}

/** Whether an extra was asked for is known here, and nowhere later: a test for it becomes one that always holds, or never. */
function withoutExtras(marker: string, extras: readonly string[]): string {
  if (marker.replace(extraTest, '').trim() === '') return ''
  return marker.replace(extraTest, (_whole, extra: string) => `python_version ${extras.includes(distributionName(extra)) ? '>=' : '<'} "0"`)
}

function extrasOf(value: unknown): string[] {
  const listed = typeof value === 'object' && value !== null ? (value as Table)['extras'] : undefined
  return Array.isArray(listed) ? listed.map((extra) => distributionName(String(extra))).sort() : []
}
