import type { Command as CommandName, RunOptions } from '../service/run-options.ts'
import { deploy } from './deploy.ts'
import { destroy } from './destroy.ts'
import { leaveToSweep, planOffline } from './offline.ts'
import { plan } from './plan.ts'
import { deployPreview, destroyPreview } from './preview.ts'
import { promote } from './promote.ts'
import { rollback } from './rollback.ts'
import type { Command } from './run.ts'
import { sweep } from './sweep.ts'

export type { Run } from './run.ts'
export { Stopwatch } from './stopwatch.ts'

/** Every command by the name that the input `command` gives it. */
const commands: Readonly<Record<CommandName, Command>> = { deploy, plan, promote, rollback, destroy, sweep }

/** What runs: a pull request's preview, and a run without credentials, have ways of their own. */
export function commandOf({ command, preview, isOffline }: RunOptions): Command {
  if (isOffline && (preview !== undefined || command === 'plan')) return command === 'destroy' ? leaveToSweep : planOffline
  if (preview !== undefined && command === 'deploy') return deployPreview
  if (preview !== undefined && command === 'destroy') return destroyPreview
  return commands[command]
}
