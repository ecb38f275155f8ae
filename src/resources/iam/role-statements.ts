import { createHash } from 'node:crypto'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { orUndefined } from '../../aws/refusal.ts'
import type { RoleStatement } from '../../service/service.ts'

/** IAM's client is large and few runs need it, so it is loaded when it is first used. */
const sdk = () => import('@aws-sdk/client-iam')

export const roleStatementActions = ['iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy'] as const

/** Says on a role that it may hold a policy of ours: only then is it asked for its inline policies, which is a call more. */
export const statementsTag = 'lambda-api-deploy:role-statements'

/** Policies of other names are somebody else's, and stay as found. */
const prefix = 'lambda-api-deploy-'

/** The documents of a role's inline policies that are ours, by name. */
export type InlinePolicies = ReadonlyMap<string, string>

/**
 * The inline policy that says what the statements say. Its name holds a digest of it, so that a changed policy is another one: it is put
 * beside the former, which goes once no release needs it any more.
 */
export function inlinePolicy(statements: readonly RoleStatement[]): InlinePolicies {
  if (statements.length === 0) return new Map()
  const Statement = statements.map(({ allow, on }) => ({ Effect: 'Allow', Action: allow, Resource: on }))
  const document = JSON.stringify({ Version: '2012-10-17', Statement })
  return new Map([[`${prefix}${createHash('sha256').update(document).digest('hex').slice(0, 16)}`, document]])
}

/** Reads those of a role that are ours. */
export async function readInlinePolicies(aws: Aws, RoleName: string): Promise<InlinePolicies> {
  const { ListRolePoliciesCommand, GetRolePolicyCommand } = await sdk()
  const names = await allPages(async (from) => {
    const found = await orUndefined(aws.iam(new ListRolePoliciesCommand({ RoleName, Marker: from })))
    return { items: found?.PolicyNames, next: found?.Marker }
  })
  const ours = names.filter((name) => name.startsWith(prefix))
  const documents = await Promise.all(ours.map((PolicyName) => orUndefined(aws.iam(new GetRolePolicyCommand({ RoleName, PolicyName })))))
  return new Map(ours.flatMap((name, index): [string, string][] => {
    const document = documents[index]?.PolicyDocument
    // IAM gives documents URL-encoded (API reference, GetRolePolicy).
    return document === undefined ? [] : [[name, decodeURIComponent(document)]]
  }))
}

/** Puts the policies that the role lacks, or has in other words. */
export async function putMissing(
  aws: Aws,
  RoleName: string,
  { wanted, actual }: { wanted: InlinePolicies; actual: InlinePolicies },
): Promise<void> {
  const { PutRolePolicyCommand, TagRoleCommand } = await sdk()
  const missing = missingPolicies(wanted, actual)
  if (missing.length === 0) return
  await aws.iam(new TagRoleCommand({ RoleName, Tags: [{ Key: statementsTag, Value: 'true' }] }))
  for (const PolicyName of missing)
    await aws.iam(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: wanted.get(PolicyName) }))
}

/** Deletes policies of ours. */
export async function deletePolicies(aws: Aws, RoleName: string, names: Iterable<string>): Promise<void> {
  const { DeleteRolePolicyCommand } = await sdk()
  for (const PolicyName of names) await orUndefined(aws.iam(new DeleteRolePolicyCommand({ RoleName, PolicyName })))
}

/** What a policy of ours allows, for the plan; one that was changed by hand may be written in other ways. */
export function statementsText(document: string): string {
  const { Statement } = (canonical(document) ?? {}) as { readonly Statement?: unknown }
  const rows = Array.isArray(Statement) ? (Statement as readonly { readonly Action?: unknown; readonly Resource?: unknown }[]) : []
  return rows.map(({ Action, Resource }) => `${words(Action)} on ${words(Resource)}`).join('; ')
}

function words(value: unknown): string {
  return (Array.isArray(value) ? value : [value]).map(String).join(', ')
}

function canonical(document: string): unknown {
  try {
    return JSON.parse(document)
  } catch {
    return undefined
  }
}

/** Names of the wanted policies that are not there, or were changed by hand. */
export function missingPolicies(wanted: InlinePolicies, actual: InlinePolicies): string[] {
  return [...wanted].filter(([name, document]) => JSON.stringify(canonical(actual.get(name) ?? '')) !== document).map(([name]) => name)
}
