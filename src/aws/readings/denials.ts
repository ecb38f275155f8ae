import type { ErrorText } from '../../errors.ts'
import { callName, serviceOf, type FailedCall, type Reading } from './reading.ts'

/** S3 has actions of other names than its operations (service authorization reference, S3), and does not always name the missing one. */
const actionNames: Readonly<Record<string, string>> = { 's3:ListObjectsV2': 's3:ListBucket' }

/**
 * Which kind of policy denies, and who can change it. AWS names the kind of policy: "… because no <kind> allows the … action" or
 * "… with an explicit deny in a <kind>" (IAM user guide, "Troubleshoot access denied error messages").
 */
const denyingPolicies: readonly { readonly kind: RegExp; readonly cure: (lacking: string) => string }[] = [
  {
    kind: /(service|resource) control policy/,
    cure: (lacking) => `Ask whoever keeps your AWS organization's policies to allow ${lacking} for this role. No policy of the role can.`,
  },
  {
    kind: /permissions boundary/,
    cure: (lacking) => `Ask whoever keeps the role's permissions boundary to allow ${lacking} in it, too. No other policy of the role can.`,
  },
  {
    kind: /session policy/,
    cure: (lacking) =>
      `Allow ${lacking} in the session policy, too: inline-session-policy or managed-session-policies of configure-aws-credentials.`,
  },
  {
    kind: /VPC endpoint policy/,
    cure: (lacking) => `Allow ${lacking} in the policy of the VPC endpoint by which the runner reaches AWS.`,
  },
  {
    kind: /explicit deny in an identity-based policy/,
    cure: (lacking) => `A statement with "Effect": "Deny" in a policy of the role forbids ${lacking}: narrow it. No Allow can help.`,
  },
  {
    kind: /resource-based policy/,
    cure: (lacking) =>
      `Check the name, account and Region in it; where they are right, its owner must allow ${lacking} for this account.`,
  },
]

/** AWS knows who asks, and does not allow it. */
export const denialReadings: readonly Reading[] = [
  {
    // A bucket answers in its own Region alone, and HEAD without words (S3 API reference, HeadBucket).
    fits: (call) => serviceOf(call) === 's3' && call.status === 301,
    text: (call) => ({
      what: `The bucket ${bucketOf(call).Bucket} is in another Region.`,
      why: `S3 answered ${call.operation.slice('s3:'.length)} with HTTP 301. Lambda takes packages from its own Region only.`,
      cure: "Name a bucket in the function's Region with `s3-bucket`.",
      docs: 'packaging.md#sizes',
    }),
  },
  { fits: ({ operation, status }) => status === 403 && /^s3:Head(Object|Bucket)$/.test(operation), text: wordlessDenial },
  {
    // Lambda reads from S3 with the caller's own rights, in any account (text: buildkite/elastic-ci-stack-for-aws#564).
    fits: (call) => isDenial(call) && unreadObject.test(call.detail),
    text: (call) => denial(call, `s3:GetObject on arn:aws:s3:::${unreadObject.exec(call.detail)?.[1]}`),
  },
  {
    // "because no resource-based policy allows the lambda:GetLayerVersion action" (aws-samples/sample-serverless-mcp-servers#19).
    fits: (call) => isDenial(call) && /lambda:GetLayerVersion/.test(call.detail) && /resource-based policy/.test(call.detail),
    text: (call) => ({
      ...denial(call, lackingOf(call)),
      cure: 'Check the ARN in `layers`: account, name, version and Region. Where it is right, its owner must share that version with ' +
        'this account (aws lambda add-layer-version-permission).',
    }),
  },
  { fits: isDenial, text: (call) => denial(call, lackingOf(call)) },
]

const unreadObject = /permission to GetObject for (\S+?)\.? S3 Error/

/** Whether AWS denied a call. CloudWatch Logs says so with status 400, as all services of the JSON protocols do. */
export function isDenial({ code, status, detail }: Pick<FailedCall, 'code' | 'status' | 'detail'>): boolean {
  return /AccessDenied|UnauthorizedOperation/.test(code) || (status === 403 && /not authorized/i.test(detail))
}

/** `iam:CreateRole on arn:…`. */
function lackingOf({ operation, detail }: FailedCall): string {
  const denied = /to perform: (\S+)(?: on resource: (\S+))?/.exec(detail)
  return `${denied?.[1] ?? actionNames[operation] ?? operation}${denied?.[2] === undefined ? '' : ` on ${denied[2]}`}`
}

/** The statement that allows it, as it stands in a policy; none where it is one of two, or where AWS does not say on what. */
function statementFor(lacking: string): string {
  const [, Action, Resource] = /^([\w-]+:\w+) on (\S+)$/.exec(lacking) ?? []
  return Action === undefined ? '' : `: ${JSON.stringify({ Effect: 'Allow', Action, Resource })}`
}

function denial(call: FailedCall, lacking: string, why: string = call.detail): ErrorText {
  const keeper = denyingPolicies.find(({ kind }) => kind.test(call.detail))
  const own = `Allow ${lacking} in the policy of the role that the workflow assumes${statementFor(lacking)}; ` +
    'the docs have a policy with all that a deploy needs.'
  return {
    what: `AWS denied ${callName(call)}: the credentials lack ${lacking}`,
    why,
    cure: keeper?.cure(lacking) ?? own,
    docs: 'permissions.md#policy',
  }
}

/**
 * S3 refuses HEAD without a body, and so without words. HeadObject needs s3:GetObject; without s3:ListBucket an object that is not there
 * is 403, too. A bucket of another account than the expected one is 403 in any case (S3 API reference, HeadObject and HeadBucket).
 */
function wordlessDenial(call: FailedCall): ErrorText {
  const { Bucket, Key } = bucketOf(call)
  const list = `s3:ListBucket on arn:aws:s3:::${Bucket}`
  const lacking = call.operation === 's3:HeadBucket' ? list : `s3:GetObject on arn:aws:s3:::${Bucket}/${Key}, or ${list}`
  return denial(call, lacking, 'S3 answered with HTTP 403 and no more; it does so, too, where the bucket belongs to another account.')
}

function bucketOf({ input }: FailedCall): { readonly Bucket: string; readonly Key: string } {
  const { Bucket = '', Key = '' } = (input ?? {}) as { Bucket?: string; Key?: string }
  return { Bucket, Key }
}
