import { AwsError } from '../aws-error.ts'
import type { Call } from '../call.ts'
import type { Operation, ServiceModel } from '../model/service-model.ts'
import type { PolicyDocument, Settings } from '../settings.ts'
import { apiGatewayNeeds } from './api-gateway-needs.ts'
import { callerArn } from './caller.ts'
import { evaluate } from './evaluate.ts'
import { lambdaNeeds } from './lambda-needs.ts'
import type { Need } from './needs.ts'
import { requestContext, type TagsOf } from './request-context.ts'
import { iamNeeds, logsNeeds, s3Needs, stsNeeds } from './store-needs.ts'

/** A call whose permissions are asked for. */
export interface Asked {
  readonly call: Call
  readonly model: ServiceModel
  readonly operation: Operation
  /** Tags of what an ARN names, for `aws:ResourceTag`. */
  readonly tagsOf: TagsOf
}

/**
 * Throws AWS's AccessDenied unless every policy of the caller allows all that the call needs.
 * Returns the actions whose lack only leaves something out of the answer.
 */
export async function authorize(asked: Asked): Promise<ReadonlySet<string>> {
  const { call } = asked
  const withheld = new Set<string>()
  // Tags of roles and log groups cost a question to the engine.
  const tagsOf: TagsOf = /ResourceTag/i.test(JSON.stringify(policies(call.account.settings))) ? asked.tagsOf : () => ({})
  for (const need of needsOf(asked)) {
    if (need.unverified === true && !call.account.settings.unverified) continue
    const why = findReason(call.account.settings, { ...need, context: await requestContext(call, need, tagsOf) })
    if (why !== undefined && need.unverified === true) call.account.metUnverified = true
    if (why !== undefined && need.partial !== true) throw denied(call, need, why)
    if (why !== undefined) withheld.add(need.action)
  }
  return withheld
}

/** Whether any policy limits the caller. */
export function isLimited(settings: Settings): boolean {
  return policies(settings).length > 0
}

/** Everything that a call needs, in the order in which it is asked for. */
export function needsOf({ call, model, operation }: Pick<Asked, 'call' | 'model' | 'operation'>): readonly Need[] {
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

interface Kind {
  readonly kind: string
  readonly article: string
  readonly document: PolicyDocument
}

/** All of them must allow, and none may deny (IAM user guide, "Policy evaluation logic"). */
function policies({ policy, permissionsBoundary, serviceControlPolicy }: Settings): readonly Kind[] {
  const kinds = [
    { kind: 'service control policy', article: 'a', document: serviceControlPolicy },
    { kind: 'identity-based policy', article: 'an', document: policy },
    { kind: 'permissions boundary', article: 'a', document: permissionsBoundary },
  ]
  return kinds.flatMap(({ document, ...kind }) => (document === null ? [] : [{ ...kind, document }]))
}

/**
 * The end of AWS's text; where several kinds deny, it names only one of them (IAM user guide, "Troubleshoot access denied error messages").
 */
function findReason(settings: Settings, need: Need): string | undefined {
  const findings = policies(settings).map((each) => ({ ...each, finding: evaluate(each.document, need) }))
  const denying = findings.find(({ finding }) => finding === 'explicit deny')
  if (denying !== undefined) return `with an explicit deny in ${denying.article} ${denying.kind}`
  const silent = findings.find(({ finding }) => finding === 'implicit deny')
  return silent === undefined ? undefined : `because no ${silent.kind} allows the ${need.action} action`
}

/**
 * The text is the same for every service (same page); S3 puts the ARN in quotes.
 * Name: AccessDeniedException for the JSON protocols, AccessDenied for IAM, STS and S3.
 */
function denied(call: Call, { action, resource }: Need, why: string): AwsError {
  const named = call.service === 's3' ? `"${resource}"` : resource
  const code = ['iam', 'sts', 's3', 'cloudwatch'].includes(call.service) ? 'AccessDenied' : 'AccessDeniedException'
  return new AwsError(code, `User: ${callerArn(call.account.id)} is not authorized to perform: ${action} on resource: ${named} ${why}`, {
    status: call.service === 'logs' ? 400 : 403,
  })
}
