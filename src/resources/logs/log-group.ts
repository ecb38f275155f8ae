import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  type LogGroup,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { pause } from '../../cancellation.ts'
import type { ServiceId } from '../../service/service.ts'
import { ownership, ownTags } from '../../service/tags.ts'
import { keep, step, type ApplyContext, type Step } from '../step.ts'

export const logGroupActions = [
  'logs:DescribeLogGroups',
  'logs:CreateLogGroup',
  'logs:TagResource',
  'logs:ListTagsForResource',
  'logs:PutRetentionPolicy',
  'logs:DeleteRetentionPolicy',
  'logs:DeleteLogGroup',
] as const

export interface LogGroupState {
  readonly name: string
  readonly retentionDays: number | undefined
  readonly ours: boolean
}

interface LogGroupQuery {
  readonly service: ServiceId
  /** The retention that the config asks for. */
  readonly retentionDays: number | undefined
  readonly always?: boolean
}

/** Finds one log group by its exact name. Whose it is costs a call, so it is asked only where the answer decides something, or `always`. */
export async function readLogGroup(
  aws: Aws, name: string, { service, retentionDays, always = false }: LogGroupQuery,
): Promise<LogGroupState | undefined> {
  const group = await findGroup(aws, name)
  if (group === undefined) return undefined
  const isUndecided = retentionDays === undefined && group.retentionInDays !== undefined
  if (!isUndecided && !always) return { name, retentionDays: group.retentionInDays, ours: false }
  // Tag operations want the ARN without the `:*` that `arn` ends in (public service model, ListTagsForResource).
  const resourceArn = group.logGroupArn ?? group.arn?.replace(/:\*$/, '') ?? ''
  const { tags } = await aws.logs(new ListTagsForResourceCommand({ resourceArn }))
  return { name, retentionDays: group.retentionInDays, ours: ownership(tags, service) === 'ours' }
}

/** The groups whose names hold a text, each with its tags. */
export async function readGroupsNamed(
  aws: Aws, logGroupNamePattern: string, isMeant: (name: string) => boolean,
): Promise<readonly { readonly name: string; readonly tags: Readonly<Record<string, string>> }[]> {
  const groups = await allPages(async (nextToken) => {
    const page = await aws.logs(new DescribeLogGroupsCommand({ logGroupNamePattern, nextToken }))
    return { items: page.logGroups, next: page.nextToken }
  })
  const meant = groups.filter(({ logGroupName = '' }) => isMeant(logGroupName))
  return Promise.all(meant.map(async ({ logGroupName = '', logGroupArn, arn }) => {
    const resourceArn = logGroupArn ?? arn?.replace(/:\*$/, '') ?? ''
    const found = await orUndefined(aws.logs(new ListTagsForResourceCommand({ resourceArn })))
    return { name: logGroupName, tags: found?.tags ?? {} }
  }))
}

export interface LogGroupGoal {
  readonly id: string
  /** As far as it is known before the run. */
  readonly name: string
  /** Where the name has an id in it that is known after apply. */
  readonly nameAtLast?: (context: ApplyContext) => string
  readonly retentionDays: number | undefined
  readonly state: LogGroupState | undefined
  readonly needs: readonly Step[]
}

/** A log group and its retention. Where the config names no retention, that of a group which is not ours is left as found. */
export function planLogGroup({ id, name, nameAtLast, retentionDays, state, needs }: LogGroupGoal): Step[] {
  const entry = { kind: 'log group', name, phase: 'prepare', needs } as const
  const to = String(retentionDays ?? 'never expires')
  const nameOf = nameAtLast ?? (() => name)
  if (state === undefined) {
    return [step({
      ...entry, id, nameAtLast: nameOf, action: 'create', reason: 'does not exist yet',
      fields: [{ field: 'retention-days', to }],
      apply: (context) => create(context, nameOf(context), retentionDays),
    })]
  }
  if (state.retentionDays === retentionDays || (retentionDays === undefined && !state.ours)) return [keep({ id, kind: 'log group', name })]
  return [step({
    ...entry, id, action: 'update', reason: 'the retention differs',
    fields: [{ field: 'retention-days', from: String(state.retentionDays ?? 'never expires'), to }],
    apply: ({ aws }) => setRetention(aws, name, retentionDays),
  })]
}

/** Deletes a group with all its events. */
export function planLogGroupDelete(name: string): Step {
  return step({
    id: `log-group/${name}`, kind: 'log group', name, action: 'delete', phase: 'prune', reason: 'delete-logs is set',
    apply: ({ aws }) => remove(aws, name),
  })
}

/** How long the last lines of what is gone may be on their way, in milliseconds. */
const late = 15_000

/**
 * Looks once more for groups that were deleted, when what wrote to them is gone: Lambda delivers late, and makes a group anew, never to
 * expire, with a line that comes after (aws/aws-cdk#32689, serverless-plugin-log-retention#6).
 */
export async function removeLateGroups(aws: Aws, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await pause(late)
  await Promise.all(names.map(async (name) => {
    if ((await findGroup(aws, name)) !== undefined) await remove(aws, name)
  }))
}

async function findGroup(aws: Aws, name: string): Promise<LogGroup | undefined> {
  const page = await aws.logs(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 50 }))
  return page.logGroups?.find((each) => each.logGroupName === name)
}

async function remove(aws: Aws, logGroupName: string): Promise<void> {
  await orUndefined(aws.logs(new DeleteLogGroupCommand({ logGroupName })))
}

async function create({ aws, service }: ApplyContext, logGroupName: string, retentionDays: number | undefined): Promise<void> {
  try {
    await aws.logs(new CreateLogGroupCommand({ logGroupName, tags: ownTags(service) }))
  } catch (error) {
    // Lambda and API Gateway make their groups themselves with the first event, so it may have come to be meanwhile.
    if (!isRefusal(error, 'ResourceAlreadyExistsException')) throw error
  }
  if (retentionDays !== undefined) await setRetention(aws, logGroupName, retentionDays)
}

async function setRetention(aws: Aws, logGroupName: string, retentionInDays: number | undefined): Promise<void> {
  if (retentionInDays === undefined) await aws.logs(new DeleteRetentionPolicyCommand({ logGroupName }))
  else await aws.logs(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
}
