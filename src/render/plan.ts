import type { Action, FieldDiff, PlannedChange } from '../change.ts'
import { code, html, sentence, visible } from './escape.ts'
import { aligned, count, table, type TableRow } from './format.ts'
import { sections, type Section } from './order.ts'

/** What is kept is listed up to this many a phase; more are one line with their number. */
const listedKeeps = 3
/** A section with more rows than this is no summary; the log and the `plan-file` hold them all. */
const listedRows = 100

const markers: Readonly<Record<Action, string>> = { create: '+', adopt: '>', update: '~', delete: '-', keep: '=' }

/** How many of each action, such as `2 to create, 1 to update, 12 unchanged`. */
export function planCounts(plan: readonly PlannedChange[]): string {
  const words: readonly (readonly [Action, string])[] = [
    ['create', 'to create'], ['adopt', 'to adopt'], ['update', 'to update'], ['delete', 'to delete'], ['keep', 'unchanged'],
  ]
  const counted = words.map(([action, word]) => [total(plan.filter((change) => change.action === action)), word] as const)
  return counted.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`).join(', ') || 'nothing to do'
}

/** A plan as lines for the log, by its sections: aligned, what differs below each change, what is kept folded. */
export function planLines(plan: readonly PlannedChange[]): string[] {
  const lines = sections(plan).flatMap(({ title, changes }) => [`  ${title}`, ...changeLines(changes).map((line) => `    ${line}`)])
  return [`Plan: ${planCounts(plan)}`, ...lines]
}

function changeLines(changes: readonly PlannedChange[]): string[] {
  const { listed, folded } = fold(changes)
  const cells = (change: PlannedChange): string[] => {
    return [`${markers[change.action]} ${change.kind}`, visible(shownName(change)), visible(change.reason)]
  }
  const rows = aligned(listed.map(cells))
  const fields = (change: PlannedChange): string[] => aligned(change.fields.map(fieldCells)).map((line) => `    ${line}`)
  const lines = listed.flatMap((change, index) => [rows[index] ?? '', ...fields(change)])
  return folded.length === 0 ? lines : [...lines, `= ${foldedText(folded)}`]
}

function fieldCells(diff: FieldDiff): string[] {
  return [visible(diff.field), fieldValues(diff)]
}

/** Of a field that is shown by name alone. */
const untold = 'value differs (withheld)'

/** `128 -> 256`, `-> 256` for what is new, `128 ->` for what goes. */
function fieldValues({ from, to }: FieldDiff): string {
  if (from === undefined && to === undefined) return untold
  return [from === undefined ? '' : visible(from), '->', to === undefined ? '' : visible(to)].join(' ').trim()
}

function fold(changes: readonly PlannedChange[]): { listed: readonly PlannedChange[]; folded: readonly PlannedChange[] } {
  const kept = changes.filter(isFoldable)
  if (kept.length <= listedKeeps) return { listed: changes, folded: [] }
  return { listed: changes.filter((change) => !isFoldable(change)), folded: kept }
}

/** What the config no longer asks for is named, with the reason why it is still there. */
function isFoldable({ action, leftover }: PlannedChange): boolean {
  return action === 'keep' && leftover !== true
}

/** `14 unchanged: 12 routes, 2 functions`. */
function foldedText(kept: readonly PlannedChange[]): string {
  const kinds = [...new Set(kept.map((change) => change.kind))]
  const counts = kinds.map((kind) => {
    return count(total(kept.filter((change) => change.kind === kind)), kind)
  })
  return `${total(kept)} unchanged: ${counts.join(', ')}`
}

const total = (changes: readonly PlannedChange[]): number => changes.reduce((sum, change) => sum + (change.count ?? 1), 0)

/** `GET /items`, or `all 12` of an entry that stands for several. */
const shownName = ({ name, count: number }: PlannedChange): string => {
  if (number === undefined) return name
  return number === 1 ? 'the only one' : `${name} ${number}`
}

/** A plan as an HTML table for summary and comment, in the order of the log; what is kept is one line below it. */
export function planTable(plan: readonly PlannedChange[]): string {
  const parts = sections(plan.filter((change) => !isFoldable(change)))
  const kept = plan.filter(isFoldable)
  const rows = parts.flatMap((section) => sectionRows(section, parts.length > 1))
  return [
    ...(rows.length === 0 ? [] : [table(['Change', 'What', 'Why'], rows)]),
    ...(kept.length === 0 ? [] : [`<p>${html(foldedText(kept))}</p>`]),
    ...(rows.length > 0 && plan.some(hasSlot) ? [`<p><sub>${slotNote}</sub></p>`] : []),
  ].join('\n\n')
}

/** The rows of one section, below its title where there are several. Each section has its own limit, so that none pushes out the others. */
function sectionRows({ title, changes }: Section, isTitled: boolean): TableRow[] {
  const rows = alike(changes)
  const more = rows.length - listedRows
  return [
    ...(isTitled ? [{ title: html(title) }] : []),
    ...rows.slice(0, listedRows).map(tableRow),
    ...(more > 0 ? [{ title: `and ${more} more; the log lists them all` }] : []),
  ]
}

const slotNote = 'A slot is one of two aliases that each function has for a stage: one is live, the other takes the next version.'
const hasSlot = ({ reason, fields }: PlannedChange): boolean => /\bslot\b/.test(reason) || fields.some(({ field }) => field === 'slot')

/** Kinds that come in pairs for each function, one for each slot. */
const paired: readonly string[] = ['alias', 'permission']
/** So many names stand in one row. */
const listedNames = 10

/** Changes of slots that say the same of several are one row: a first deploy makes two aliases and two permissions a function. */
function alike(changes: readonly PlannedChange[]): (readonly PlannedChange[])[] {
  const keyOf = (change: PlannedChange): string => {
    const { id, phase, action, kind, reason, fields } = change
    return paired.includes(kind) && fields.length === 0 ? [phase, action, kind, reason].join('|') : id
  }
  return [...Map.groupBy(changes, keyOf).values()]
}

function tableRow(changes: readonly PlannedChange[]): string[] {
  const [first] = changes
  if (first === undefined) return []
  const { action, kind, reason, fields } = first
  const what = `${action} ${html(changes.length === 1 ? kind : count(changes.length, kind))}`
  const names = changes.slice(0, listedNames).map(({ name }) => code(name))
  const rest = changes.length > listedNames ? [`and ${changes.length - listedNames} more`] : []
  const why = [sentence(reason), ...fields.map(fieldHtml)].join('<br>')
  return [action === 'delete' ? `<b>${what}</b>` : what, [...names, ...rest].join(' '), why]
}

function fieldHtml(diff: FieldDiff): string {
  const { field, from, to } = diff
  if (from === undefined && to === undefined) return `${html(field)}: ${untold}`
  return `${html(field)} ${from === undefined ? '' : `${code(from)} `}→${to === undefined ? '' : ` ${code(to)}`}`
}
