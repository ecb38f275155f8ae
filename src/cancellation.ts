import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PlannedChange } from './change.ts'

/** The run was told to stop, by a signal. */
export class Cancelled extends Error {
  /** Such as `SIGINT`. */
  readonly signal: string
  /** Whether something was sent that nobody has answered. */
  readonly isUnanswered: boolean

  constructor(signal: string, isUnanswered = false) {
    super(`The run was stopped by ${signal}.`)
    this.name = 'Cancelled'
    this.signal = signal
    this.isUnanswered = isUnanswered
  }
}

/** A change that had been begun when the run was told to stop, and may be done, or done in part. */
export interface Begun extends Pick<PlannedChange, 'kind' | 'name' | 'phase'> {
  readonly isUnanswered: boolean
}

/** A plan was told to stop before its end. */
export class Stopped extends Cancelled {
  /** Undefined where nobody knows how far it had come. */
  readonly begun: readonly Begun[] | undefined

  constructor(signal: string, begun: readonly Begun[] | undefined) {
    super(signal, begun === undefined || begun.some((each) => each.isUnanswered))
    this.begun = begun
  }
}

/*
 * A signal comes to the whole process, whatever part of it is at work, so there is one of each for all. The first says that nothing new
 * is begun; the second that what is under way is waited for no longer.
 */
const stopping = new AbortController()
const abandoned = new AbortController()
// Every wait and every call listens, and there may be hundreds.
setMaxListeners(0, stopping.signal, abandoned.signal)

/** Nothing new is begun from now on: waits end, and so do programs that were started; calls of AWS that are out may still be answered. */
export function cancel(signal: string): void {
  stopping.abort(new Cancelled(signal))
}

/** What is under way is waited for no longer. */
export function giveUp(): void {
  abandoned.abort(new Cancelled(cancellation()?.signal ?? '', true))
}

/** The order to stop; undefined while there is none. */
export function cancellation(): Cancelled | undefined {
  return stopping.signal.aborted ? (stopping.signal.reason as Cancelled) : undefined
}

/** @throws Cancelled where the run was told to stop; asked before anything new is begun. */
export function refuseCancelled(): void {
  stopping.signal.throwIfAborted()
}

/** Calls `stop` once the run is told to stop; what it gives takes that back. */
export function onCancel(stop: () => void): () => void {
  stopping.signal.addEventListener('abort', stop, { once: true })
  return () => stopping.signal.removeEventListener('abort', stop)
}

/**
 * Waits for some milliseconds.
 * @param isUnanswered whether something was sent before of which nobody knows whether it was done
 * @throws Cancelled as soon as the run is told to stop
 */
export async function pause(milliseconds: number, isUnanswered = false): Promise<void> {
  await sleep(milliseconds, undefined, { signal: stopping.signal }).catch((error: unknown) => {
    const order = cancellation()
    throw order === undefined ? error : new Cancelled(order.signal, isUnanswered)
  })
}

/**
 * Sends something, and gives the answer as long as it is waited for.
 * @throws Cancelled once it is not; then nothing is sent any more
 */
export async function answerTo<T>(send: () => Promise<T>): Promise<T> {
  const { signal } = abandoned
  signal.throwIfAborted()
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Cancelled)
    signal.addEventListener('abort', stop, { once: true })
    send().then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
