import type { Deployable } from './service.ts'

type Inputs = Readonly<Record<string, string>>

/** Which call of a run is meant: the one of that number, or the first of an operation. */
export type At = { readonly call: number } | { readonly operation: string }

/** Starts a run and kills it when a call has had its effect and is not answered yet. */
export async function runKilled(service: Deployable, inputs: Inputs, at: At): Promise<void> {
  const { control } = service.account
  const step = await service.start(inputs)
  await control.fault(at, { kind: 'hold', when: 'after' }, 1)
  const held = await Promise.race([control.held(), step.result.then((result) => result.output)])
  if (typeof held === 'string' || held.length === 0) throw new Error(`${JSON.stringify(at)} never came: ${String(held)}`)
  step.kill()
  await step.result
  await control.clearFaults()
  await control.release()
  await control.idle()
}
