import PQueue from 'p-queue'
import type { HttpAnswer } from '../../aws/http.ts'
import { Cancelled, pause } from '../../cancellation.ts'
import { SeveralErrors, UserError } from '../../errors.ts'
import { known, type ApplyContext, type Guard } from '../../resources/step.ts'
import { answerText, shortcomings } from '../../service/smoke/expect.ts'
import type { Answer, SmokeTest } from '../../service/smoke/smoke-test.ts'
import { stageSettles } from '../settle.ts'
import { smokeFailure } from './failure.ts'
import type { SmokeInput } from './input.ts'
import type { SmokeReport } from './report.ts'
import { takeBack } from './take-back.ts'

/** So many answers in a row must be right. */
const wanted = 3

/** So many requests are out at once. */
const lanes = 4

/** How long what means "not yet" is waited out: a new name, a new stage, a new permission. In milliseconds. */
const patience = 60_000

/** The release did not hold, and the stage serves what it served before. */
export class TakenBack extends SeveralErrors {}

/** Asks the live stage over HTTP. Where a test fails for good, the stage goes back to the release before. */
export function verifyGuard(tests: readonly SmokeTest[], input: SmokeInput, report: SmokeReport): Guard {
  return {
    id: 'smoke-test/verify', phase: 'verify', needs: [],
    check: (context) => context.progress.group('Smoke tests on the live stage', async () => {
      const queue = new PQueue({ concurrency: lanes })
      const attempts = await Promise.all(tests.map((test) => verify(context, test, queue)))
      attempts.forEach(({ told }, index) => report.note(index, { live: told }))
      tests.forEach(({ line }, index) => context.progress.info(`Smoke test ${line} on the live stage: ${attempts[index]?.told}`))
      if (attempts.every(({ failure }) => failure === undefined)) return
      const back = await takeBack(context, input)
      const failures = attempts.flatMap(({ failure }) => failure?.(back.words) ?? [])
      throw back.isBack ? new TakenBack(failures) : new SeveralErrors(failures)
    }),
  }
}

interface Attempt {
  /** The last answer, in words. */
  readonly told: string
  /** Missing where the test has passed. Takes what has become of the release. */
  readonly failure?: (outcome: string) => UserError
}

/** Asks until three answers in a row are right, or until it is sure that they will not be. */
async function verify(context: ApplyContext, test: SmokeTest, queue: PQueue): Promise<Attempt> {
  const { aws, ids, secrets, invokeUrl } = context
  const { path, query, ...request } = test.request
  const url = `${invokeUrl(known(ids.apiId, 'the API'))}${path}${query === '' ? '' : `?${query}`}`
  const live = ids.wentLiveAt ?? Date.now()
  const send = async (): Promise<HttpAnswer | Error> => {
    try {
      return await aws.ask({ ...request, url })
    } catch (error) {
      if (error instanceof Cancelled) throw error
      return error instanceof Error ? error : new Error(String(error))
    }
  }
  for (let right = 0; ;) {
    const answer = (await queue.add(send)) ?? new Error('no answer')
    const isRight = !(answer instanceof Error) && !isUnrouted(answer) && shortcomings(test.expected, answer).length === 0
    right = isRight ? right + 1 : 0
    if (right === wanted && !(answer instanceof Error)) return { told: answerText({ ...answer, body: '' }, secrets) }
    if (isRight) continue
    const limit = answer instanceof Error || isNotYet(answer) ? patience : stageSettles
    if (Date.now() - live > limit) return failed(test, answer, { url, secrets })
    await pause(1_000)
  }
}

interface Asked {
  readonly url: string
  readonly secrets: readonly string[]
}

function failed(test: SmokeTest, answer: Answer | Error, { url, secrets }: Asked): Attempt {
  const when = 'on the live stage'
  if (!(answer instanceof Error)) {
    const from = `${test.request.method} ${url}`
    const told = answerText({ ...answer, body: '' }, secrets)
    return { told, failure: (cure) => smokeFailure(test, answer, { when, cure, secrets, from }) }
  }
  const told = `no answer: ${answer.message}`
  const text = { what: `The smoke test ${test.line} failed ${when}: no answer came.`, why: `${url}: ${answer.message}` }
  const place = test.place === undefined ? {} : { place: test.place }
  return { told, failure: (cure) => new UserError({ ...text, cure, docs: 'releases.md#smoke-tests', ...place }) }
}

/** API Gateway knows no such route, or not yet (recorded: test_routing_not_found); the config has one, so this is never right. */
function isUnrouted({ status, errorType }: HttpAnswer): boolean {
  return status === 403 && errorType === 'MissingAuthenticationTokenException'
}

/** Whether API Gateway answers for itself, as it may for a while: a new permission (terraform-provider-aws#17604), too many requests. */
function isNotYet(answer: HttpAnswer): boolean {
  const { status, errorType } = answer
  return isUnrouted(answer) || status === 429 || (status === 500 && errorType === 'InternalServerErrorException')
}
