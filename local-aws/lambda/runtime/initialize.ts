import { interpreterFor } from './interpreters.ts'
import { INIT_TIMEOUT_MS, programOf, streamName, type Start } from './execute.ts'
import { poolOf } from './pools.ts'

/**
 * Starts a process ahead of all requests.
 * @returns whether it could load the handler's module; a runtime that this machine lacks counts as one that could
 */
export async function initialize(start: Omit<Start, 'initialization'>): Promise<boolean> {
  const interpreter = await interpreterFor(start.served.configuration.Runtime ?? '')
  if (interpreter === undefined) return true
  const pool = poolOf(programOf({ ...start, initialization: 'provisioned-concurrency' }, interpreter))
  const worker = await pool.take(() => streamName(start.version, start.account.clock.now()))
  if (worker.warm) return pool.release(worker).then(() => true)
  const reply = await worker.instance.reply(INIT_TIMEOUT_MS)
  if (reply?.kind !== 'ready') await worker.instance.stop()
  await pool.release(worker)
  return reply?.kind === 'ready'
}
