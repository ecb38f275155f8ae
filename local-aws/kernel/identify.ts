import { AwsError } from './aws-error.ts'
import { bareModel, engineServices } from './engine-services.ts'
import type { ServiceModel, ServiceModels } from './model/service-model.ts'
import { readCaller } from './protocol/credentials.ts'
import type { RawRequest } from './protocol/request.ts'

/** Whose request it is, where, and for which service. */
export interface Identity {
  readonly accountId: string
  readonly accessKeyId: string
  readonly region: string
  readonly model: ServiceModel
}

/** The account of a key that is not itself an account id. */
export const defaultAccountId = '000000000000'

/**
 * Reads account, Region and service from the signature's scope, or gives AWS's refusal. AssumeRoleWithWebIdentity comes unsigned: its role
 * names the account.
 */
export function identify(models: ServiceModels, request: RawRequest): Identity | AwsError {
  const caller = readCaller(request.headers, request.url)
  if (caller === undefined) return unsigned(models, request)
  const model = models.get(caller.service) ?? (engineServices.includes(caller.service) ? bareModel(caller.service, request) : undefined)
  if (model === undefined)
    return new AwsError(
      'UnrecognizedClientException',
      `Local AWS has no service "${caller.service}"; it has lambda, apigateway, logs, iam, sts, s3 and monitoring, ` +
        `and as the engine has them ${engineServices.join(', ')}.`,
      { status: 501 },
    )
  const accountId = accountOf(caller.accessKeyId)
  return { accountId, accessKeyId: caller.accessKeyId, region: caller.region, model }
}

const accountsOfKeys = new Map<string, string>()

/** Remembers that temporary credentials belong to an account. */
export function rememberKey(accessKeyId: string, accountId: string): void {
  accountsOfKeys.set(accessKeyId, accountId)
}

function accountOf(accessKeyId: string): string {
  return /^\d{12}$/.test(accessKeyId) ? accessKeyId : (accountsOfKeys.get(accessKeyId) ?? defaultAccountId)
}

function unsigned(models: ServiceModels, request: RawRequest): Identity | AwsError {
  const fields = new URLSearchParams([
    ...request.url.searchParams,
    ...new URLSearchParams(request.body.length < 65_536 ? request.body.toString() : ''),
  ])
  const [, accountId] = /^arn:[^:]+:iam::(\d{12}):role\//.exec(fields.get('RoleArn') ?? '') ?? []
  const model = models.get('sts')
  if (fields.get('Action') === 'AssumeRoleWithWebIdentity' && accountId !== undefined && model !== undefined)
    return { accountId, accessKeyId: '', region: 'us-east-1', model }
  return new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', { status: 403 })
}
