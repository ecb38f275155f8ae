import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { orUndefined } from '../../aws/refusal.ts'
import { allOrFindings } from '../../diagnostics.ts'
import { UserError } from '../../errors.ts'
import type { FunctionSpec } from '../../service/service.ts'

export const roleOfActions = ['lambda:GetFunctionConfiguration'] as const

/**
 * Functions of a preview with the role of the function that they are a preview of, where the config names none: whoever opens a pull
 * request gets no new role.
 * @throws DiagnosticsError for those that have nobody to take it from
 */
export async function withRoles(aws: Aws, functions: readonly FunctionSpec[]): Promise<readonly FunctionSpec[]> {
  return allOrFindings(functions.map(async (spec) => (spec.roleOf === undefined ? spec : takeRole(aws, spec, spec.roleOf))))
}

async function takeRole(aws: Aws, spec: FunctionSpec, FunctionName: string): Promise<FunctionSpec> {
  const found = await orUndefined(aws.lambda(new GetFunctionConfigurationCommand({ FunctionName })))
  if (found?.Role !== undefined) return { ...spec, role: { kind: 'given', arn: found.Role } }
  throw new UserError({
    what: `There is no function ${FunctionName} whose role its preview ${spec.name} could take.`,
    why: 'A preview runs with the execution role of the function that it is a preview of, unless the config names one.',
    cure: `Deploy ${FunctionName} first, or write \`role\`: the ARN of one, or \`create\`, which makes one for each pull request.`,
    docs: 'previews.md#role',
  })
}
