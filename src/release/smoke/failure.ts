import { UserError } from '../../errors.ts'
import { answerText, shortcomings, withoutSecrets } from '../../service/smoke/expect.ts'
import type { Answer, SmokeTest } from '../../service/smoke/smoke-test.ts'
import { defined } from '../../defined.ts'

/** What a test that failed says besides its answer. */
interface Outcome {
  /** When it was asked: `before the release went live`. */
  readonly when: string
  /** What callers get now, and what to do. */
  readonly cure: string
  readonly secrets: readonly string[]
  /** Who answered: `shop:prod-b, version 7`, or a URL. */
  readonly from: string
}

/** A test's failure with its place, what was expected and what was got. */
export function smokeFailure(test: SmokeTest, answer: Answer, { when, cure, secrets, from }: Outcome): UserError {
  const lacks = withoutSecrets(shortcomings(test.expected, answer).join('; '), secrets)
  return new UserError(defined({
    what: `The smoke test ${test.line} failed ${when}: ${lacks}.`,
    why: `${from} answered ${answerText(answer, secrets)}`,
    cure,
    docs: 'releases.md#smoke-tests',
    place: test.place,
  }))
}
