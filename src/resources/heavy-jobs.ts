import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import type { FunctionCode } from './code.ts'

/** How much heavy work goes on at once: more builds than processors, or more large packages in memory, make no run faster. */
export const heavyJobs = Math.min(4, Math.max(2, availableParallelism()))

/** Bytes of a package that is sent beside whatever is sent already. */
const small = 2 * 1_048_576

const large = new PQueue({ concurrency: heavyJobs })

/** Reads and sends a package: small ones at once, large ones in lanes, because a request holds its package several times over. */
export async function limitUploads<T>({ size = 0 }: Pick<FunctionCode, 'size'>, send: () => Promise<T>): Promise<T> {
  return size < small ? send() : large.add(send)
}
