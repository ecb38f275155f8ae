import { invalid } from './errors.ts'
import type { Statement } from './state.ts'

/** The members of AddPermission that make the statement. */
export interface PermissionParams {
  readonly StatementId: string
  readonly Action: string
  readonly Principal: string
  readonly SourceArn?: string
  readonly SourceAccount?: string
  readonly EventSourceToken?: string
  readonly PrincipalOrgID?: string
  readonly FunctionUrlAuthType?: string
}

/**
 * The statement as it is stored. SourceArn is ArnLike, whatever the API reference says (test_add_lambda_permission_aws); order
 * and names of the members: test_add_lambda_permission_fields.
 */
export function statementOf(params: PermissionParams, resource: string): Statement {
  const equals = {
    'AWS:SourceAccount': params.SourceAccount,
    'lambda:FunctionUrlAuthType': params.FunctionUrlAuthType,
    'aws:PrincipalOrgID': params.PrincipalOrgID,
    'lambda:EventSourceToken': params.EventSourceToken,
  }
  const Condition = { ...operator('StringEquals', equals), ...operator('ArnLike', { 'AWS:SourceArn': params.SourceArn }) }
  return {
    Sid: params.StatementId,
    Effect: 'Allow',
    Principal: principalOf(params.Principal, resource),
    Action: params.Action,
    Resource: resource,
    ...(Object.keys(Condition).length > 0 && { Condition }),
  }
}

function operator(name: string, keys: Readonly<Record<string, string | undefined>>): Record<string, Record<string, string>> {
  const given = Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? {} : { [name]: Object.fromEntries(given) }
}

/** test_add_lambda_permission_fields; what is none of these: test_permission_exceptions, add_permission_principal_invalid. */
function principalOf(principal: string, resource: string): Statement['Principal'] {
  if (principal === '*') return '*'
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal)) return { Service: principal }
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${resource.split(':')[1]}:iam::${principal}:root` }
  if (/^arn:aws[a-z-]*:(iam|sts)::/.test(principal)) return { AWS: principal }
  throw invalid('The provided principal was invalid. Please check the principal and try again.')
}
