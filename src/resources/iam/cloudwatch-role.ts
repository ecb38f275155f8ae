import { managedPolicyArn } from '../../service/arns.ts'
import { known, type ApplyContext } from '../step.ts'
import { ensureRole, trustOf } from './role.ts'

/** The managed policy that AWS documents for this role (developer guide, "Set up CloudWatch logging for REST APIs"). */
export const cloudwatchPolicy = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs'

export function cloudwatchRoleName(region: string): string {
  return `lambda-api-deploy-api-gateway-logs-${region}`
}

/** Makes the role by which API Gateway writes logs, or finds the one that an earlier run made. */
export async function ensureCloudwatchRole({ aws, account }: ApplyContext): Promise<string> {
  const role = await ensureRole(aws, {
    name: cloudwatchRoleName(aws.region),
    trust: trustOf('apigateway.amazonaws.com'),
    policies: [managedPolicyArn(account, cloudwatchPolicy)],
    tags: { 'managed-by': 'lambda-api-deploy' },
  })
  return known(role, 'the role for logs')
}
