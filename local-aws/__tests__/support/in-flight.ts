import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalAwsControl } from '../../client.ts'

type Call<T> = () => Promise<T>

/** Makes the first call, and the others one after another while it is in flight: it has had its effect by then, and is not answered. */
export async function duringFirst<T>(control: LocalAwsControl, [first, ...others]: readonly [Call<T>, ...Call<T>[]]): Promise<T[]> {
  await control.fault({}, { kind: 'hold', when: 'after' })
  const held = first()
  await control.held()
  const answers: T[] = []
  for (const other of others) answers.push(await other())
  await control.release()
  return [await held, ...answers]
}

/** Makes calls that are all in flight at one moment, before any of them has had its effect. */
export async function allAtOnce<T>(control: LocalAwsControl, calls: readonly Call<T>[]): Promise<T[]> {
  await control.fault({}, { kind: 'hold', when: 'before' }, calls.length)
  const answers = Promise.all(calls.map((call) => call()))
  while ((await control.held()).length < calls.length) await sleep(5)
  await control.release()
  return answers
}
