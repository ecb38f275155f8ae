import { randomUUID } from 'node:crypto'
import PQueue from 'p-queue'
import { pause, refuseCancelled } from '../../cancellation.ts'
import { SeveralErrors } from '../../errors.ts'
import { invoke } from '../../resources/lambda/invoke.ts'
import { OtherRunWon } from '../../resources/other-run.ts'
import { known, type ApplyContext, type Guard } from '../../resources/step.ts'
import { slotAlias } from '../../service/names.ts'
import { gatewayAnswer } from '../../service/smoke/answer.ts'
import { proxyEvent } from '../../service/smoke/event.ts'
import { answerText, isOnlyLate, shortcomings } from '../../service/smoke/expect.ts'
import type { Answer, SmokeTest } from '../../service/smoke/smoke-test.ts'
import { servedAfter } from '../go-live.ts'
import { smokeFailure } from './failure.ts'
import type { SmokeInput } from './input.ts'
import type { SmokeReport } from './report.ts'

/**
 * So many functions are called at once: a new account runs ten at once in all, and those that callers need are among them (developer guide,
 * "Lambda quotas"; the ten: awsdocs issues, new accounts).
 */
const lanes = 3

/** How long an alias may call the version that it named before: longer than any that was seen (`aliasSettles`). In milliseconds. */
const aliasPatience = 60_000

/** Documentation's own address (RFC 5737): the caller's is not known. */
const sourceIp = '192.0.2.1'

/** Invokes each test on the alias that is to go live, with the event that API Gateway would send. Callers never see it. */
export function checkGuard(tests: readonly SmokeTest[], input: SmokeInput, report: SmokeReport): Guard {
  return {
    id: 'smoke-test/check', phase: 'check', needs: [],
    check: (context) => context.progress.group('Smoke tests before the release goes live', async () => {
      const queue = new PQueue({ concurrency: lanes })
      const outcomes = await Promise.allSettled(
        tests.map((test, index) => queue.add(() => check(context, { test, index, input, report }))),
      )
      const failures = outcomes.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []))
      refuseCancelled()
      if (failures.length > 0) throw failures.length === 1 ? failures[0] : new SeveralErrors(failures)
    }),
  }
}

interface Check {
  readonly test: SmokeTest
  readonly index: number
  readonly input: SmokeInput
  readonly report: SmokeReport
}

async function check(context: ApplyContext, { test, index, input, report }: Check): Promise<void> {
  refuseCancelled()
  const { secrets, progress } = context
  const { answer, version } = await invoked(context, test, input)
  // The first call of a version starts it, which no caller of a live release waits for.
  const fair = isOnlyLate(test.expected, answer) ? (await invoked(context, test, input)).answer : answer
  report.note(index, { before: answerText({ ...fair, body: '' }, secrets) })
  const isGood = shortcomings(test.expected, fair).length === 0
  progress.info(`Smoke test ${test.line} on version ${version} of ${test.route.functionName}: ${answerText(fair, secrets)}`)
  if (isGood) return
  const isFirst = input.actual.stage === undefined
  throw smokeFailure(test, fair, {
    when: 'before the release went live', secrets,
    from: `Version ${version} of ${test.route.functionName}`,
    cure: `Fix the code, or the test, and deploy again. Callers never saw this: ${
      isFirst ? 'there is no stage yet' : 'the stage serves what it served before'}.`,
  })
}

/** What callers would get of the version that goes live. An alias that still calls the one before is asked again. */
async function invoked(
  context: ApplyContext, test: SmokeTest, { service, next, handover, actual }: SmokeInput,
): Promise<{ readonly answer: Answer; readonly version: string }> {
  const { aws, ids } = context
  const { functionName } = test.route
  const alias = slotAlias(service.stage, handover.slot)
  const version = next.versions.get(functionName) ?? known(ids.versions.get(functionName), `the version of ${functionName}`)
  const served = servedAfter(next, { handover, service, ids })
  const apiId = known(ids.apiId, 'the API')
  const event = proxyEvent(test, {
    account: context.account, apiId, stage: service.stage, deploymentId: served.deploymentId,
    variables: { ...actual.stage?.variables, ...served.variables },
    binaryMediaTypes: service.api.binaryMediaTypes,
    domainName: `${apiId}.execute-api.${aws.region}.${aws.dnsSuffix}`,
    sourceIp, requestId: randomUUID(), at: Date.now(),
  })
  const start = performance.now()
  for (;;) {
    const called = await invoke(aws, { functionName, qualifier: alias, event })
    if (called.version === undefined || called.version === version) {
      return { answer: gatewayAnswer(called, { request: test.request, binaryMediaTypes: service.api.binaryMediaTypes }), version }
    }
    if (performance.now() - start > aliasPatience) {
      throw new OtherRunWon(service, `${alias} of ${functionName} calls version ${called.version}; this run had put ${version} there.`)
    }
    await pause(1_000)
  }
}
