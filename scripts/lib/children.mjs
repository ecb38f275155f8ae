// @ts-check
import { spawn } from 'node:child_process'
import { atEnd, atExit } from './lifetime.mjs'

/**
 * @typedef {object} Ended
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 *
 * @typedef {object} Child
 * @property {import('node:child_process').ChildProcess} process
 * @property {Promise<Ended>} ended never rejects, except when the program could not be started
 * @property {(graceMs?: number) => Promise<void>} stop SIGTERM to the child, then SIGKILL to all that it started
 * @property {() => void} kill SIGKILL to the child and all that it started, at once
 */

/**
 * Starts a program in a process group of its own, so that what it starts in turn can be ended with it.
 * It never outlives this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Child}
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: true })
  const kill = () => killGroup(child.pid)
  const forget = [atExit(kill), atEnd(() => stop())]
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    // What the child left behind would keep its pipes open, and `close` would never come.
    child.once('exit', kill)
    child.once('close', (code, signal) => resolve({ code, signal }))
  }).finally(() => forget.forEach((each) => each()))
  // Whoever awaits `ended` hears of the failure; nobody has to.
  ended.catch(() => undefined)
  const stop = async (graceMs = 10_000) => {
    const timer = setTimeout(kill, graceMs)
    child.kill('SIGTERM')
    await ended.catch(() => undefined)
    clearTimeout(timer)
  }
  return { process: child, ended, stop, kill }
}

/**
 * Runs a program to its end and keeps what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { limitMs?: number }} [options] after `limitMs` the program is ended, and `output` says so
 * @returns {Promise<Ended & { output: string, stdout: string }>} `output` is stdout and stderr in the order of arrival; a program that does not exist gives code 127
 */
export async function run(command, args, { limitMs, ...options } = {}) {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let stdout = ''
  const limit = limitMs === undefined ? undefined : setTimeout(() => {
    output += `\nended after ${limitMs / 1000} s without a result\n`
    void child.stop()
  }, limitMs)
  for (const stream of [child.process.stdout, child.process.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
      if (stream === child.process.stdout) stdout += text
    })
  }
  try {
    return { ...(await child.ended), output, stdout }
  } catch (error) {
    return { code: 127, signal: null, stdout, output: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(limit)
  }
}

/** @param {number | undefined} leader */
function killGroup(leader) {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // The group is gone already, which is what was asked for.
  }
}
