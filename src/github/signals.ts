import { cancel, cancellation, giveUp, Stopped } from '../cancellation.ts'
import type { Progress } from '../progress.ts'

/**
 * A job that is cancelled, or whose time is up, gets SIGINT, 7.5 s later SIGTERM, and 2.5 s after that SIGKILL (docs.github.com,
 * "Canceling a workflow"; actions/runner, ProcessInvoker). A runner that is shut down sends others.
 */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** How long AWS's answers to what was sent are waited for, in milliseconds; the report needs the rest. */
const answersWithin = 3_500
/** How long the command itself may take to come to its end, in milliseconds. */
const endsWithin = 5_000

/** Listens for the runner's order to stop. What it gives runs a command, and gives it up when it does not end in time. */
export function listenForCancellation(progress: Progress): { readonly whileAllowed: <T>(command: Promise<T>) => Promise<T> } {
  const late = Promise.withResolvers<never>()
  late.promise.catch(() => undefined)
  for (const signal of signals) {
    process.on(signal, () => {
      // Whoever tells twice will not wait.
      if (cancellation() !== undefined) return giveUp()
      progress.info(`Told to stop (${signal}): nothing new is begun; AWS has ${answersWithin / 1000} s to answer what was sent.`)
      cancel(signal)
      setTimeout(giveUp, answersWithin)
      setTimeout(() => late.reject(new Stopped(signal, undefined)), endsWithin)
    })
  }
  return { whileAllowed: async (command) => Promise.race([command, late.promise]) }
}
