import { GetUsagePlansCommand, type UsagePlan } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { UserError } from '../../errors.ts'

/**
 * Refuses to take away a stage that a usage plan names, before anything is gone: API Gateway keeps an API whose stage is in a plan (API
 * reference, DeleteRestApi: ConflictException; serverless#4006), and whoever made the plan still counts on it.
 * @throws UserError
 */
export async function refuseUsagePlan(aws: Aws, at: { readonly apiId: string; readonly stage: string }): Promise<void> {
  const names = ({ apiStages = [] }: UsagePlan): boolean =>
    apiStages.some(({ apiId, stage }) => apiId === at.apiId && stage === at.stage)
  const plan = (await readPlans(aws)).find(names)
  if (plan === undefined) return
  throw new UserError({
    what: `Stage ${at.stage} of API ${at.apiId} stays, because usage plan ${plan.id} (${plan.name}) names it.`,
    why: 'This service did not make the plan, and AWS deletes no API whose stage is in one.',
    cure:
      `Take the stage out of it: aws apigateway update-usage-plan --usage-plan-id ${plan.id} ` +
      `--patch-operations op=remove,path=/apiStages,value=${at.apiId}:${at.stage}. Then run the job again.`,
    docs: 'ownership.md#destroy',
  })
}

async function readPlans(aws: Aws): Promise<UsagePlan[]> {
  return allPages(async (position) => {
    const page = await aws.api(new GetUsagePlansCommand({ limit: 500, position }))
    return { items: page.items, next: page.position }
  })
}
