import { refused, type FailedCall, type Reading } from './reading.ts'

/** A text of AWS's about one setting of a function, and what to write in its place. */
interface SettingText {
  readonly fits: RegExp
  /** As the config names it. */
  readonly setting: string
  readonly cure: (match: RegExpExecArray) => string
}

const quota = 'ask for more in Service Quotas'

/** Sources: the public reports that are named, and texts of Lambda's own API reference. */
const settingTexts: readonly SettingText[] = [
  {
    // aws-samples/genai-bedrock-agent-chatbot#4; new accounts may be held to 3008.
    fits: /'?MemorySize'? (?:value )?failed to satisfy constraint: Member must have value less than or equal to (\d+)/i,
    setting: 'memory-size',
    cure: ([, most]) => `Set \`memory-size\` to ${most} or less, or ${quota}: new accounts have less than Lambda's limit.`,
  },
  {
    // Recorded: test_provisioned_concurrency_limits.
    fits: /Specified ConcurrentExecutions for function (?:decreases .* minimum value of \[?(\d+)|is greater than .* \[?(\d+))/i,
    setting: 'provisioned-concurrency',
    cure: ([, kept, left]) =>
      `Lower \`provisioned-concurrency\`: ${kept === undefined ? `${left} are left in the account` : `${kept} must stay for others`}, ` +
      `and while a release goes live both slots have theirs. For more, ${quota} (Concurrent executions).`,
  },
  {
    // Recorded: test_reserved_provisioned_overlap.
    fits: /Provisioned Concurrency should not be greater than the reservedConcurrentExecution|lower than function's total provisioned/i,
    setting: 'reserved-concurrency',
    cure: () =>
      'Raise `reserved-concurrency`: it must hold the provisioned concurrency of all stages, and that of one twice while its release ' +
      'goes live.',
  },
  {
    // aws-samples/bedrock-chat#617
    fits: /(\S+) is not supported for SnapStart enabled functions/i,
    setting: 'snap-start',
    cure: ([, what]) => `Take \`snap-start\` out, or change what it does not go with: ${what}.`,
  },
  {
    // awslabs/amazon-neptune-tools#324
    fits: /UnreservedConcurrentExecutions? below its minimum value of \[?(\d+)\]?/i,
    setting: 'reserved-concurrency',
    cure: ([, kept]) =>
      `Take \`reserved-concurrency\` out or set it lower: ${kept} must stay for all other functions. For more, ` +
      `${quota} (Concurrent executions).`,
  },
  {
    fits: /Layer version (?:arn:\S+ )?does not exist/i,
    setting: 'layers',
    cure: () => 'Check the ARN in `layers`: account, name, version and Region.',
  },
  {
    fits: /InvalidSubnetID|subnet IDs? .*(?:does not exist|invalid)/i,
    setting: 'vpc-subnet-ids',
    cure: () => 'Check the ids in `vpc-subnet-ids`: they belong to one VPC of this account and Region.',
  },
  {
    fits: /InvalidGroup|InvalidSecurityGroupID|security groups? .*(?:does not exist|invalid)/i,
    setting: 'vpc-security-group-ids',
    cure: () => 'Check the ids in `vpc-security-group-ids`: they belong to the VPC of the subnets.',
  },
  {
    fits: /execution role does not have permissions to call (\w+) on EC2/i,
    setting: 'role',
    cure: ([, action]) =>
      `Attach the policy AWSLambdaVPCAccessExecutionRole to the role that \`role\` names: a function in a VPC needs ec2:${action}.`,
  },
  {
    // motdotla/node-lambda#526
    fits: /runtime parameter of (\S+) is no longer supported/i,
    setting: 'runtime',
    cure: ([, runtime]) => `Write a newer runtime than ${runtime}, such as python3.13 or nodejs24.x.`,
  },
  {
    fits: /Unzipped size must be smaller than/i,
    setting: 'source',
    cure: () => 'Ship less: see which files are the largest, and add to `exclude` or to `.lambdaignore`. Layers count, too.',
  },
]

/** Names of AWS's own that a setting is checked under: "Value '…' at 'ephemeralStorage.size' failed to satisfy constraint". */
const members: Readonly<Record<string, string>> = {
  memorySize: 'memory-size', 'ephemeralStorage.size': 'ephemeral-storage', timeout: 'timeout', handler: 'handler', runtime: 'runtime',
  description: 'description', role: 'role', layers: 'layers', 'environment.variables': 'environment-variables', tags: 'tags',
  'vpcConfig.subnetIds': 'vpc-subnet-ids', 'vpcConfig.securityGroupIds': 'vpc-security-group-ids', functionName: 'function-name',
  reservedConcurrentExecutions: 'reserved-concurrency',
}

const constraint = /at '([A-Za-z.]+)' failed to satisfy constraint: (.*)$/s

/** A setting that Lambda does not take: it is named as the config names it, so that its line can be told. */
export const settingReadings: readonly Reading[] = [
  ...settingTexts.map(({ fits, setting, cure }): Reading => ({
    fits: (call) => isOfFunction(call) && fits.test(call.detail),
    text: (call) => {
      const match = fits.exec(call.detail)
      return { what: refused(call), why: whyOf(call), ...(match === null ? {} : { cure: cure(match) }), setting }
    },
  })),
  {
    fits: (call) => isOfFunction(call) && members[constraint.exec(call.detail)?.[1] ?? ''] !== undefined,
    text: (call) => {
      const [, member = '', rule = ''] = constraint.exec(call.detail) ?? []
      const setting = members[member] ?? member
      return { what: refused(call), why: whyOf(call), cure: `Change \`${setting}\`. ${rule.replace(/^Member must/, 'It must')}`, setting }
    },
  },
]

function isOfFunction({ operation, status }: FailedCall): boolean {
  return operation.startsWith('lambda:') && status !== undefined && status < 500 && status !== 403
}

function whyOf({ code, status }: FailedCall): string {
  return `Lambda does not take this setting (${code}, HTTP ${status}).`
}
