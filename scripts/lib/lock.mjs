// @ts-check
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { atExit } from './lifetime.mjs'

/**
 * Runs `work` while no other process of this machine runs work under the same lock.
 * @template T
 * @param {string} path a file that exists while the lock is held, with the holder's process id in it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  for (let waited = 0; !take(path); waited += 1) {
    if (waited === 10) process.stderr.write('Waiting for another run that is setting up ...\n')
    await sleep(200)
  }
  const release = () => rmSync(path, { force: true })
  const forget = atExit(release)
  try {
    return await work()
  } finally {
    release()
    forget()
  }
}

/** @param {string} path */
function take(path) {
  const own = `${path}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    // A link appears with its content or not at all, unlike a file that is created and then written.
    linkSync(own, path)
    return true
  } catch {
    if (isStale(path)) rmSync(path, { force: true })
    return false
  } finally {
    rmSync(own)
  }
}

/**
 * A holder that was killed leaves its file behind.
 * @param {string} path
 */
function isStale(path) {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0)
    return false
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
}
