import { pause } from '../cancellation.ts'
import { UserError } from '../errors.ts'
import { readAlarms, type Alarm } from '../resources/cloudwatch/alarms.ts'
import { AnswerCounter, type Split } from '../resources/logs/answers.ts'
import { OtherRunWon } from '../resources/other-run.ts'
import { known, type ApplyContext } from '../resources/step.ts'
import { accessLogGroup, hasLogGroup } from '../service/access-log.ts'
import type { OwnCanary } from '../service/canary.ts'
import type { ReleaseRecord } from '../service/release-record.ts'
import type { CanarySpec, Service } from '../service/service.ts'
import { statusPattern } from '../service/status-pattern.ts'
import { refuseOtherCanary, takeBack } from './canary-end.ts'
import { isWorse, shareOf } from './verdict.ts'
import { timeWords } from './words.ts'

/** CloudWatch judges alarms every minute at most times; lines of the access log come within seconds. */
const lookEvery = 30_000
/** So many lines tell of a whole bake, however long it is. */
const lines = 20

interface BakeInput {
  readonly service: Service
  readonly spec: CanarySpec
  /** Milliseconds. */
  readonly bake: number
  /** The canary that stood already when this run began, where this run has not put one there. */
  readonly standing: OwnCanary | undefined
  /** What the stage remembers. */
  readonly record: ReleaseRecord
}

/** What one look at a canary shows. */
interface Look {
  /** Undefined where the canary's answers cannot be told from the others. */
  readonly split: Split | undefined
  readonly alarms: readonly Alarm[]
  /** Alarms that turned red while the canary was there. */
  readonly turned: readonly Alarm[]
}

/**
 * Watches a canary, and takes it back when an alarm turns red or when it answers clearly worse than the rest ({@link isWorse}).
 * @throws UserError where it was taken back
 * @throws OtherRunWon where it is gone, or is another one
 */
export async function bakeCanary(context: ApplyContext, input: BakeInput): Promise<void> {
  const canary = context.ids.canary?.canary ?? known(input.standing, 'the canary')
  await watch(context, input, canary).catch((error: unknown) => {
    const isTold = error instanceof UserError || error instanceof OtherRunWon
    if (!isTold) {
      context.progress.warning(
        `Release ${canary.release.number} stays a canary with ${canary.percent} % of the requests. The next deploy of the same goes on ` +
        'with it, one of another release takes it back, and so does `command: rollback`.',
      )
    }
    throw error
  })
}

async function watch(context: ApplyContext, { service, spec, bake, record }: BakeInput, canary: OwnCanary): Promise<void> {
  const { progress } = context
  const since = canary.release.wentLiveAt * 1000
  const until = since + bake
  const counter = counterOf(context, service, since)
  if (counter === undefined) {
    progress.info(`The canary's answers cannot be told from the others, because ${blindness(service)}: alarms decide.`)
  }
  let told = since
  for (let look: Look | undefined; ;) {
    await pause(Math.max(0, Math.min(lookEvery, until - Date.now())))
    await refuseOtherCanary(context, canary)
    const isFirst = look === undefined
    look = await lookAt(context, { spec, counter, since })
    if (isFirst) tellRedBefore(context, look)
    const now = Date.now()
    const fault = faultOf(look)
    if (fault !== undefined || now >= until || now - told >= Math.max(lookEvery, bake / lines)) {
      told = now
      progress.info(`Canary, ${timeWords(Math.min(now - since, bake))} of ${timeWords(bake)}: ${lookWords(look)}`)
    }
    if (fault !== undefined) {
      await takeBack(context, canary, record)
      throw takenBack(service, canary, fault)
    }
    if (now >= until) return
  }
}

function counterOf({ aws, ids }: ApplyContext, service: Service, since: number): AnswerCounter | undefined {
  const { accessLog } = service
  const status = hasLogGroup(accessLog) ? statusPattern(accessLog.format ?? '') : undefined
  return status && new AnswerCounter(aws, { group: accessLogGroup(service, known(ids.apiId, 'the API')), status, since })
}

function blindness({ accessLog }: Service): string {
  if (accessLog.format === undefined) return 'the access log is off'
  return accessLog.stream === undefined ? 'its format has no `$context.status`' : 'the access log goes to a stream'
}

async function lookAt(
  { aws, ids }: ApplyContext, { spec, counter, since }: { spec: CanarySpec; counter: AnswerCounter | undefined; since: number },
): Promise<Look> {
  const [split, alarms] = await Promise.all([counter?.look(), readAlarms(aws, spec.alarms)])
  const before = ids.canary?.redBefore
  // Where another run has put the canary there, the times tell which alarms were red before.
  const wasRed = ({ name, since: at }: Alarm): boolean => (before === undefined ? at < since : before.get(name) === at)
  return { split, alarms, turned: alarms.filter((alarm) => alarm.isRed && !wasRed(alarm)) }
}

function tellRedBefore({ progress }: ApplyContext, { alarms, turned }: Look): void {
  const names = alarms.filter((alarm) => alarm.isRed && !turned.includes(alarm)).map(({ name }) => name)
  if (names.length === 0) return
  const one = names.length === 1
  progress.warning(
    `${names.join(', ')} ${one ? 'was' : 'were'} red before the canary began. ${one ? 'It counts' : 'They count'} only when ` +
    `${one ? 'it turns' : 'they turn'} red anew.`,
  )
}

/** Why a canary is taken back, in a sentence; undefined where nothing speaks against it. */
function faultOf({ split, turned }: Look): string | undefined {
  const [alarm] = turned
  if (alarm !== undefined) return `The alarm ${alarm.name} turned red: ${alarm.reason}`
  if (split === undefined || !isWorse(split)) return undefined
  return `It answered ${splitWords(split)}.`
}

function lookWords({ split, alarms }: Look): string {
  const red = alarms.filter(({ isRed }) => isRed).map(({ name }) => name)
  const told = red.length === 0 ? `${alarms.length === 1 ? alarms[0]?.name : `${alarms.length} alarms`} not red` : `red: ${red.join(', ')}`
  return [...(split === undefined ? [] : [splitWords(split)]), ...(alarms.length === 0 ? [] : [told])].join('; ') || 'nothing to look at'
}

function splitWords({ canary, rest }: Split): string {
  const share = (each: Split['canary']): string => (each.requests === 0 ? '' : ` (${(100 * shareOf(each)).toFixed(1)} %)`)
  const words = (each: Split['canary']): string => `${each.errors} of ${each.requests} requests with 5XX${share(each)}`
  return `${words(canary)}, the others ${words(rest)}`
}

function takenBack({ name, stage }: Service, { release }: OwnCanary, fault: string): UserError {
  return new UserError({
    what: `The canary, release ${release.number} of ${name}, was taken back: all requests to ${stage} get what they got before.`,
    why: fault,
    cure:
      `Look into the access log's group that ends in /Canary, fix the code and deploy again. Release ${release.number} is held: ` +
      'just the same is deployed only with `force: true`.',
    docs: 'releases.md#canary',
  })
}
