import { AwsError } from './aws-error.ts'
import type { FaultAction } from './faults.ts'

interface Wording {
  readonly status: number
  readonly message: string
}

/**
 * What a refusal says when the rule that injects it gives no text. Sources: cloud-custodian issue 7100, boto3 issue 1296,
 * terraform-provider-aws (apigateway/service_package.go), LocalStack's records of Lambda; the common errors page of the IAM and Lambda API
 * references.
 */
const wordings: Readonly<Record<string, Wording>> = {
  TooManyRequestsException: { status: 429, message: 'Too Many Requests' },
  LimitExceededException: {
    status: 429,
    message: 'Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.',
  },
  ConflictException: { status: 409, message: 'Unable to complete operation due to concurrent modification. Please try again later.' },
  ResourceConflictException: {
    status: 409,
    message: 'The operation cannot be performed at this time. An update is in progress for resource',
  },
  OperationAbortedException: {
    status: 400,
    message: 'A conflicting operation is currently in progress against this resource. Please try again.',
  },
  ServiceException: { status: 500, message: 'Internal server error' },
  InternalFailure: { status: 500, message: 'The request processing has failed because of an unknown error, exception or failure.' },
  ServiceUnavailableException: { status: 503, message: 'Service Unavailable' },
  ExpiredTokenException: { status: 403, message: 'The security token included in the request is expired' },
  ExpiredToken: { status: 403, message: 'The security token included in the request is expired' },
  AccessDeniedException: { status: 403, message: 'User is not authorized to perform this operation' },
  AccessDenied: { status: 403, message: 'User is not authorized to perform this operation' },
}

/** The refusal that a fault of kind `error` asks for. */
export function faultError(action: Extract<FaultAction, { kind: 'error' }>): AwsError {
  const wording = wordings[action.code] ?? { status: 400, message: action.code }
  const members = action.retryAfter === undefined ? {} : { retryAfterSeconds: String(action.retryAfter) }
  const headers = action.retryAfter === undefined ? {} : { 'retry-after': String(action.retryAfter) }
  return new AwsError(action.code, action.message ?? wording.message, { status: action.status ?? wording.status, members, headers })
}
