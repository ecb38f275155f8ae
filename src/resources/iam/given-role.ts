import type { Role } from '@aws-sdk/client-iam'
import type { Aws } from '../../aws/clients.ts'
import { AwsRefusal, orUndefined } from '../../aws/refusal.ts'
import { allOrFindings } from '../../diagnostics.ts'
import { UserError } from '../../errors.ts'
import { nameInArn } from '../../service/arns.ts'
import type { FunctionSpec } from '../../service/service.ts'

/** What is known of a role that the config names by its ARN, before it is handed to Lambda. */
export interface GivenRole {
  /** Undefined where the credentials may not look. */
  readonly createdAt: number | undefined
}

type GivenRoleSpec = Extract<FunctionSpec['role'], { kind: 'given' }>

/** AWS support says that a role may take up to 15 minutes to be known everywhere (terraform-provider-aws#44517). */
const fresh = 15 * 60_000

/** Whether somebody has made a role so short a while ago that Lambda may not know it yet. */
export function isFresh(role: GivenRole | undefined): boolean {
  return role?.createdAt !== undefined && Date.now() - role.createdAt < fresh
}

/**
 * Looks at the roles that functions are to be given for the first time, each once.
 * @returns what is known, by ARN
 * @throws DiagnosticsError for those that Lambda cannot assume
 */
export async function readGivenRoles(aws: Aws, functions: readonly FunctionSpec[]): Promise<ReadonlyMap<string, GivenRole>> {
  const roles = new Map(functions.flatMap(({ role }): [string, GivenRoleSpec][] => (role.kind === 'given' ? [[role.arn, role]] : [])))
  const read = async (role: GivenRoleSpec): Promise<[string, GivenRole]> => [role.arn, await readGivenRole(aws, role)]
  return new Map(await allOrFindings([...roles.values()].map(read)))
}

async function readGivenRole(aws: Aws, role: GivenRoleSpec): Promise<GivenRole> {
  const { GetRoleCommand } = await import('@aws-sdk/client-iam')
  const RoleName = nameInArn(role.arn)
  let found: Role | undefined
  try {
    found = (await orUndefined(aws.iam(new GetRoleCommand({ RoleName }))))?.Role
  } catch (error) {
    // Handing a role over takes iam:PassRole alone, so a look that is refused, or that no answer comes to, must stop nobody.
    if (error instanceof AwsRefusal) return { createdAt: undefined }
    throw error
  }
  if (found === undefined) throw wrongRole(role, `There is no role ${RoleName} in this account.`)
  if (found.Arn !== role.arn) throw wrongRole(role, `The role ${RoleName} of this account has the ARN ${found.Arn}.`)
  if (!mayTrustLambda(found.AssumeRolePolicyDocument)) throw wrongRole(role, 'Its trust policy does not name lambda.amazonaws.com.')
  return { createdAt: found.CreateDate?.getTime() }
}

/** Lambda takes roles of the function's account only (developer guide, "Defining Lambda function permissions with an execution role"). */
function wrongRole({ arn, place }: GivenRoleSpec, why: string): UserError {
  return new UserError({
    what: `Lambda cannot run a function with the role ${arn}.`,
    why,
    cure: 'Write the ARN of a role of this account whose trust policy lets lambda.amazonaws.com assume it, or `role: create`.',
    place,
  })
}

/** Only a policy in which nothing can stand for Lambda is sure not to trust it. It comes percent-encoded (IAM API reference, Role). */
function mayTrustLambda(document: string | undefined): boolean {
  return document === undefined || /lambda\.|\*|NotPrincipal/.test(decodeURIComponent(document))
}
