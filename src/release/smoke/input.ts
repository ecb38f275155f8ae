import type { Actual } from '../../actual/actual.ts'
import type { Service } from '../../service/service.ts'
import type { Handover, NextRelease } from '../next.ts'

/** A release that is to go live, and how the stage passes to it. */
export interface SmokeInput {
  readonly service: Service
  readonly actual: Actual
  readonly next: NextRelease
  readonly handover: Handover
}
