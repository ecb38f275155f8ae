import { unverified } from '../kernel/unverified.ts'
import type { Call } from '../kernel/call.ts'
import type { Configuration } from './configuration.ts'
import { invalid } from './errors.ts'
import type { Version } from './state.ts'

/** Developer guide, SnapStart: Java 11, Python 3.12, .NET 8 and later; no other managed runtime, and no OS-only one. */
const RUNTIMES = /^(java(11|17|2[1-9])|python3\.(1[2-9])|dotnet(8|9|[1-9]\d))$/

/** Only published versions are snapshots (developer guide, SnapStart). */
export function isSnapshot({ number, configuration }: Pick<Version, 'number' | 'configuration'>): boolean {
  return number !== '$LATEST' && configuration.SnapStart.ApplyOn === 'PublishedVersions'
}

/**
 * Refuses what SnapStart does not support (developer guide, SnapStart). Text of the runtime: aws-samples/bedrock-chat issue 617, reports of
 * nodejs18.x; unverified: that it is refused in every Region (LocalStack PR 12006 saw all runtimes taken in 2024-12), and the texts of the
 * other two.
 */
export function checkSnapStart(call: Call, { SnapStart, Runtime, EphemeralStorage, FileSystemConfigs }: Configuration): void {
  if (SnapStart.ApplyOn !== 'PublishedVersions') return
  unverified(call.account, () => {
    if (!RUNTIMES.test(Runtime ?? '')) throw notSupported(Runtime ?? '')
    if (EphemeralStorage.Size > 512) throw notSupported('EphemeralStorage of more than 512 MB')
    if ((FileSystemConfigs ?? []).length > 0) throw notSupported('FileSystemConfigs')
  })
}

function notSupported(what: string): Error {
  return invalid(`${what} is not supported for SnapStart enabled functions.`)
}
