import type { Guard, Step } from '../../resources/step.ts'
import { checkGuard } from './check.ts'
import type { SmokeInput } from './input.ts'
import { SmokeReport } from './report.ts'
import { isLiveUnverified, planVerified } from './verified.ts'
import { verifyGuard } from './verify.ts'

/** The looks at a release's answers, and what they saw. */
export interface SmokePlan {
  readonly guards: readonly Guard[]
  /** Takes the mark of a release away that is not verified yet. */
  readonly steps: readonly Step[]
  readonly report: SmokeReport
}

/**
 * The smoke tests of a release: on the alias before it goes live, over HTTP afterwards. Where none goes live, they are
 * asked only of one that a run which was killed has left without its answers.
 */
export function planSmoke(input: SmokeInput): SmokePlan {
  const { handover, service, actual } = input
  const isLeft = !handover.isNew && isLiveUnverified(actual)
  const tests = handover.isNew || isLeft ? service.release.smokeTests : []
  const report = new SmokeReport(tests.map(({ line }) => line))
  if (tests.length === 0) return { guards: [], steps: [], report }
  const verify = verifyGuard(tests, input, report)
  const steps = isLeft || handover.isUnverified === true ? [planVerified(service, handover, verify)] : []
  return { guards: isLeft ? [verify] : [checkGuard(tests, input, report), verify], steps, report }
}
