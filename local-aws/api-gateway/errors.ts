import { AwsError } from '../kernel/call.ts'

/** 400: the request asks for something that API Gateway does not do. */
export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, { status: 400 })
}

/** 404. */
export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, { status: 404 })
}

/** 409: something of that name exists, is referenced, or another write is under way. */
export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, { status: 409 })
}

/** A quota is used up. It shares status 429 with throttling, but waiting never helps (service model: LimitExceededException). */
export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceededException', message, { status: 429 })
}

/** The text of AWS's quotas, two spaces and all (boto3 issue 1296 for resources; the other nouns follow it). */
export function quotaReached(noun: string, scope = ' for this API'): AwsError {
  return limitExceeded(`Maximum number of ${noun}${scope} has been reached.  Please contact AWS if you need additional ${noun}.`)
}
