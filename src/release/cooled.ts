import { cancellation } from '../cancellation.ts'
import { orUndefined } from '../aws/refusal.ts'
import { readStage } from '../resources/api/stage.ts'
import { OtherRunWon } from '../resources/other-run.ts'
import { takeAway } from '../resources/lambda/provisioned-steps.ts'
import type { ApplyContext } from '../resources/step.ts'
import { aliasVariable } from '../service/names.ts'

/**
 * After a failure: takes the provisioned concurrency away again that this run has set up and that no caller reaches, because it costs money
 * for as long as it stands. Where another run has won, that one has the slot. A run that is told to stop leaves it to the next one.
 */
export async function coolAfterFailure(context: ApplyContext, failure: unknown): Promise<void> {
  const { aws, ids, progress, service } = context
  if (ids.provisioned.length === 0 || failure instanceof OtherRunWon || cancellation() !== undefined) return
  const names = ids.provisioned.map(({ functionName, alias }) => `${functionName}:${alias}`).join(', ')
  try {
    const stage = ids.apiId === undefined ? undefined : await orUndefined(readStage(aws, ids.apiId, service.stage))
    const variable = aliasVariable(service.name)
    const reached = [stage?.variables?.[variable], stage?.canarySettings?.stageVariableOverrides?.[variable]]
    const idle = ids.provisioned.filter(({ alias }) => !reached.includes(alias))
    for (const { functionName, alias } of idle) await takeAway(context, functionName, alias)
    if (idle.length > 0) progress.info(`Took the provisioned concurrency of ${names} away again, because the release is not live.`)
  } catch (error) {
    progress.warning(`The provisioned concurrency of ${names} may still cost money; the next deploy takes it away. ${String(error)}`)
  }
}
