import type { ErrorText } from '../../errors.ts'
import { callName, type FailedCall, type Reading } from './reading.ts'

const configure = 'Run aws-actions/configure-aws-credentials in a step before this one, with `permissions: id-token: write`'
const longer = 'a job longer than the session needs a longer role-duration-seconds'
const docs = 'permissions.md'

/** What is wrong with the credentials: there are none, or AWS does not take them. */
export const credentialReadings: readonly Reading[] = [
  {
    fits: ({ status, transport, env }) => status === undefined && isFileError(transport) && isSet(env['AWS_WEB_IDENTITY_TOKEN_FILE']),
    text: ({ detail }) => ({
      what: `There are no AWS credentials: ${detail}`,
      why: 'AWS_WEB_IDENTITY_TOKEN_FILE names the file with the token that AWS is to trade for credentials, and it cannot be read.',
      cure: `Let this step see that file, or unset AWS_WEB_IDENTITY_TOKEN_FILE. ${configure}.`,
      docs,
    }),
  },
  {
    // Both in one environment: "This SDK will proceed with the AWS_PROFILE value" (warning of @aws-sdk/credential-provider-node).
    fits: ({ code, env }) => code === 'CredentialsProviderError' && isSet(env['AWS_PROFILE']),
    text: ({ env, detail }) => ({
      what: `There are no AWS credentials in the profile ${JSON.stringify(env['AWS_PROFILE'])}.`,
      why: `AWS_PROFILE names it, and the SDK prefers it to AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. It says: ${detail}.`,
      cure: "Unset AWS_PROFILE for this step (env: { AWS_PROFILE: '' }), or give the profile credentials.",
      docs,
    }),
  },
  {
    fits: ({ code }) => code === 'CredentialsProviderError',
    text: ({ detail }) => ({
      what: 'There are no AWS credentials.',
      why: `The SDK says: ${detail}.`,
      cure: `${configure}; ${longer}.`,
      docs,
    }),
  },
  {
    // The SDK trades the token of a web identity when it is first asked for credentials, and STS may refuse.
    fits: ({ detail }) => /perform:? sts:AssumeRole\w*/.test(detail),
    text: (call) => ({
      what: `AWS does not hand out credentials for ${callName(call)}: ${call.detail}`,
      why: 'The role does not trust the token that this step brings.',
      cure: "Check the role's trust policy against the token's `sub`, and AWS_ROLE_ARN.",
      docs: 'permissions.md#the-role',
    }),
  },
  {
    fits: ({ code }) => /ExpiredToken/.test(code),
    text: ({ detail }) => ({ what: `AWS does not accept the credentials: ${detail}`, cure: `${configure}; ${longer}.`, docs }),
  },
  {
    fits: ({ code }) => /InvalidClientTokenId|UnrecognizedClient/.test(code),
    text: invalidToken,
  },
  {
    fits: ({ code }) => /InvalidSignature|SignatureDoesNotMatch|IncompleteSignature/.test(code),
    text: ({ detail }) => ({
      what: `AWS does not accept the credentials: ${detail}`,
      why: 'The secret key does not belong to the key id, or something on the way has changed the request.',
      cure: `${configure}; where keys are stored as secrets, store both anew, without a line break.`,
      docs,
    }),
  },
]

/**
 * One text for several causes: keys that are gone, and a Region that does not know the token. Tokens of STS's global endpoint hold in
 * Regions that are enabled by default only (IAM user guide, "Manage AWS STS in an AWS Region"; aws-actions/configure-aws-credentials#681).
 */
function invalidToken({ detail, env }: FailedCall): ErrorText {
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION']
  return {
    what: `AWS does not accept the credentials: ${detail}`,
    why: `The key is gone or of another partition; or ${isSet(region) ? region : 'the Region'} is one that an account must enable: ` +
      'then it is not enabled, or the token came from the global endpoint of STS, which such a Region does not know.',
    cure: `${configure}. A Region that must be enabled: enable it for the account, and give configure-aws-credentials ` +
      'the same aws-region, so that it asks STS there.',
    docs,
  }
}

function isFileError(transport: string): boolean {
  return /^(ENOENT|EACCES|EPERM|EISDIR|ENOTDIR)$/.test(transport)
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== ''
}
