import { UserError, type ErrorText } from '../errors.ts'
import { isUnanswered } from './retry.ts'

/** AWS said no, for good: its code and words, and what the reader can do about it. */
export class AwsRefusal extends UserError {
  /** AWS's name of the error, such as `ResourceNotFoundException`. */
  readonly code: string
  /** HTTP status, or undefined where no answer came. */
  readonly status: number | undefined
  /** `service:Operation`. */
  readonly operation: string
  /** AWS's own words, scrubbed. */
  readonly detail: string

  constructor(facts: Facts & { readonly cause: unknown }) {
    super(refusalText(facts), { cause: facts.cause })
    this.name = 'AwsRefusal'
    this.code = facts.code
    this.status = facts.status
    this.operation = facts.operation
    this.detail = facts.detail
  }
}

/** Whether an error is AWS's refusal with one of these codes. */
export function isRefusal(error: unknown, ...codes: readonly string[]): error is AwsRefusal {
  return error instanceof AwsRefusal && codes.includes(error.code)
}

/** Gives `undefined` in place of "there is no such thing". */
export async function orUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (isRefusal(error, 'ResourceNotFoundException', 'NotFoundException', 'NoSuchEntity', 'NoSuchEntityException', 'NotFound', 'NoSuchKey')) return undefined
    throw error
  }
}

/** Makes one readable refusal of whatever the SDK threw. */
export function toRefusal(operation: string, error: unknown, command: { readonly input?: object } = {}): AwsRefusal {
  // A look at what a lost answer has left behind may itself be refused; its words say enough.
  if (error instanceof AwsRefusal) return error
  const sdk = error as { name?: string; message?: string; code?: string; $metadata?: { httpStatusCode?: number } }
  const message = sdk.message ?? String(error)
  const detail = scrub(message)
  return new AwsRefusal({
    operation,
    code: sdk.name ?? 'UnknownError',
    status: sdk.$metadata?.httpStatusCode,
    detail,
    input: command.input,
    // The stack of an error that had to be scrubbed would still tell what was taken out.
    cause: detail === message ? error : undefined,
    isUnanswered: isUnanswered(error),
    transport: sdk.$metadata?.httpStatusCode === undefined ? sdk.code ?? '' : '',
  })
}

/**
 * Lambda echoes the values of environment variables when they pass 4 KB ("String measured: {...}", recorded in
 * test_lambda_api `test_invalid_env_vars...`), so everything behind those words is dropped.
 */
function scrub(message: string): string {
  return message.replace(/String measured:[\s\S]*$/, 'String measured: (values withheld)')
}

interface Facts {
  readonly operation: string
  readonly code: string
  readonly status: number | undefined
  readonly detail: string
  /** What was sent. */
  readonly input: object | undefined
  /** Whether the refusal is not AWS's at all: no answer came. */
  readonly isUnanswered: boolean
  /** Node's own code of an error on the way there, such as `UNABLE_TO_VERIFY_LEAF_SIGNATURE`; else empty. */
  readonly transport: string
}

function refusalText(facts: Facts): ErrorText {
  const { operation, code, status, detail } = facts
  const [service = '', name = ''] = operation.split(':')
  const what = `AWS refused ${name} (${titles[service] ?? service}): ${detail}`
  if (facts.isUnanswered) {
    return {
      what: `AWS did not answer ${name} (${titles[service] ?? service}): ${detail || code}`,
      cure: 'Check the Region and AWS_ENDPOINT_URL, if it is set, and whether the runner reaches the internet; then run the job again.',
    }
  }
  if (/CERT|UNABLE_TO|SELF_SIGNED|ERR_TLS|ERR_PROXY|ERR_SSL/.test(facts.transport)) {
    return {
      what: `There is no safe connection to AWS for ${name} (${titles[service] ?? service}): ${detail}`,
      why: `Node says ${facts.transport}: most likely a proxy or a certificate on the way from the runner.`,
      cure: 'Check HTTPS_PROXY and NO_PROXY, and let NODE_EXTRA_CA_CERTS name the certificate of a proxy that opens connections.',
    }
  }
  // A bucket answers in its own Region alone, and HEAD without words (S3 API reference, HeadBucket).
  if (service === 's3' && status === 301) {
    const { Bucket = '' } = (facts.input ?? {}) as { Bucket?: string }
    return { what: `The bucket ${Bucket} is in another Region.`, why: `S3 answered ${name} with HTTP 301. Lambda takes packages from its own Region only.`, cure: "Name a bucket in the function's Region with `s3-bucket`.", docs: 'packaging.md#sizes' }
  }
  const wordless = wordlessDenial(facts)
  if (wordless !== undefined) return denial(name, service, wordless)
  if (/AccessDenied|UnauthorizedOperation/.test(code) || (status === 403 && /not authorized/i.test(detail))) {
    // Lambda reads from S3 with the caller's own rights, in any account (text: buildkite/elastic-ci-stack-for-aws#564).
    const object = /permission to GetObject for (\S+?)\.? S3 Error/.exec(detail)
    if (object !== null) return denial(name, service, { lacking: `s3:GetObject on arn:aws:s3:::${object[1]}`, why: detail })
    const denied = /to perform: (\S+)(?: on resource: (\S+))?/.exec(detail)
    const resource = denied?.[2] === undefined ? '' : ` on ${denied[2]}`
    return denial(name, service, { lacking: `${denied?.[1] ?? actionNames[operation] ?? operation}${resource}`, why: detail })
  }
  if (/ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|CredentialsProviderError/.test(code)) {
    return {
      what: code === 'CredentialsProviderError' ? 'There are no AWS credentials.' : `AWS does not accept the credentials: ${detail}`,
      cure: 'Run aws-actions/configure-aws-credentials in a step before this one, with `permissions: id-token: write`; a job longer than the session needs a longer role-duration-seconds.',
      docs: 'permissions.md',
    }
  }
  if (/LimitExceeded|CodeStorageExceeded|PolicyLengthExceeded/.test(code)) {
    return { what, why: `A quota of the account is used up (${code}); trying again cannot help.`, cure: 'Remove what is not needed, or ask AWS for a higher quota in Service Quotas.' }
  }
  if (/role defined for the function cannot be assumed/.test(detail)) {
    return { what, why: 'The role does not exist, or does not trust Lambda.', cure: 'Check the ARN in `role`, and that the role\'s trust policy lets lambda.amazonaws.com assume it.' }
  }
  if (status === 429 || /Throttl|TooManyRequests/.test(code)) {
    return { what, why: 'The account was throttled for longer than this run waits; the limits are shared by everything in the account and Region.', cure: 'Run the job again; several deploys at once are best put into one `concurrency` group.' }
  }
  return { what, why: `${code}${status === undefined ? '' : `, HTTP ${status}`}` }
}

function denial(name: string, service: string, { lacking, why }: { lacking: string; why: string }): ErrorText {
  return {
    what: `AWS denied ${name} (${titles[service] ?? service}): the credentials lack ${lacking}`,
    why,
    cure: `Allow ${lacking} in the policy of the role that the workflow assumes; the policy in the docs has every action that a deploy needs.`,
    docs: 'permissions.md#policy',
  }
}

/**
 * S3 refuses HEAD without a body, and so without words. HeadObject needs s3:GetObject; without s3:ListBucket an object that is not there
 * is 403, too. A bucket of another account than the expected one is 403 in any case (S3 API reference, HeadObject and HeadBucket).
 */
function wordlessDenial({ operation, status, input }: Facts): { lacking: string; why: string } | undefined {
  if (status !== 403 || !/^s3:Head(Object|Bucket)$/.test(operation)) return undefined
  const { Bucket = '', Key = '' } = (input ?? {}) as { Bucket?: string; Key?: string }
  const list = `s3:ListBucket on arn:aws:s3:::${Bucket}`
  return {
    lacking: operation === 's3:HeadBucket' ? list : `s3:GetObject on arn:aws:s3:::${Bucket}/${Key}, or ${list}`,
    why: 'S3 answered with HTTP 403 and no more; it does so, too, where the bucket belongs to another account.',
  }
}

/** S3 has actions of other names than its operations (service authorization reference, S3), and does not always name the one that is missing. */
const actionNames: Readonly<Record<string, string>> = { 's3:ListObjectsV2': 's3:ListBucket' }

const titles: Readonly<Record<string, string>> = {
  lambda: 'Lambda',
  apigateway: 'API Gateway',
  logs: 'CloudWatch Logs',
  iam: 'IAM',
  sts: 'STS',
  s3: 'S3',
}
