import { engineVenv } from '../../local-aws/engine/venv.mjs'
import type { JournalEntry, Settings } from '../../local-aws/client.ts'
import type { Call } from '../../local-aws/kernel/call.ts'
import { modelFolder, ServiceModels } from '../../local-aws/kernel/model/service-model.ts'
import { needsOf } from '../../local-aws/kernel/policy/authorize.ts'
import type { Need } from '../../local-aws/kernel/policy/needs.ts'

export type Policy = NonNullable<Settings['policy']>

const models = new ServiceModels(modelFolder(engineVenv))

/** Everything that a call of the journal needed. */
export function needsOfCall({ service, operation, params, region, account }: JournalEntry): readonly Need[] {
  const model = models.get(service)
  const described = model?.operations[operation]
  if (model === undefined || described === undefined) throw new Error(`no model of ${service}:${operation}`)
  const call = { service, operation, params, region, account: { id: account } } as unknown as Call
  return needsOf({ call, model, operation: described })
}

/** The part of the policy that the docs leave to a plan. */
export function onlyReads({ Statement }: Policy): Policy {
  const reads = /^(apigateway:GET|lambda:(Get|List).*|iam:(Get|List).*|logs:(DescribeLogGroups|ListTagsForResource))$/
  const kept = [Statement].flat().map((one) => ({ ...one, Action: [one.Action ?? []].flat().filter((action) => reads.test(action)) }))
  return { Statement: kept.filter(({ Action }) => Action.length > 0) }
}
