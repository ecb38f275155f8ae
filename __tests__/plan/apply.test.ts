import { describe, expect, test } from '@jest/globals'
import { applyPlan } from '../../src/plan/apply.ts'
import { Interrupted, SeveralErrors } from '../../src/errors.ts'
import { silent } from '../../src/progress.ts'
import { OtherRunWon } from '../../src/resources/other-run.ts'
import { step, type ApplyContext, type Guard, type Step } from '../../src/resources/step.ts'

const context = { progress: silent } as unknown as ApplyContext

/** Steps that write down when they begin and end. */
function recorder(): { log: string[]; make: (id: string, needs?: Step[], more?: Partial<Step>) => Step } {
  const log: string[] = []
  const make = (id: string, needs: Step[] = [], more: Partial<Step> = {}): Step =>
    step({
      id, kind: 'thing', name: id, action: 'create', phase: 'prepare', reason: '', needs,
      apply: async () => {
        log.push(`> ${id}`)
        await new Promise((resolve) => setImmediate(resolve))
        log.push(`< ${id}`)
      },
      ...more,
    })
  return { log, make }
}

/** How an apply that fails ends. */
async function interrupted(tasks: Parameters<typeof applyPlan>[0]): Promise<Interrupted> {
  const error: unknown = await applyPlan(tasks, context).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Interrupted)
  return error as Interrupted
}

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

describe('applying a plan', () => {
  test('what needs nothing runs at once, what needs something waits for it', async () => {
    const { log, make } = recorder()
    const [a, b] = [make('a'), make('b')]
    const applied = await applyPlan([make('c', [a, b]), a, b], context)
    expect(log).toEqual(['> a', '> b', '< a', '< b', '> c', '< c'])
    expect(applied.map((each) => each.id)).toEqual(['a', 'b', 'c'])
  })

  test('phases are barriers, whatever the order of the list', async () => {
    const { log, make } = recorder()
    await applyPlan([make('prune', [], { phase: 'prune' }), make('live', [], { phase: 'go live' }), make('a')], context)
    expect(log).toEqual(['> a', '< a', '> live', '< live', '> prune', '< prune'])
  })

  test('what is kept is not applied, and who needs it need not wait', async () => {
    const { log, make } = recorder()
    const kept = make('kept', [], { action: 'keep' })
    await applyPlan([make('a', [kept]), kept], context)
    expect(log).toEqual(['> a', '< a'])
  })

  test('a need is the task of its id, although the plan holds a copy of it', async () => {
    const { log, make } = recorder()
    const a = make('a')
    await applyPlan([make('b', [a]), { ...a, reason: 'another' }], context)
    expect(log).toEqual(['> a', '< a', '> b', '< b'])
  })

  test('a guard runs in its turn, stands in no list of what was done, and stops what comes after it', async () => {
    const { log, make } = recorder()
    const a = make('a')
    const guard: Guard = { id: 'guard', phase: 'prepare', needs: [a], check: async () => void log.push('guard') }
    const after = step({ ...make('b'), needs: [guard] })
    expect((await applyPlan([after, guard, a], context)).map((each) => each.id)).toEqual(['a', 'b'])
    expect(log).toEqual(['> a', '< a', 'guard', '> b', '< b'])
    const lost = { ...guard, check: () => Promise.reject(new Error('lost')) }
    expect(await interrupted([step({ ...after, needs: [lost] }), lost, a])).toMatchObject({ done: [{ id: 'a' }], cause: new Error('lost') })
  })

  test.each<[string, (make: ReturnType<typeof recorder>['make']) => Step[]]>([
    ['b needs a, which is not in the plan', (make) => [make('b', [make('a')])]],
    ['b needs a, which comes after it', (make) => [make('a', [], { phase: 'prune' }), make('b', [make('a')])]],
    ['Two tasks have one id: a', (make) => [make('a'), make('a')]],
  ])('a plan that is none is a defect: %s', async (message, plan) => {
    const { log, make } = recorder()
    await expect(applyPlan(plan(make), context)).rejects.toThrow(message)
    expect(log).toEqual([])
  })

  test('after a failure nothing new begins, what is under way is finished, and both are told', async () => {
    const { log, make } = recorder()
    const failing = make('bad', [], { apply: () => Promise.reject(new Error('no')) })
    const a = make('a')
    const applied = await interrupted([failing, a, make('after', [a]), make('live', [], { phase: 'go live' })])
    expect(log).toEqual(['> a', '< a'])
    expect(applied.done.map((each) => each.id)).toEqual(['a'])
    expect(applied.cause).toEqual(new Error('no'))
  })

  test('all that fails at the same time is told', async () => {
    const { make } = recorder()
    const failing = (id: string, ticks: number): Step => make(id, [], {
      apply: async () => {
        for (let tick = 0; tick < ticks; tick++) await new Promise((resolve) => setImmediate(resolve))
        throw new Error(id)
      },
    })
    const { cause } = await interrupted([failing('late', 3), make('a'), failing('early', 1)])
    expect(cause).toBeInstanceOf(SeveralErrors)
    expect((cause as SeveralErrors).errors).toEqual([new Error('early'), new Error('late')])
  })

  test('but where another run has won, what else failed is its doing', async () => {
    const { make } = recorder()
    const lost = new OtherRunWon({ name: 'shop' }, 'why')
    const { cause } = await interrupted([make('x', [], { apply: () => Promise.reject(new Error('no')) }), make('y', [], { apply: () => Promise.reject(lost) })])
    expect(cause).toBe(lost)
  })

  test('a step that throws at once is a failure like any other, and leaves no timer behind', async () => {
    const { log, make } = recorder()
    const before = timers()
    const applied = await interrupted([make('bad', [], { apply: () => { throw new Error('at once') } }), make('a')])
    expect(applied.cause).toEqual(new Error('at once'))
    expect(log).toEqual(['> a', '< a'])
    expect(timers()).toBe(before)
  })

  test('changes that wait for one another are a defect, not a hang', async () => {
    const { make } = recorder()
    await expect(applyPlan([make('a', [make('b')]), make('b', [make('a')])], context)).rejects.toThrow('These changes wait for one another: a, b')
  })
})
