import {
  DeleteProvisionedConcurrencyConfigCommand, PutProvisionedConcurrencyConfigCommand, TagResourceCommand, UntagResourceCommand,
} from '@aws-sdk/client-lambda'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { notSet } from '../../change.ts'
import { functionArn } from '../../service/arns.ts'
import { step, type ApplyContext, type Step, type Task } from '../step.ts'
import { provisionedTag, type Provisioned } from './provisioned.ts'
import { waitUntilProvisioned } from './provisioned-wait.ts'

/** Which alias is to have how much. */
export interface ProvisionedGoal {
  readonly functionName: string
  readonly alias: string
  readonly stage: string
  readonly number: number
  /** How much the config last asked for; undefined where it never did. */
  readonly told: number | undefined
  /** What the config asks for now: `number` is another one where somebody else scales it. */
  readonly config: number
  /** What the alias has once it names the version that it is to name. */
  readonly standing: Provisioned | undefined
  /** An alias whose place this one takes, where both name one version. */
  readonly twin: string | undefined
}

/** Gives an alias its provisioned concurrency and waits until that is READY; none where it is. */
export function planProvisioned(goal: ProvisionedGoal, needs: readonly Task[]): Step[] {
  const { functionName, alias, number, standing, config, told } = goal
  const isThere = standing?.requested === number && standing.status === 'READY'
  if (isThere && config === told) return []
  const isBegun = standing?.requested === number && standing.status !== 'FAILED'
  return [step({
    id: `function/${functionName}/provisioned/${alias}`, kind: 'provisioned concurrency', name: `${functionName}:${alias}`,
    phase: 'prepare', needs, action: standing === undefined ? 'create' : 'update', reason: reasonOf(standing, isBegun),
    fields: isBegun ? [] : [{ field: 'provisioned-concurrency', from: String(standing?.requested ?? notSet), to: String(number) }],
    apply: (context) => provide(context, goal, isBegun),
  })]
}

function reasonOf(standing: Provisioned | undefined, isBegun: boolean): string {
  if (isBegun) return standing?.status === 'READY' ? 'what the config asks for is remembered' : 'a run that was stopped has begun it'
  if (standing?.status === 'FAILED') return 'it failed before'
  return standing === undefined ? 'the slot is live only once its environments are initialized' : 'differs'
}

/** Takes the provisioned concurrency of an alias away. */
export function planProvisionedDelete(
  { functionName, alias, phase, reason }: Pick<ProvisionedGoal, 'functionName' | 'alias'> & Pick<Step, 'phase' | 'reason'>,
  needs: readonly Task[] = [],
): Step {
  return step({
    id: `function/${functionName}/provisioned/${alias}/delete`, kind: 'provisioned concurrency', name: `${functionName}:${alias}`,
    action: 'delete', phase, reason, needs,
    apply: (context) => takeAway(context, functionName, alias),
  })
}

/** Forgets that a stage's slots may have some, once they have none. */
export function planProvisionedForget(functionName: string, stage: string, needs: readonly Task[]): Step {
  return step({
    id: `function/${functionName}/provisioned`, kind: 'function tags', name: functionName, action: 'update', phase: 'prune', needs,
    reason: 'the config no longer asks for provisioned concurrency',
    apply: async ({ aws, account }) => {
      await aws.lambda(new UntagResourceCommand({ Resource: functionArn(account, functionName), TagKeys: [provisionedTag(stage)] }))
    },
  })
}

/** Takes it away from one alias; none is as well. */
export async function takeAway({ aws }: Pick<ApplyContext, 'aws'>, FunctionName: string, Qualifier: string): Promise<void> {
  await orUndefined(aws.lambda(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier })))
}

/** It is remembered before anything is set up, so that a run which follows a killed one finds what costs money. */
async function provide(context: ApplyContext, goal: ProvisionedGoal, isBegun: boolean): Promise<void> {
  const { functionName, alias, told, config } = goal
  if (told === undefined) await remember(context, goal)
  if (!isBegun) {
    context.ids.provisioned.push({ functionName, alias })
    await put(context, goal)
  }
  await waitUntilProvisioned(context, goal)
  if (told !== undefined && told !== config) await remember(context, goal)
}

async function remember({ aws, account }: ApplyContext, { functionName, stage, config }: ProvisionedGoal): Promise<void> {
  const Tags = { [provisionedTag(stage)]: String(config) }
  await aws.lambda(new TagResourceCommand({ Resource: functionArn(account, functionName), Tags }))
}

/** AWS takes it on a version or on an alias of it, "not both"; whether on two aliases of one version, nobody says. */
const taken = /already Provisioned version/

async function put(context: ApplyContext, { functionName, alias, number, twin }: ProvisionedGoal): Promise<void> {
  const input = { FunctionName: functionName, Qualifier: alias, ProvisionedConcurrentExecutions: number }
  const send = () => context.aws.lambda(new PutProvisionedConcurrencyConfigCommand(input))
  try {
    await send()
  } catch (error) {
    if (twin === undefined || !isRefusal(error, 'ResourceConflictException') || !taken.test(error.detail)) throw error
    context.progress.warning(
      `AWS takes provisioned concurrency of ${functionName} on one alias of its version alone: it passes from ${twin} to ${alias} now, ` +
      'and calls may meet cold starts until it is READY.',
    )
    await takeAway(context, functionName, twin)
    await send()
  }
}
