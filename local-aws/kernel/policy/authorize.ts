import { AwsError } from '../aws-error.ts'
import type { Call } from '../call.ts'
import type { Operation, ServiceModel } from '../model/service-model.ts'
import type { PolicyDocument } from '../settings.ts'
import { apiGatewayNeeds } from './api-gateway-needs.ts'
import { callerArn } from './caller.ts'
import { evaluate, type Finding } from './evaluate.ts'
import { lambdaNeeds } from './lambda-needs.ts'
import type { Need } from './needs.ts'
import { iamNeeds, logsNeeds, s3Needs, stsNeeds } from './store-needs.ts'

/** A call whose permissions are asked for. */
export interface Asked {
  readonly call: Call
  readonly model: ServiceModel
  readonly operation: Operation
}

/** Throws AWS's AccessDenied unless the caller's policy allows all that the call needs. */
export function authorize(asked: Asked, policy: PolicyDocument): void {
  const { call } = asked
  for (const need of needsOf(asked)) {
    if (need.partial === true || (need.unverified === true && !call.account.settings.unverified)) continue
    const finding = evaluate(policy, { ...need, context: { 'aws:RequestedRegion': call.region, 'aws:PrincipalAccount': call.account.id, ...need.context } })
    if (finding !== 'allowed') throw denied(call, need, finding)
  }
}

/** Everything that a call needs, in the order in which it is asked for. */
export function needsOf({ call, model, operation }: Asked): readonly Need[] {
  switch (call.service) {
    case 'apigateway':
      return apiGatewayNeeds(call, model, operation)
    case 'lambda':
      return lambdaNeeds(call)
    case 'logs':
      return logsNeeds(call)
    case 'iam':
      return iamNeeds(call)
    case 's3':
      return s3Needs(call)
    case 'sts':
      return stsNeeds(call)
    default:
      return [{ action: `${call.service}:${call.operation}`, resource: '*' }]
  }
}

/**
 * The text is the same for every service (IAM user guide, "Troubleshoot access denied error messages"); S3 puts the ARN in quotes.
 * Name: AccessDeniedException for the JSON protocols, AccessDenied for IAM, STS and S3.
 */
function denied(call: Call, { action, resource }: Need, finding: Finding): AwsError {
  const named = call.service === 's3' ? `"${resource}"` : resource
  const why = finding === 'explicit deny' ? 'with an explicit deny in an identity-based policy' : `because no identity-based policy allows the ${action} action`
  const code = ['iam', 'sts', 's3', 'cloudwatch'].includes(call.service) ? 'AccessDenied' : 'AccessDeniedException'
  return new AwsError(code, `User: ${callerArn(call.account.id)} is not authorized to perform: ${action} on resource: ${named} ${why}`, { status: call.service === 'logs' ? 400 : 403 })
}
