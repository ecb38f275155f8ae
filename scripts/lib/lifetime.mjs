// @ts-check
import { spawnSync } from 'node:child_process'

/**
 * What must be undone when this process ends, however it ends.
 * A script that starts servers or makes folders registers each here at once; SIGINT, SIGTERM, SIGHUP, a vanished parent and a plain end all lead through `end`.
 */

/** @type {Set<() => unknown>} */
const cleanups = new Set()
/** @type {Set<() => void>} */
const lastResorts = new Set()
let ending = false
let watching = false

/**
 * Registers work for the end of the process; the newest runs first.
 * @param {() => unknown} work may be asynchronous; its failure is reported and stops nothing
 * @returns {() => void} takes the work off the list again
 */
export function atEnd(work) {
  watch()
  cleanups.add(work)
  return () => cleanups.delete(work)
}

/**
 * Registers synchronous work for the moment when even the orderly end was cut short (`process.exit`, an uncaught error).
 * @param {() => void} work
 * @returns {() => void} takes the work off the list again
 */
export function atExit(work) {
  watch()
  lastResorts.add(work)
  return () => lastResorts.delete(work)
}

/**
 * Undoes everything and ends the process.
 * @param {number} code
 * @returns {Promise<never>}
 */
export async function end(code) {
  if (ending) return new Promise(() => undefined)
  ending = true
  for (const work of [...cleanups].reverse()) {
    try {
      await work()
    } catch (error) {
      process.stderr.write(`while cleaning up: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  process.exit(code)
}

/** @returns {boolean} whether the end has begun: failures are then its consequence and not worth a word */
export const isEnding = () => ending

/** Exit codes as shells count them: 128 and the signal's number. */
const signals = /** @type {const} */ ({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })

function watch() {
  if (watching) return
  watching = true
  for (const [signal, code] of Object.entries(signals)) process.on(signal, () => void end(code))
  process.on('exit', () => lastResorts.forEach((work) => work()))
}

/**
 * Ends this process when npm or the shell that npm put before it is gone: npm hands a signal on to that shell alone, which dies and leaves us behind,
 * and when npm is killed without a word, the shell waits on for us.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const npm = npmAbove(shell)
  setInterval(() => void ((process.ppid !== shell || (npm !== undefined && !isAlive(npm))) && end(signals.SIGTERM)), 300).unref()
}

/**
 * @param {number} shell
 * @returns {number | undefined} the process that started the shell, where it is npm: a shell may also put npm directly before us, and whoever started npm may go
 */
function npmAbove(shell) {
  /** @param {string} what @param {string} pid */
  const ask = (what, pid) => spawnSync('ps', ['-o', `${what}=`, '-p', pid]).stdout?.toString().trim() ?? ''
  const above = ask('ppid', String(shell))
  return /\bnpm\b/.test(ask('args', above)) ? Number(above) : undefined
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Ends this process when the one that started it with a channel is gone, even without a word: its servers would live on. */
export function endWithParent() {
  process.on('disconnect', () => void end(signals.SIGHUP))
  process.channel?.unref()
}
