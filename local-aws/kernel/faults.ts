/** Which calls a fault hits; every named condition must hold. */
export interface FaultMatch {
  readonly service?: string
  readonly operation?: string
  /** Number of the call in the account, counted from 1 since the last reset (the journal's `seq`). */
  readonly call?: number
  /** Only calls that write (true) or read (false). */
  readonly writes?: boolean
  /** Share of the calls that are hit, 0 to 1, drawn from `seed`. */
  readonly probability?: number
  readonly seed?: number
}

/** What happens to the call. */
export type FaultAction =
  /** Refused before the effect. */
  | { readonly kind: 'error'; readonly code: string; readonly status?: number; readonly message?: string; readonly retryAfter?: number }
  /** The connection is cut, before or after the effect. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** The call hangs, before or after the effect, until `POST /_local-aws/held` releases it. */
  | { readonly kind: 'hold'; readonly when: 'before' | 'after' }
  /** Answered late, in real milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The service itself acts it out: `partial-put`, `lost-statement`, …; see each service's files. */
  | { readonly kind: 'quirk'; readonly name: string }

/** A rule as given; `times` is how often it strikes (default 1; 0 is without end). */
export interface FaultRule {
  readonly match: FaultMatch
  readonly action: FaultAction
  readonly times?: number
}

/** What a rule is asked about. */
export interface FaultSubject {
  readonly service: string
  readonly operation: string
  readonly seq: number
  readonly writes: boolean
}

interface ArmedRule {
  readonly id: number
  readonly rule: FaultRule
  left: number
  readonly random: () => number
}

/** The faults that one account is under. */
export class Faults {
  #rules: ArmedRule[] = []
  #last = 0

  /** Arms a rule and returns its id. */
  add(rule: FaultRule): number {
    const times = rule.times ?? 1
    this.#rules.push({ id: ++this.#last, rule, left: times === 0 ? Infinity : times, random: randomFrom(rule.match.seed ?? 1) })
    return this.#last
  }

  list(): readonly (FaultRule & { readonly id: number; readonly left: number | null })[] {
    return this.#rules.map(({ id, rule, left }) => ({ id, ...rule, left: left === Infinity ? null : left }))
  }

  /** Without an id, all of them. */
  remove(id?: number): void {
    this.#rules = id === undefined ? [] : this.#rules.filter((armed) => armed.id !== id)
  }

  /** The actions that strike this call, in the order in which their rules were armed; each counts as one strike. */
  strike(subject: FaultSubject): readonly FaultAction[] {
    const struck = this.#rules.filter((armed) => armed.left > 0 && matches(armed, subject))
    for (const armed of struck) armed.left -= 1
    return struck.map(({ rule }) => rule.action)
  }
}

function matches({ rule, random }: ArmedRule, subject: FaultSubject): boolean {
  const { match } = rule
  if (match.service !== undefined && match.service !== subject.service) return false
  if (match.operation !== undefined && match.operation !== subject.operation) return false
  if (match.call !== undefined && match.call !== subject.seq) return false
  if (match.writes !== undefined && match.writes !== subject.writes) return false
  return match.probability === undefined || random() < match.probability
}

/** mulberry32: the same seed gives the same sequence in [0, 1) on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
