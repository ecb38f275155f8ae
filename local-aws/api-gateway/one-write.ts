import type { Call, Handler } from '../kernel/call.ts'
import { overlapping } from '../kernel/overlap.ts'
import { conflict } from './errors.ts'

export const CONCURRENT = 'Unable to complete operation due to concurrent modification. Please try again later.'

/**
 * A write that API Gateway refuses while an earlier write to the same API is under way.
 * Evidence: Terraform retries this text for its whole client (service/apigateway/service_package.go); terraform-provider-aws issue 13497
 * for two UpdateStage calls. That every overlap is refused is stricter than AWS, where only some are.
 */
export function oneAtATime(handler: Handler): Handler {
  return (call) => {
    if (overlapping(call).some((other) => isEarlierWrite(call, other))) throw conflict(CONCURRENT)
    return handler(call)
  }
}

function isEarlierWrite(call: Call, other: { seq: number; service: string; region: string; writes: boolean; params: unknown }): boolean {
  const sameApi = (other.params as { restApiId?: unknown } | undefined)?.restApiId === call.params.restApiId
  return other.writes && other.service === call.service && other.region === call.region && other.seq < (call.seq ?? 0) && sameApi
}
