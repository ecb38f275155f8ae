import type { Guard } from '../../resources/step.ts'
import { checkGuard } from './check.ts'
import type { SmokeInput } from './input.ts'
import { SmokeReport } from './report.ts'
import { verifyGuard } from './verify.ts'

/** The looks at a release's answers, and what they saw. */
export interface SmokePlan {
  readonly guards: readonly Guard[]
  readonly report: SmokeReport
}

/** The smoke tests of a release: on the alias before it goes live, over HTTP afterwards. None where no release goes live. */
export function planSmoke(input: SmokeInput): SmokePlan {
  const tests = input.handover.isNew ? input.service.release.smokeTests : []
  const report = new SmokeReport(tests.map(({ line }) => line))
  if (tests.length === 0) return { guards: [], report }
  return { guards: [checkGuard(tests, input, report), verifyGuard(tests, input, report)], report }
}
