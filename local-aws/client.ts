import type { FaultAction, FaultMatch, FaultRule } from './kernel/faults.ts'
import type { HeldCall } from './kernel/holds.ts'
import type { JournalEntry } from './kernel/journal.ts'
import type { SettingsPatch } from './kernel/change-settings.ts'
import type { Settings } from './kernel/settings.ts'

export { longestChain } from './kernel/longest-chain.ts'
export type { FaultAction, FaultMatch, FaultRule, HeldCall, JournalEntry, Settings, SettingsPatch }

/** The control API of one account of a running local AWS. Each method rejects with the server's words when it refuses. */
export interface LocalAwsControl {
  readonly url: string
  readonly account: string
  /** Every call so far, in the order of arrival. */
  readonly journal: () => Promise<readonly JournalEntry[]>
  /** The journal for people. */
  readonly journalTable: () => Promise<string>
  /** Forgets the calls and counts from 1 again (faults by call number too). */
  readonly clearJournal: () => Promise<void>
  readonly settings: () => Promise<Settings>
  /** Changes some settings and returns all. */
  readonly configure: (patch: SettingsPatch) => Promise<Settings>
  /** Arms a fault and returns its id. */
  readonly fault: (match: FaultMatch, action: FaultAction, times?: number) => Promise<number>
  readonly faults: () => Promise<readonly (FaultRule & { readonly id: number; readonly left: number | null })[]>
  /** Disarms one fault, or all. */
  readonly clearFaults: (id?: number) => Promise<void>
  /** The calls that a `hold` stopped, as soon as there is one; empty after `timeoutMs`. */
  readonly held: (timeoutMs?: number) => Promise<readonly HeldCall[]>
  /** Lets one held call go on, or all. */
  readonly release: (seq?: number) => Promise<void>
  /** Resolves when no call is in flight. */
  readonly idle: () => Promise<void>
  /** Fills every rate bucket. */
  readonly refill: () => Promise<void>
  /** The whole account as plain JSON, by service. */
  readonly state: () => Promise<Readonly<Record<string, unknown>>>
  /** Wipes the account: front, engine, journal, faults and settings. */
  readonly reset: () => Promise<void>
}

/** Connects to one account (12 digits) of the local AWS at `url`. */
export function connect(url: string, account: string): LocalAwsControl {
  const ask = async <T>(method: string, path: string, options: { readonly query?: Readonly<Record<string, string | number | undefined>>; readonly body?: unknown } = {}): Promise<T> => {
    const query = Object.entries({ account, ...options.query }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]))
    const answer = await fetch(`${url}/_local-aws/${path}?${new URLSearchParams(Object.fromEntries(query)).toString()}`, { method, ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`Local AWS refused ${method} ${path}: ${text}`)
    return (answer.headers.get('content-type')?.startsWith('application/json') === true ? JSON.parse(text) : text) as T
  }
  const tell = async (method: string, path: string, query: Readonly<Record<string, number | undefined>> = {}): Promise<void> => void (await ask(method, path, { query }))
  return {
    url,
    account,
    journal: () => ask('GET', 'journal'),
    journalTable: () => ask('GET', 'journal', { query: { format: 'table' } }),
    clearJournal: () => tell('DELETE', 'journal'),
    settings: () => ask('GET', 'settings'),
    configure: (patch) => ask('PUT', 'settings', { body: patch }),
    fault: async (match, action, times) => (await ask<{ id: number }>('POST', 'faults', { body: { match, action, times } })).id,
    faults: () => ask('GET', 'faults'),
    clearFaults: (id) => tell('DELETE', 'faults', { id }),
    held: (timeoutMs) => ask('GET', 'held', { query: { timeout: timeoutMs } }),
    release: (seq) => tell('POST', 'release', { seq }),
    idle: () => tell('GET', 'idle'),
    refill: () => tell('POST', 'refill'),
    state: () => ask('GET', 'state'),
    reset: () => tell('POST', 'reset'),
  }
}

/** The clock of a running local AWS, as a child process needs it in its environment (see kernel/scale-timers.mjs). */
export async function clockEnvironment(url: string): Promise<Readonly<Record<string, string>>> {
  const answer = await fetch(`${url}/_local-aws/health`)
  const { clock } = (await answer.json()) as { clock: { rate: number; epoch: number } }
  return { LOCAL_AWS_CLOCK_RATE: String(clock.rate), LOCAL_AWS_CLOCK_EPOCH: String(clock.epoch) }
}
