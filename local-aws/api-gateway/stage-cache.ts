import type { Call, Output } from '../kernel/call.ts'
import { findStage } from './stages.ts'

/**
 * Empties what a stage has in its cache: FlushStageCache, FlushStageAuthorizersCache (service model: 202 without a body). Nothing is cached
 * here. unverified: what a stage without a cache answers.
 */
export function flushCache(call: Call): Output {
  findStage(call)
  return {}
}
