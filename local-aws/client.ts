import { fileURLToPath } from 'node:url'
import type { FaultAction, FaultMatch, FaultRule } from './kernel/faults.ts'
import type { HeldCall } from './kernel/holds.ts'
import type { ClockState } from './kernel/clock.ts'
import type { JournalEntry } from './kernel/journal.ts'
import type { SettingsPatch } from './kernel/change-settings.ts'
import type { Settings } from './kernel/settings.ts'

export { longestChain } from './kernel/longest-chain.ts'
export type { ClockState, FaultAction, FaultMatch, FaultRule, HeldCall, JournalEntry, Settings, SettingsPatch }

/** What `node` needs before its script, and in its environment. */
export interface ChildClock {
  readonly nodeArgs: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/** The control API of one account of a running local AWS. Each method rejects with the server's words when it refuses. */
export interface LocalAwsControl {
  readonly url: string
  readonly account: string
  /** The account's clock. */
  readonly clock: () => Promise<ClockState>
  /** Moves the account's clock on by so many virtual milliseconds. */
  readonly advance: (ms: number) => Promise<ClockState>
  /** Lets the account's clock run by itself at this rate; 0 stops it. */
  readonly runClock: (rate: number) => Promise<ClockState>
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
  /** Whether a rule without evidence has ever decided something in the account, before a reset or after it. */
  readonly metUnverified: () => Promise<boolean>
  /** Keeps a copy of all that the account holds, of its settings and its time; gives the number to `restore` it by. */
  readonly keepCopy: () => Promise<number>
  /** Puts the account back to what it was when that copy was made; faults and journal are empty, and functions start cold. */
  readonly restore: (copy: number) => Promise<void>
  /** Wipes the account: front, engine, journal, faults and settings. */
  readonly reset: () => Promise<void>
}

/** Connects to one account (12 digits) of the local AWS at `url`. */
export function connect(url: string, account: string): LocalAwsControl {
  const ask = async <T,>(
    method: string,
    path: string,
    options: { readonly query?: Readonly<Record<string, string | number | undefined>>; readonly body?: unknown } = {},
  ): Promise<T> => {
    const query = Object.entries({ account, ...options.query }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as const],
    )
    const answer = await fetch(`${url}/_local-aws/${path}?${new URLSearchParams(Object.fromEntries(query)).toString()}`, {
      method,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`Local AWS refused ${method} ${path}: ${text}`)
    return (answer.headers.get('content-type')?.startsWith('application/json') === true ? JSON.parse(text) : text) as T
  }
  const tell = async (method: string, path: string, query: Readonly<Record<string, number | undefined>> = {}): Promise<void> =>
    void (await ask(method, path, { query }))
  return {
    url,
    account,
    clock: () => ask('GET', 'clock'),
    advance: (ms) => ask('POST', 'clock', { body: { advance: ms } }),
    runClock: (rate) => ask('POST', 'clock', { body: { rate } }),
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
    metUnverified: async () => (await ask<{ met: boolean }>('GET', 'unverified')).met,
    keepCopy: async () => (await ask<{ copy: number }>('POST', 'copies')).copy,
    restore: (copy) => tell('POST', 'restore', { copy }),
    reset: () => tell('POST', 'reset'),
  }
}

/**
 * Puts a child `node` under the clock of one account: arguments before its script, and environment. What the child waits for then moves
 * the clock instead of taking its time (see kernel/child-clock.mjs): a wait of `pace` virtual milliseconds takes one real one at least.
 */
export function childClock({ url, account }: { readonly url: string; readonly account: string }, pace = 1_000): ChildClock {
  const environment = { LOCAL_AWS_CLOCK: `${url}/_local-aws/clock?account=${account}`, LOCAL_AWS_PACE: String(pace) }
  return { nodeArgs: ['--import', preload], environment }
}

const preload = fileURLToPath(new URL('./kernel/child-clock.mjs', import.meta.url))
