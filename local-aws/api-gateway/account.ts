import type { Call, Output } from '../kernel/call.ts'
import { checkLogsRole } from './account-role.ts'
import { badRequest } from './errors.ts'
import { expectReplace, invalidPath, patchesOf } from './patch.ts'
import { gatewayOf } from './state.ts'

/** GetAccount: account of this Region; the throttle is the developer guide's default. */
export function getAccount(call: Call): Output {
  return {
    cloudwatchRoleArn: gatewayOf(call).cloudwatchRoleArn,
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  }
}

/** UpdateAccount: the CloudWatch role, which API Gateway tries out before it takes it. */
export async function updateAccount(call: Call): Promise<Output> {
  for (const patch of patchesOf(call)) {
    // API reference, patch operations of an account.
    if (patch.op === 'add' && patch.path === '/features') continue
    if (patch.path !== '/cloudwatchRoleArn') throw invalidPath(patch)
    expectReplace(patch)
    const arn = patch.value ?? ''
    // terraform-provider-aws, apigateway/account.go: it cannot be emptied.
    if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(arn)) throw badRequest('The role ARN is not well formed')
    await checkLogsRole(call, arn)
    const gateway = gatewayOf(call)
    // Stages learn of a first role later: "CloudWatch Logs role ARN must be set in account settings" (serverless-patterns issue 620).
    if (gateway.cloudwatchRoleArn === undefined) gateway.cloudwatchRoleFrom = call.now + call.account.settings.windows.accountVisible
    gateway.cloudwatchRoleArn = arn
  }
  return getAccount(call)
}
