import { isDenial } from '../aws/readings/index.ts'
import { AwsRefusal } from '../aws/refusal.ts'
import { Cancelled, cancellation, Stopped, type Begun } from '../cancellation.ts'
import { doneVerbs, phases, type PlannedChange } from '../change.ts'
import { Interrupted, SeveralErrors } from '../errors.ts'
import type { ApplyContext, Outcome, Task } from '../resources/step.ts'
import { asOtherRun, OtherRunWon } from '../resources/other-run.ts'

/** A function in a VPC takes minutes to come up: a log without a new line would look as if the run hung. */
const signOfLifeEvery = 15_000

/**
 * Carries out a plan: one phase after another, and within a phase each task as soon as its needs are done. After a failure, or the order to
 * stop, nothing new is begun, so that the next run finds little that is half done.
 * @returns what was changed, in the order in which it was
 * @throws Interrupted with what was changed by then; what was under way has been waited for
 * @throws Error for a plan that has no order: two tasks of one id, or a need that is not in it or comes too late
 */
export async function applyPlan(tasks: readonly Task[], context: ApplyContext): Promise<readonly PlannedChange[]> {
  refuseDisorder(tasks)
  const done: PlannedChange[] = []
  for (const phase of phases) {
    const failure = await applyPhase(tasks.filter((each) => each.phase === phase && !isKept(each)), context, done)
    if (failure !== undefined) throw new Interrupted(done, failure.error)
  }
  return done
}

/** A need that is in no plan would order nothing, and of two tasks with one id the second would count as done with the first. */
function refuseDisorder(tasks: readonly Task[]): void {
  const byId = new Map(tasks.map((each) => [each.id, each]))
  if (byId.size < tasks.length) throw new Error(`Two tasks have one id: ${tasks.find((each) => byId.get(each.id) !== each)?.id}`)
  for (const { id, phase, needs } of tasks) {
    for (const need of needs) {
      const found = byId.get(need.id)
      if (found === undefined) throw new Error(`${id} needs ${need.id}, which is not in the plan`)
      if (phases.indexOf(found.phase) > phases.indexOf(phase)) throw new Error(`${id} needs ${need.id}, which comes after it`)
    }
  }
}

const isKept = (task: Task): boolean => 'action' in task && task.action === 'keep'

async function applyPhase(tasks: readonly Task[], context: ApplyContext, done: PlannedChange[]): Promise<{ error: unknown } | undefined> {
  const inPhase = new Set(tasks.map((each) => each.id))
  const finished = new Set<string>()
  const waiting = new Set(tasks)
  const running = new Map<Task, Promise<void>>()
  const failures: unknown[] = []
  const stopped: Begun[] = []
  const isReady = (each: Task): boolean => each.needs.every(({ id }) => !inPhase.has(id) || finished.has(id))
  while (waiting.size > 0 || running.size > 0) {
    if (failures.length === 0 && cancellation() === undefined) for (const each of [...waiting].filter(isReady)) start(each)
    if (running.size === 0) break
    await Promise.race(running.values())
  }
  const order = cancellation()
  if (order !== undefined && waiting.size + stopped.length > 0) {
    const stop = new Stopped(order.signal, stopped)
    return { error: failures.length === 0 ? stop : new SeveralErrors([asOne(failures), stop]) }
  }
  if (failures.length === 0 && waiting.size > 0) {
    throw new Error(`These changes wait for one another: ${[...waiting].map((each) => each.id).join(', ')}`)
  }
  return failures.length === 0 ? undefined : { error: asOne(failures) }

  function start(each: Task): void {
    waiting.delete(each)
    const began = Date.now()
    const seconds = (digits: number): string => `${((Date.now() - began) / 1000).toFixed(digits)} s`
    const signOfLife = setInterval(() => context.progress.info(`Still busy with ${titleOf(each)} (${seconds(0)})`), signOfLifeEvery)
    // A step may also throw before it gives a promise.
    const work = Promise.resolve().then(() => ('check' in each ? each.check(context) : each.apply(context))).then(
      (outcome: Outcome) => {
        finished.add(each.id)
        if ('check' in each) return
        const name = each.nameAtLast?.(context) ?? each.name
        if (outcome === 'left') return context.progress.info(`Left ${each.kind} ${name}: it is in use`)
        done.push({ ...each, name })
        context.progress.info(`${doneVerbs[each.action]} ${each.kind} ${name} (${seconds(1)})`)
      },
      (error: unknown) => {
        const isStopped = error instanceof Cancelled
        if (!isStopped) failures.push(asOtherRun(error, context.service))
        if ('check' in each) return
        if (isStopped) stopped.push({ ...each, isUnanswered: error.isUnanswered })
        context.progress.info(`${isStopped ? 'Stopped' : 'Failed'}: ${titleOf(each)} (${seconds(1)})`)
      },
    )
    running.set(each, work.finally(() => {
      clearInterval(signOfLife)
      running.delete(each)
    }))
  }
}

const titleOf = (task: Task): string => ('check' in task ? `the look at ${task.id}` : `${task.kind} ${task.name}`)

/** Where another run has won, it has most likely caused the other failures, too: only that it has won is reported and acted on. */
function asOne(failures: readonly unknown[]): unknown {
  const lost = failures.filter((each) => each instanceof OtherRunWon)
  const rest = oneForEachDenial(failures)
  return lost.find((each) => each.beginsAgain) ?? lost[0] ?? (rest.length === 1 ? rest[0] : new SeveralErrors(rest))
}

/** An action that is denied for one alias is denied for the others, too, and is one thing to allow. */
function oneForEachDenial(failures: readonly unknown[]): readonly unknown[] {
  const denied = failures.map((each) => (each instanceof AwsRefusal && isDenial(each) ? each.operation : undefined))
  return failures.filter((_each, index) => denied[index] === undefined || denied.indexOf(denied[index]) === index)
}
