import type { Call } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import type { Code } from './code.ts'
import type { Configuration } from './configuration.ts'
import { stale } from './errors.ts'
import { failureOf } from './failures.ts'
import { newRevision, type LambdaFunction } from './state.ts'
import { refuseWhileChanging } from './states.ts'

/** What an update makes of `$LATEST`. */
export interface Change {
  readonly configuration: Configuration
  readonly code: Code
}

/** Refuses a change while one is under way, or one that names another revision. */
export function checkChangeable(call: Call, fn: LambdaFunction, revisionId: string | undefined): void {
  refuseWhileChanging(fn, functionArn(call, fn.name))
  if (revisionId !== undefined && revisionId !== fn.latest.revisionId) throw stale('GetFunction/GetAlias')
}

/** Puts `$LATEST` under way to the change, even to one that changes nothing (test_redundant_updates). */
export function startUpdate(call: Call, { latest }: LambdaFunction, { configuration, code }: Change): void {
  latest.configuration = configuration
  latest.code = code
  latest.lastModified = call.now
  latest.revisionId = newRevision()
  latest.transition = { kind: 'update', until: call.now + call.account.settings.windows.functionUpdate, failure: failureOf(call) }
}
