import type { Account } from '../kernel/account.ts'
import { askLogs } from './ask.ts'

interface Group {
  readonly logGroupName: string
  readonly logGroupArn: string
  readonly retentionInDays?: number
  readonly kmsKeyId?: string
}

/** Every log group with its retention and tags, by Region and name; events and times are left out. */
export async function dumpGroups(account: Account): Promise<Record<string, unknown>> {
  const regions = await Promise.all([...account.touched].map(async (region) => [region, await dumpRegion(account, region)] as const))
  return Object.fromEntries(regions.filter(([, groups]) => Object.keys(groups).length > 0))
}

/** Tags of the group of an ARN, in whichever of its forms. */
export async function tagsOfGroup(account: Account, region: string, arn: string): Promise<Readonly<Record<string, string>>> {
  const [resourceArn] = /^.*:log-group:[^:]+/.exec(arn) ?? []
  if (resourceArn === undefined) return {}
  const tags = await askLogs(account, region, { operation: 'ListTagsForResource', input: { resourceArn } })
  return tags.ok ? (tags.json['tags'] as Record<string, string>) : {}
}

/** Removes every log group from the engine. */
export async function wipeGroups(account: Account): Promise<void> {
  for (const region of account.touched) {
    for (const { logGroupName } of await listGroups(account, region))
      await askLogs(account, region, { operation: 'DeleteLogGroup', input: { logGroupName } })
  }
}

async function dumpRegion(account: Account, region: string): Promise<Record<string, unknown>> {
  const groups = (await listGroups(account, region)).map(async ({ logGroupName, logGroupArn, retentionInDays, kmsKeyId }) => {
    const tags = await askLogs(account, region, { operation: 'ListTagsForResource', input: { resourceArn: logGroupArn } })
    return [logGroupName, { retentionInDays, kmsKeyId, tags: tags.ok ? tags.json['tags'] : {} }] as const
  })
  return Object.fromEntries((await Promise.all(groups)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function listGroups(account: Account, region: string): Promise<readonly Group[]> {
  const groups: Group[] = []
  for (let nextToken: unknown; ; ) {
    const page = await askLogs(account, region, {
      operation: 'DescribeLogGroups',
      input: { limit: 50, ...(nextToken === undefined ? {} : { nextToken }) },
    })
    if (!page.ok) throw new Error(`The engine's CloudWatch Logs refused DescribeLogGroups: ${page.code} ${page.message}`)
    groups.push(...(page.json['logGroups'] as Group[]))
    nextToken = page.json['nextToken']
    if (nextToken === undefined) return groups
  }
}
