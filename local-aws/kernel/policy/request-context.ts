import type { Account } from '../account.ts'
import type { Call } from '../call.ts'
import type { Services } from '../service.ts'
import { callerArn } from './caller.ts'
import type { Need } from './needs.ts'
import type { Context } from './patterns.ts'

type Tags = Readonly<Record<string, string>>

/** The tags of the resource of an ARN; empty where there is none, or where its service does not tell them to IAM. */
export type TagsOf = (arn: string) => Tags | Promise<Tags>

/** Asks the service that the ARN names. */
export function tagsFrom(services: Services, account: Account): TagsOf {
  return (arn) => {
    const [, , service = '', region = ''] = arn.split(':')
    return services[service]?.tagsOf?.(account, region, arn) ?? {}
  }
}

/**
 * The condition keys of one need (IAM user guide, "AWS global condition context keys"), and those of the need itself. The caller is a
 * role's session
 * on this machine, over what AWS would see as TLS; keys of services that call on somebody's behalf (aws:SourceArn, aws:SourceAccount) are
 * not there.
 */
export async function requestContext(call: Call, need: Need, tagsOf: TagsOf): Promise<Context> {
  const { account, region, now } = call
  const arn = callerArn(account.id)
  return {
    'aws:RequestedRegion': region,
    'aws:PrincipalAccount': account.id,
    // For a session this is the ARN of its role (same page, aws:PrincipalArn).
    'aws:PrincipalArn': arn.replace(':sts:', ':iam:').replace(/:assumed-role\/([^/]+)\/.*$/, ':role/$1'),
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '127.0.0.1',
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:ResourceAccount': account.id,
    ...(await resourceTags(need, tagsOf)),
    ...need.context,
  }
}

/**
 * Not for iam:PassRole, where "this approach does not have reliable results" (IAM user guide, "Grant a user permissions to pass a role to
 * an AWS service").
 */
async function resourceTags({ action, resource }: Need, tagsOf: TagsOf): Promise<Context> {
  if (action === 'iam:PassRole') return {}
  const tags = Object.entries(await tagsOf(resource))
  // Service authorization reference, IAM: roles have both keys.
  const prefixes = action.startsWith('iam:') ? ['aws:ResourceTag/', 'iam:ResourceTag/'] : ['aws:ResourceTag/']
  return Object.fromEntries(prefixes.flatMap((prefix) => tags.map(([key, value]) => [prefix + key, value] as const)))
}
