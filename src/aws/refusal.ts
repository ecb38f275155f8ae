import { UserError, type ErrorText } from '../errors.ts'

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

  constructor(facts: { operation: string; code: string; status: number | undefined; detail: string; cause: unknown }) {
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
export function toRefusal(operation: string, error: unknown): AwsRefusal {
  // A look at what a lost answer has left behind may itself be refused; its words say enough.
  if (error instanceof AwsRefusal) return error
  const sdk = error as { name?: string; message?: string; $metadata?: { httpStatusCode?: number } }
  const message = sdk.message ?? String(error)
  const detail = scrub(message)
  return new AwsRefusal({
    operation,
    code: sdk.name ?? 'UnknownError',
    status: sdk.$metadata?.httpStatusCode,
    detail,
    // The stack of an error that had to be scrubbed would still tell what was taken out.
    cause: detail === message ? error : undefined,
  })
}

/**
 * Lambda echoes the values of environment variables when they pass 4 KB ("String measured: {...}", recorded in
 * test_lambda_api `test_invalid_env_vars...`), so everything behind those words is dropped.
 */
function scrub(message: string): string {
  return message.replace(/String measured:[\s\S]*$/, 'String measured: (values withheld)')
}

function refusalText({ operation, code, status, detail }: { operation: string; code: string; status: number | undefined; detail: string }): ErrorText {
  const [service = '', name = ''] = operation.split(':')
  const what = `AWS refused ${name} (${titles[service] ?? service}): ${detail}`
  if (/AccessDenied|UnauthorizedOperation/.test(code) || (status === 403 && /not authorized/i.test(detail))) {
    const denied = /to perform: (\S+)(?: on resource: (\S+))?/.exec(detail)
    const action = denied?.[1] ?? operation
    const resource = denied?.[2] === undefined ? '' : ` on ${denied[2]}`
    return {
      what: `AWS denied ${name} (${titles[service] ?? service}): the credentials lack ${action}${resource}`,
      why: detail,
      cure: `Allow ${action}${resource} in the policy of the role that the workflow assumes; the README's IAM policy has every action that a deploy needs.`,
      docs: '../README.md#iam-policy',
    }
  }
  if (/ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|CredentialsProviderError/.test(code)) {
    return {
      what: code === 'CredentialsProviderError' ? 'There are no AWS credentials.' : `AWS does not accept the credentials: ${detail}`,
      cure: 'Run aws-actions/configure-aws-credentials in a step before this one, with `permissions: id-token: write`; a job longer than the session needs a longer role-duration-seconds.',
      docs: '../README.md#permissions',
    }
  }
  if (code === 'PreconditionFailedException') {
    return {
      what: `Somebody else changed the function while this run was deploying it (${name}).`,
      why: detail,
      cure: 'What was live before still serves. Run the job again; a `concurrency` group in the workflow keeps deploys of one service apart.',
      docs: 'concurrency.md',
    }
  }
  if (/LimitExceeded|CodeStorageExceeded|PolicyLengthExceeded/.test(code)) {
    return { what, why: `A quota of the account is used up (${code}); trying again cannot help.`, cure: 'Remove what is not needed, or ask AWS for a higher quota in Service Quotas.' }
  }
  if (status === 429 || /Throttl|TooManyRequests/.test(code)) {
    return { what, why: 'The account was throttled for longer than this run waits; the limits are shared by everything in the account and Region.', cure: 'Run the job again; several deploys at once are best put into one `concurrency` group.' }
  }
  return { what, why: `${code}${status === undefined ? '' : `, HTTP ${status}`}` }
}

const titles: Readonly<Record<string, string>> = {
  lambda: 'Lambda',
  apigateway: 'API Gateway',
  logs: 'CloudWatch Logs',
  iam: 'IAM',
  sts: 'STS',
  s3: 'S3',
}
