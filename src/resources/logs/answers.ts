import { FilterLogEventsCommand, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import type { Aws } from '../../aws/clients.ts'
import { isRefusal } from '../../aws/refusal.ts'
import { canaryGroup } from '../../service/access-log.ts'

export const answerActions = ['logs:FilterLogEvents'] as const

/** How many requests were answered, and how many of them with 5XX. */
export interface Answers {
  readonly requests: number
  readonly errors: number
}

/** What a canary answered, and what all other requests were answered in the same time. */
export interface Split {
  readonly canary: Answers
  readonly rest: Answers
}

interface AnswerLog {
  /** The access log's group. */
  readonly group: string
  /** Finds the status in a line. */
  readonly status: RegExp
  /** Milliseconds since the epoch. */
  readonly since: number
}

/** A page holds 10,000 events or 1 MB (API reference, FilterLogEvents); so many are read at one look, a sample where there are more. */
const pagesAtOnce = 10
/** Lines come late, so each look goes back by so many milliseconds. */
const late = 120_000

/**
 * Counts answers by the access log, because no metric parts a canary from its stage: API Gateway lists ApiName, Stage, Method and Resource
 * as dimensions (developer guide, "API Gateway metrics and dimensions"). The guide on canaries says that their lines are reported to the
 * stage's group as well as to one of their own, but not whether that is both for each line. Every line has the request's id in it, without
 * which API Gateway takes no format, so a line that stands in both groups counts for the canary alone.
 */
export class AnswerCounter {
  readonly #aws: Aws
  readonly #log: AnswerLog
  readonly #seen = new Map<string, { readonly at: number; readonly isError: boolean; isCanary: boolean }>()
  /** Where the next look begins. */
  #from: number
  #counted: Split = { canary: { requests: 0, errors: 0 }, rest: { requests: 0, errors: 0 } }

  constructor(aws: Aws, log: AnswerLog) {
    this.#aws = aws
    this.#log = log
    this.#from = log.since
  }

  /** Everything since the beginning, as far as the log has it by now. */
  async look(): Promise<Split> {
    const { group, since } = this.#log
    const now = Date.now()
    const [canary, all] = await Promise.all([this.#read(canaryGroup(group)), this.#read(group)])
    // Where one of the two is too long for a look, both are compared as far as that one was read.
    const end = Math.min(canary.end, all.end)
    for (const each of all.events) this.#note(each, { end, isCanary: false })
    for (const each of canary.events) this.#note(each, { end, isCanary: true })
    this.#from = Number.isFinite(end) ? end : Math.max(since, now - late)
    return this.#settle(this.#from)
  }

  #note({ message = '', timestamp = 0 }: FilteredLogEvent, { end, isCanary }: { readonly end: number; readonly isCanary: boolean }): void {
    if (timestamp >= end) return
    const status = this.#log.status.exec(message.trimEnd())?.[1]
    if (status === undefined) return
    const known = this.#seen.get(message)
    this.#seen.set(message, { at: timestamp, isError: status.startsWith('5'), isCanary: isCanary || (known?.isCanary ?? false) })
  }

  /** What no look reads again is counted for good, so that nothing grows without end. */
  #settle(before: number): Split {
    const counted = { canary: { ...this.#counted.canary }, rest: { ...this.#counted.rest } }
    const lasting = structuredClone(counted)
    for (const [message, { at, isError, isCanary }] of this.#seen) {
      const side = isCanary ? 'canary' : 'rest'
      const isOld = at < before
      for (const each of isOld ? [counted, lasting] : [counted]) {
        each[side] = { requests: each[side].requests + 1, errors: each[side].errors + (isError ? 1 : 0) }
      }
      if (isOld) this.#seen.delete(message)
    }
    this.#counted = lasting
    return counted
  }

  /** The lines since a moment; `end` is where the reading stopped, as a moment that is not read whole. */
  async #read(logGroupName: string): Promise<{ readonly events: readonly FilteredLogEvent[]; readonly end: number }> {
    const events: FilteredLogEvent[] = []
    const startTime = this.#from
    let nextToken: string | undefined
    try {
      for (let page = 0; page < pagesAtOnce; page++) {
        const answer = await this.#aws.logs(new FilterLogEventsCommand({ logGroupName, startTime, nextToken }))
        events.push(...(answer.events ?? []))
        nextToken = answer.nextToken
        if (nextToken === undefined) return { events, end: Infinity }
      }
    } catch (error) {
      // API Gateway, or this run, makes the group; nothing has been written to it yet.
      if (isRefusal(error, 'ResourceNotFoundException')) return { events, end: Infinity }
      throw error
    }
    return { events, end: events.at(-1)?.timestamp ?? Infinity }
  }
}
