/** What other tools, and AWS itself, call a setting, by its name here. Hyphens, underscores and capitals do not count. */
const words: Readonly<Record<string, readonly string[]>> = {
  'environment-variables': ['env', 'envs', 'environment', 'env-vars', 'vars', 'variables', 'environment-vars'],
  'memory-size': ['memory', 'ram', 'memory-mb', 'memory-limit', 'mem'],
  'ephemeral-storage': ['storage', 'tmp', 'tmp-size', 'disk', 'ephemeral-storage-size'],
  'vpc-subnet-ids': ['subnets', 'subnet-ids', 'vpc-subnets'],
  'vpc-security-group-ids': ['security-groups', 'security-group-ids', 'sgs'],
  architecture: ['arch', 'architectures', 'cpu', 'platform'],
  'reserved-concurrency': ['concurrency', 'reserved-concurrent-executions'],
  'role-policies': ['policies', 'managed-policies', 'managed-policy-arns', 'iam-managed-policies'],
  'role-statements': ['statements', 'iam-role-statements', 'permissions', 'iam', 'policy', 'policy-statements'],
  'role-permissions-boundary': ['boundary'],
  role: ['execution-role', 'role-arn', 'iam-role'],
  'log-retention-days': ['log-retention', 'log-retention-in-days', 'retention'],
  handler: ['entrypoint', 'entry-point', 'entry', 'main'],
  source: ['code', 'code-uri', 'src', 'path', 'dir', 'directory', 'folder', 'source-dir', 'working-directory', 'root'],
  package: ['zip', 'zip-file', 'artifact', 'package-path'],
  requirements: ['dependencies', 'requirements-file', 'pip'],
  exclude: ['ignore', 'excludes'],
  include: ['includes', 'files', 'patterns'],
  layers: ['layer', 'layer-arns'],
  's3-bucket': ['bucket', 'deployment-bucket'],
  'log-format': ['logging-config', 'logging'],
  runtime: ['language', 'python', 'python-version', 'node-version'],
  routes: ['paths', 'endpoints', 'http', 'events', 'route', 'urls'],
  'throttling-rate': ['rate-limit', 'throttle'],
  'access-log': ['access-logs', 'access-log-settings'],
  'binary-media-types': ['binary', 'binary-types'],
  'minimum-compression-size': ['compression', 'gzip'],
  'aws-region': ['region'],
  'allowed-account-ids': ['account', 'account-id', 'accounts', 'aws-account-id'],
  service: ['app', 'project', 'stack', 'stack-name', 'name'],
  functions: ['lambdas', 'handlers', 'lambda', 'function-list'],
  stages: ['environments'],
  defaults: ['globals', 'provider', 'default', 'common'],
}

/** What has no setting, by the words that people look for it with, and what to do in its place. */
const missing: readonly { readonly word: RegExp; readonly cure: string }[] = [
  {
    word: /^cors/,
    cure: 'There is no setting for CORS: take it out, list OPTIONS /path as a route, and let the handler answer with the headers.',
  },
  {
    word: /^(authorizers?|auth|cognito|jwt|api-?keys?|usage-?plans?|domain|custom-?domain|certificate|models?|validators?)$/,
    cure: 'There is no setting for it yet: take it out. "Limits" in the README says what can be made by hand beside it.',
  },
  {
    word: /^(schedules?|cron|sqs|sns|triggers?|event-?sources?|websockets?|image(-?uri)?|function-?url|url)$/,
    cure: 'It is not made here: take it out, and make it beside this service. "Limits" in the README says what stays as found.',
  },
]

const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_ .]/g, '')

const names = new Map(Object.entries(words).flatMap(([name, others]) => others.map((other) => [plain(other), name] as const)))

/** The setting that a word of another tool stands for. */
export function wordHere(word: string): string | undefined {
  return names.get(plain(word))
}

/** What to do about a word for something that has no setting here. */
export function missingFeature(word: string): string | undefined {
  return missing.find((each) => each.word.test(word.toLowerCase().replaceAll('_', '-')))?.cure
}
