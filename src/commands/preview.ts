import { findPreviews } from '../actual/previews.ts'
import { cancellation } from '../cancellation.ts'
import type { PlannedChange } from '../change.ts'
import { defined } from '../defined.ts'
import { Interrupted } from '../errors.ts'
import { isUnknown, readPullRequest, type Unknown } from '../github/index.ts'
import { removeLateGroups } from '../resources/logs/log-group.ts'
import type { Result } from '../service/result.ts'
import { deploy } from './deploy.ts'
import { planRemoval, type Removal } from './remove-preview.ts'
import { withoutApply } from './result.ts'
import { showPlan, type Run } from './run.ts'

/**
 * Deploys the preview of a pull request. Closing it wins: its state is read before anything is built, right before the release goes live
 * and at the end, also after a failure, and the preview of one that is closed by then is taken away.
 */
export async function deployPreview(run: Run): Promise<Result> {
  const closed = `Pull request ${run.options.preview} is closed, so its preview is taken away.`
  const look = new Look(run)
  const isClosed = (): Promise<boolean> => look.isClosed()
  if (await isClosed()) return removeAll(run, closed)
  const beforeLive = async (): Promise<void> => {
    if (await isClosed()) throw new Error(closed)
  }
  try {
    const result = await deploy({ ...run, beforeLive })
    if (!(await isClosed())) return result
  } catch (error) {
    if (cancellation() !== undefined || !(await isClosed())) throw error
  }
  return removeAll(run, closed)
}

/** Takes the preview away when its pull request is closed; one that is open again by then keeps what another run deploys. */
export async function destroyPreview(run: Run): Promise<Result> {
  const { preview } = run.options
  const isOpenAgain = run.pullRequest?.action === 'closed' && (await isOpen(run))
  if (isOpenAgain) return ended(run, { done: [], removals: [], notes: [`Pull request ${preview} is open again: its preview stays.`] })
  return removeAll(run)
}

async function isOpen({ github, progress, options: { preview = 0 } }: Run): Promise<boolean> {
  const answer = await readPullRequest(github, preview)
  if (!isUnknown(answer)) return answer.isOpen
  progress.warning(unknownText(preview, answer))
  return false
}

/** Looks at a pull request more than once: one that was seen closed is not asked for again, and what is not known is told once. */
class Look {
  readonly #run: Run
  #last: 'open' | 'closed' | 'unknown' | undefined

  constructor(run: Run) {
    this.#run = run
  }

  async isClosed(): Promise<boolean> {
    const { github, progress, options: { preview = 0 } } = this.#run
    if (this.#last === 'closed') return true
    const answer = await readPullRequest(github, preview)
    const isFirst = this.#last !== 'unknown'
    this.#last = isUnknown(answer) ? 'unknown' : answer.isOpen ? 'open' : 'closed'
    if (isUnknown(answer) && isFirst) progress.warning(unknownText(preview, answer))
    return this.#last === 'closed'
  }
}

/** What to know where GitHub does not say it. */
function unknownText(preview: number, { unknown, status }: Unknown): string {
  const cure = status === 403 || status === 404 ? ' Give the job the permission `pull-requests: read`.' : ''
  return `Whether pull request ${preview} is open is not known: ${unknown}.${cure} The run goes on; \`command: sweep\` removes what stays.`
}

/** Removes the service's preview, or where no config names the service, all previews of the pull request. */
async function removeAll(run: Run, note?: string): Promise<Result> {
  const { aws, options: { preview, sweep: { service } }, service: { repository }, stopwatch } = run
  const found = await stopwatch.time('read AWS', () => findPreviews(aws, defined({ repository, number: preview, service })))
  const notes = note === undefined ? [] : [note]
  // A run that was killed may have removed it and told nobody, so the config's own is told in any case.
  const own = run.service.name === '' ? [] : [run.service.name]
  const gone = [...new Set([...own, ...found.map(({ id }) => id.name)])]
  if (found.length === 0) {
    return ended(run, { done: [], removals: [], notes: [...notes, `There is no preview of pull request ${preview}.`], gone })
  }
  const removals = await stopwatch.time('read AWS', () => Promise.all(found.map((each) => planRemoval(run, each))))
  await showPlan(run, removals.flatMap(({ steps }) => steps))
  const done: PlannedChange[] = []
  for (const removal of removals) {
    try {
      done.push(...(await run.progress.group('Apply', () => stopwatch.time('apply', removal.apply))))
    } catch (error) {
      const { cause, done: before } = Interrupted.from(error)
      throw new Interrupted([...done, ...before], cause)
    }
  }
  await removeLateGroups(aws, done.filter(({ kind }) => kind === 'log group').map(({ name }) => name))
  return ended(run, { done, removals, notes, gone })
}

interface Ending {
  readonly done: readonly PlannedChange[]
  readonly removals: readonly Removal[]
  readonly notes: readonly string[]
  /** Missing where the preview stays. */
  readonly gone?: readonly string[]
}

function ended({ service, stopwatch, options: { preview: pullRequest = 0 } }: Run, { done, removals, notes, gone }: Ending): Result {
  return defined({
    gone: gone?.map((name) => ({ service: name, pullRequest })),
    command: 'destroy', service: service.name, stage: service.stage, account: removals[0]?.account, changed: done.length > 0, functions: [],
    routes: [], plan: removals.flatMap(({ steps }) => steps.map(withoutApply)), timings: stopwatch.timings,
    notes: [...notes, ...removals.flatMap((each) => each.notes)],
  })
}
