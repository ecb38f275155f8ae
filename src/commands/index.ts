import type { Command } from '../service/service.ts'
import { deploy } from './deploy.ts'
import { destroy } from './destroy.ts'
import { plan } from './plan.ts'
import type { Outcome, Run } from './run.ts'

export type { Outcome, Run } from './run.ts'
export { Stopwatch } from './stopwatch.ts'

/** Every command by the name that the input `command` gives it. */
export const commands: Readonly<Record<Command, (run: Run) => Promise<Outcome>>> = { deploy, plan, destroy }
