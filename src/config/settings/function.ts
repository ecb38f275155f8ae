import { layerArn, managedPolicy, policyArn, roleOr, securityGroupId, subnetId } from '../kinds/arns.ts'
import { boolean, integer, text } from '../kinds/basic.ts'
import { handler, path, runtime } from '../kinds/code.ts'
import { filePattern } from '../kinds/file-pattern.ts'
import { environment } from '../kinds/environment.ts'
import { list } from '../kinds/lists.ts'
import { bucketName, functionNameKind } from '../kinds/names.ts'
import { statements } from '../kinds/statements.ts'
import { tags } from '../kinds/tags.ts'
import { retentionDays } from './retention.ts'
import { setting } from './setting.ts'
import { architecture, logFormat, tracing } from './words.ts'

const pattern = filePattern()

/** What the package is made from. */
export const codeSettings = {
  source: setting(path({ words: 'a folder', inside: true, example: 'src' }), {
    description: "The folder with the app's own code. Inputs start at the workspace, the file's paths at the file's own folder.",
    otherwise: '`.`',
  }),
  handler: setting(handler(), {
    description: 'The function that Lambda calls, as `module.function`.',
    otherwise: '`lambda_function.lambda_handler`; for Node `index.handler`',
  }),
  runtime: setting(runtime(), { description: 'The runtime, such as `python3.13` or `nodejs24.x`. Needed.' }),
  architecture: setting(architecture, { description: 'The processor that the function runs on.', default: 'x86_64' }),
  requirements: setting(path({ words: 'a file', inside: true, example: 'requirements.txt' }), {
    description: 'The file that lists the dependencies.',
    otherwise: 'the lock or requirements file found in `source`',
  }),
  include: setting(list(pattern, { separator: 'lines', words: 'file patterns, one a line' }), {
    description: 'Files that ship although a default excludes them.',
    default: [],
  }),
  exclude: setting(list(pattern, { separator: 'lines', words: 'file patterns, one a line' }), {
    description: 'Files of the app that do not ship.',
    default: [],
  }),
  package: setting(path({ words: 'a zip file', inside: false, example: 'build/app.zip' }), {
    description: 'A prebuilt zip to deploy as it is. Then `source`, `requirements`, `include` and `exclude` make no sense.',
  }),
} as const

/** What Lambda versions with the code; the same fields as FunctionSettings, to which they are handed on as they are. */
export const versionedSettings = {
  description: setting(text({ words: 'a description', max: 256 /* Description in Lambda's service model */, example: 'Reads events' }), {
    description: "The function's description.",
  }),
  // The service model says 32768, which holds for managed instances; the Lambda developer guide says 10,240 for functions.
  'memory-size': setting(integer({ min: 128, max: 10_240, unit: 'MB' }), {
    description: 'Memory in MB. The share of processor grows with it.',
    otherwise: '128',
  }),
  timeout: setting(integer({ min: 1, max: 900, unit: 'seconds' }), {
    description: 'Seconds until a call is stopped. API Gateway itself waits 29 seconds.',
    otherwise: '3',
  }),
  'ephemeral-storage': setting(integer({ min: 512, max: 10_240, unit: 'MB' }), { description: 'Size of `/tmp` in MB.', otherwise: '512' }),
  'environment-variables': setting(environment(), {
    description:
      'Environment variables: `KEY=value` lines (split at the first `=`, no quoting, `#` lines skipped) or a JSON object; ' +
      'in the file a map. ' +
      "`{ from-env: NAME }` takes a value from the step's `env:` and masks it. Values are never printed.",
    default: {},
  }),
  // Recorded from AWS: "Cannot reference more than 5 layers."
  layers: setting(list(layerArn(), { separator: 'lines or commas', words: 'ARNs of layer versions', max: 5 }), {
    description: 'Layers, in the order in which they are unpacked.',
    default: [],
  }),
  // At most 16 subnets and 5 security groups: SubnetIds and SecurityGroupIds in Lambda's service model.
  'vpc-subnet-ids': setting(list(subnetId(), { separator: 'lines or commas', words: 'subnet ids', max: 16 }), {
    description: 'Subnets of the VPC that the function joins.',
    default: [],
  }),
  'vpc-security-group-ids': setting(list(securityGroupId(), { separator: 'lines or commas', words: 'security group ids', max: 5 }), {
    description: 'Security groups of the function in its VPC; only together with `vpc-subnet-ids`.',
    default: [],
  }),
  tracing: setting(tracing, { description: 'X-Ray tracing.', otherwise: '`pass-through`' }),
  'log-format': setting(logFormat, { description: "The format of the function's own log.", otherwise: '`text`' }),
  'snap-start': setting(boolean(), {
    description:
      'Whether versions start from a snapshot (Lambda SnapStart: Python 3.12 and later). ' +
      'Publishing one then takes minutes. Not together with `provisioned-concurrency`.',
    otherwise: '`false`',
  }),
} as const

/** What each stage sets on its own slots. */
const slotSettings = {
  'provisioned-concurrency': setting(integer({ min: 0 }), {
    description:
      'How many environments of what is live are initialized ahead of requests. It costs money for as long as it stands; 0 is none. ' +
      'See docs/releases.md.',
    otherwise: 'none',
  }),
} as const

/** What belongs to the function as a whole and is the same for all stages. */
const unversionedSettings = {
  tags: setting(tags(), { description: "Tags of the function: `KEY=value` lines or a JSON object; in the file a map.", default: {} }),
  'reserved-concurrency': setting(integer({ min: 0 }), {
    description: 'How many calls may run at once, reserved for this function. 0 stops it.',
    otherwise: 'no reservation',
  }),
  'log-retention-days': setting(retentionDays(), {
    description: "Days that the function's own log is kept.",
    otherwise: 'for ever',
  }),
} as const

export const unversionedNames = Object.keys(unversionedSettings)

/** Every setting of a function: a key below `functions.<key>` and `defaults`, and an input. */
export const functionTable = {
  'function-name': setting(functionNameKind(), {
    description: 'The name of the function in AWS.',
    otherwise: '`service`, in the file `<service>-<key>`',
  }),
  join: setting(boolean(), {
    description:
      'Whether a function of that name that this service did not make is taken over. Then only what the config names is written; ' +
      'all else stays as found, and `destroy` gives the function back.',
    default: false,
  }),
  ...codeSettings,
  's3-bucket': setting(bucketName(), {
    description:
      "A bucket in the function's Region, also of another account, through which a package of 50 MB or more goes to Lambda; " +
      '`create` makes one for the account and Region.',
    otherwise: 'none: such a package is an error',
  }),
  role: setting(roleOr('create'), {
    description: "The function's execution role: `create` makes one, named `<function>-<region>`; an ARN names one that exists.",
    default: 'create',
  }),
  'role-policies': setting(
    list(managedPolicy(), { separator: 'lines or commas', words: "ARNs of managed policies, or names of AWS's own" }),
    {
      description:
        'Policies for the role that is made, beside the one for its log. ' +
        "One of AWS's own may be given by its name, such as AWSLambdaSQSQueueExecutionRole.",
      default: [],
    },
  ),
  'role-statements': setting(statements(), {
    description:
      'What the role that is made may do beside its policies: a list of `{ allow: [dynamodb:GetItem], on: <ARN> }`, as an input in JSON. ' +
      'It becomes one inline policy of the role.',
    default: [],
  }),
  'role-permissions-boundary': setting(policyArn(), { description: 'The permissions boundary of the role that is made.' }),
  ...versionedSettings,
  ...unversionedSettings,
  ...slotSettings,
} as const

