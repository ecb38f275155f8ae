import type { Command as CommandName } from '../service/service.ts'
import { deploy } from './deploy.ts'
import { destroy } from './destroy.ts'
import { plan } from './plan.ts'
import { promote } from './promote.ts'
import { rollback } from './rollback.ts'
import type { Command } from './run.ts'

export type { Run } from './run.ts'
export { Stopwatch } from './stopwatch.ts'

/** Every command by the name that the input `command` gives it. */
export const commands: Readonly<Record<CommandName, Command>> = { deploy, plan, promote, rollback, destroy }
