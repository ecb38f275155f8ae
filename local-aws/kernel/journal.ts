import { longestChain } from './longest-chain.ts'

/** One call as the journal keeps it. Times called `start` and `end` are real milliseconds, fractions included. */
export interface JournalEntry {
  /** Number of the call in its account, from 1 since the last reset or clearing. */
  readonly seq: number
  readonly account: string
  readonly region: string
  readonly service: string
  readonly operation: string
  /** Parameters as parsed; a blob stands as `{ bytes, sha256 }`. */
  params: unknown
  /** Whether the operation changes something. */
  readonly writes: boolean
  readonly start: number
  readonly virtualStart: number
  /** Absent while the call is in flight. */
  end?: number
  virtualEnd?: number
  /** HTTP status; 0 when the connection was cut without an answer. */
  status?: number
  /** AWS's error name. */
  error?: string
  message?: string
  /** Names of the faults that were applied. */
  faults?: string[]
  /** `seq` of the calls that were in flight at the same moment. */
  readonly together: number[]
}

/** Who calls what. */
export type Opening = Pick<JournalEntry, 'account' | 'region' | 'service' | 'operation' | 'params' | 'writes' | 'virtualStart'>

/** Every AWS call of one account, in the order of arrival. */
export class Journal {
  #entries: JournalEntry[] = []
  readonly #open = new Set<JournalEntry>()
  #last = 0

  open(opening: Opening): JournalEntry {
    const entry: JournalEntry = { seq: ++this.#last, ...opening, start: now(), together: [...this.#open].map(({ seq }) => seq) }
    for (const other of this.#open) other.together.push(entry.seq)
    this.#open.add(entry)
    this.#entries.push(entry)
    return entry
  }

  close(
    entry: JournalEntry,
    outcome: {
      readonly status: number
      readonly error?: string | undefined
      readonly message?: string | undefined
      readonly virtualEnd: number
    },
  ): void {
    if (entry.end !== undefined) return
    entry.end = now()
    entry.virtualEnd = outcome.virtualEnd
    entry.status = outcome.status
    if (outcome.error !== undefined) entry.error = outcome.error
    if (outcome.message !== undefined) entry.message = outcome.message
    this.#open.delete(entry)
  }

  entries(): readonly JournalEntry[] {
    return this.#entries
  }

  /** Calls that have arrived and are not answered yet. */
  inFlight(): readonly JournalEntry[] {
    return [...this.#open]
  }

  /** Forgets all calls and counts from 1 again. */
  clear(): void {
    this.#entries = []
    this.#open.clear()
    this.#last = 0
  }
}

/** The journal as a table for people: one line a call, and the totals below. */
export function journalTable(entries: readonly JournalEntry[]): string {
  const first = entries[0]?.start ?? 0
  const lines = entries.map((entry) => [
    String(entry.seq),
    `${(entry.start - first).toFixed(0)}`,
    entry.end === undefined ? '…' : (entry.end - entry.start).toFixed(0),
    entry.writes ? 'write' : 'read',
    entry.service,
    entry.operation,
    `${entry.status ?? ''}${entry.error === undefined ? '' : ` ${entry.error}`}`,
    [...(entry.faults ?? []), ...(entry.together.length > 0 ? [`with ${entry.together.join(',')}`] : [])].join('; '),
  ])
  const rows = [['#', 'at ms', 'ms', '', 'service', 'operation', 'answer', ''], ...lines]
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const widths = (rows[0] ?? []).map((_, column) => width(column))
  const body = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
  const writes = entries.filter((entry) => entry.writes).length
  return `${body.join('\n')}\n${entries.length} calls, ${writes} writes, longest chain ${longestChain(entries)}\n`
}

function now(): number {
  return performance.timeOrigin + performance.now()
}
