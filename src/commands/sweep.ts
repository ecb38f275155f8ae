import { findPreviews, lastDeployOf, type StandingPreview } from '../actual/previews.ts'
import { cancellation } from '../cancellation.ts'
import type { PlannedChange } from '../change.ts'
import { defined } from '../defined.ts'
import { Interrupted, SeveralErrors } from '../errors.ts'
import { isBranchGone, isUnknown, readPullRequest } from '../github/index.ts'
import { removeLateGroups } from '../resources/logs/log-group.ts'
import type { Step } from '../resources/step.ts'
import type { Account } from '../service/arns.ts'
import type { Result, SweptPreview } from '../service/result.ts'
import { planRemoval } from './remove-preview.ts'
import { withoutApply } from './result.ts'
import { showPlan, type Run } from './run.ts'

/** Milliseconds between two deletions of APIs, which AWS allows an account and Region (developer guide, "Quotas", DeleteRestApi). */
const betweenApis = 30_000

/** What a sweep has come to know and done so far. */
interface Course {
  readonly swept: SweptPreview[]
  readonly steps: Step[]
  readonly done: PlannedChange[]
  readonly notes: string[]
  readonly failures: unknown[]
  account: Account | undefined
}

/**
 * Removes the previews of this repository whose pull requests are closed or whose branches are gone, and those that were deployed too long
 * ago. They go in turn. What cannot be read is left, and told.
 */
export async function sweep(run: Run): Promise<Result> {
  const { aws, progress, options: { sweep: { service, isDryRun } }, service: { repository }, stopwatch } = run
  const found = await stopwatch.time('read AWS', () => findPreviews(aws, defined({ repository, service })))
  const so: Course = { swept: [], steps: [], done: [], notes: [], failures: [], account: undefined }
  const stale: StandingPreview[] = []
  for (const each of found) {
    const verdict = await stopwatch.time('ask GitHub', () => judge(run, each))
    if (verdict.state === 'stale') stale.push(each)
    else so.swept.push(verdict)
  }
  const apis = stale.reduce((sum, each) => sum + each.apis.length, 0)
  if (apis > 1 && !isDryRun) {
    const minutes = Math.ceil(((apis - 1) * betweenApis) / 60_000)
    progress.info(`Removing ${stale.length} previews takes about ${minutes} min: AWS lets an account delete one API in 30 seconds.`)
  }
  for (const each of stale) await remove(run, each, so)
  if (!isDryRun) await removeLateGroups(aws, so.done.filter(({ kind }) => kind === 'log group').map(({ name }) => name))
  const [failure] = so.failures
  if (failure !== undefined) throw new Interrupted(so.done, so.failures.length === 1 ? failure : new SeveralErrors(so.failures))
  return resultOf(run, so)
}

/** Looks once more, because waiting for the others takes minutes, and removes one. What fails keeps nobody from removing the rest. */
async function remove(run: Run, each: StandingPreview, so: Course): Promise<void> {
  const { progress, stopwatch, options: { sweep: { isDryRun } } } = run
  const { id } = each
  const verdict = await judge(run, each)
  if (verdict.state !== 'stale') return void so.swept.push(verdict)
  try {
    const removal = await stopwatch.time('read AWS', () => planRemoval(run, each))
    so.account = removal.account
    so.notes.push(...removal.notes)
    so.steps.push(...removal.steps.map((one) => ({ ...one, id: `${id.name}/${one.id}` })))
    progress.info(`${isDryRun ? 'Would remove' : 'Removing'} ${id.name}: ${verdict.reason}`)
    await showPlan(run, removal.steps)
    if (!isDryRun) so.done.push(...(await progress.group(`Remove ${id.name}`, () => stopwatch.time('apply', removal.apply))))
    so.swept.push({ ...verdict, state: isDryRun ? 'stale' : 'removed' })
  } catch (error) {
    const { cause, done } = Interrupted.from(error)
    so.done.push(...done)
    if (cancellation() !== undefined) throw new Interrupted(so.done, cause)
    so.failures.push(cause)
    progress.info(`Not removed: ${id.name}`)
  }
}

/** Whether a preview is one to remove, and why; a draft is in use like any other. */
async function judge(run: Run, standing: StandingPreview): Promise<SweptPreview> {
  const { github, aws, options: { sweep: { maxAge } } } = run
  const { name, preview, repository } = standing.id
  const told = (state: SweptPreview['state'], reason: string): SweptPreview => ({ service: name, pullRequest: preview, state, reason })
  const pullRequest = await readPullRequest(github, preview)
  if (isUnknown(pullRequest)) return told('unknown', pullRequest.unknown)
  if (!pullRequest.isOpen) return told('stale', `pull request ${preview} is closed`)
  if (await isBranchGone(github, repository, pullRequest)) return told('stale', `the branch of pull request ${preview} is gone`)
  if (maxAge === undefined) return told('kept', `pull request ${preview} is open`)
  const last = await lastDeployOf(aws, standing)
  const days = last === undefined ? undefined : (Date.now() - last) / 86_400_000
  const isOld = last !== undefined && Date.now() - last > maxAge
  return isOld ? told('stale', `it was deployed last ${days?.toFixed(1)} days ago`) : told('kept', `pull request ${preview} is open`)
}

function resultOf({ stopwatch, options: { sweep: { isDryRun } } }: Run, { swept, steps, done, notes, account }: Course): Result {
  const inOrder = [...swept].sort((a, b) => a.pullRequest - b.pullRequest || (a.service < b.service ? -1 : 1))
  return defined({
    command: 'sweep', service: '', stage: 'preview', account, changed: (isDryRun ? steps : done).length > 0, functions: [], routes: [],
    plan: steps.map(withoutApply), timings: stopwatch.timings, swept: inOrder,
    gone: inOrder.filter(({ state }) => state === 'removed'),
    notes: isDryRun ? [...notes, 'A dry run: nothing was removed.'] : notes,
  })
}
