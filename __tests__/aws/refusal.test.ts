import { describe, expect, test } from '@jest/globals'
import { toRefusal } from '../../src/aws/refusal.ts'
import type { UserError } from '../../src/errors.ts'
import { asOtherRun, OtherRunWon } from '../../src/resources/other-run.ts'

const sdkError = (name: string, message: string, httpStatusCode: number): Error => Object.assign(new Error(message), { name, $metadata: { httpStatusCode } })

describe('S3 refuses HEAD without words', () => {
  const input = { Bucket: 'zips', Key: 'shop/a.zip' }

  test('of an object: action and place are named, and what else may be the cause', () => {
    const { text } = toRefusal('s3:HeadObject', sdkError('403', 'UnknownError', 403), { input })
    expect(text.what).toBe('AWS denied HeadObject (S3): the credentials lack s3:GetObject on arn:aws:s3:::zips/shop/a.zip, or s3:ListBucket on arn:aws:s3:::zips')
    expect(text.why).toContain('another account')
  })

  test('of a bucket', () => {
    expect(toRefusal('s3:HeadBucket', sdkError('403', 'UnknownError', 403), { input: { Bucket: 'zips' } }).text.what).toContain('the credentials lack s3:ListBucket on arn:aws:s3:::zips')
  })

  test('another status is no denial', () => {
    expect(toRefusal('s3:HeadObject', sdkError('400', 'UnknownError', 400), { input }).text.what).toBe('AWS refused HeadObject (S3): UnknownError')
  })

  test('301 is another Region', () => {
    const { text } = toRefusal('s3:HeadObject', sdkError('301', 'UnknownError', 301), { input })
    expect(text.what).toBe('The bucket zips is in another Region.')
    expect(text.cure).toContain('`s3-bucket`')
  })
})

test('where Lambda may not read the package, the action on the object is what lacks, not one of Lambda', () => {
  const detail = 'Your access has been denied by S3, please make sure your request credentials have permission to GetObject for zips/shop/a.zip. S3 Error Code: AccessDenied. S3 Error Message: Access Denied'
  expect(toRefusal('lambda:CreateFunction', sdkError('AccessDeniedException', detail, 403)).text.what).toBe('AWS denied CreateFunction (Lambda): the credentials lack s3:GetObject on arn:aws:s3:::zips/shop/a.zip')
})

describe('no answer is no refusal', () => {
  test('nor is a certificate that Node does not know: the variables that help are named', () => {
    const error = Object.assign(new Error('unable to verify the first certificate'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
    const { text } = toRefusal('iam:GetRole', error)
    expect(text.what).toBe('There is no safe connection to AWS for GetRole (IAM): unable to verify the first certificate')
    expect(text.cure).toContain('NODE_EXTRA_CA_CERTS')
  })

  test.each([
    [Object.assign(new Error('getaddrinfo ENOTFOUND iam.amazonaws.com'), { code: 'ENOTFOUND' }), 'getaddrinfo ENOTFOUND iam.amazonaws.com'],
    // Node's error of a host with two addresses has no words of its own.
    [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'AggregateError'],
    [Object.assign(new Error('socket hang up'), { name: 'TimeoutError' }), 'socket hang up'],
  ])('%s', (error, detail) => {
    const { text } = toRefusal('iam:GetRole', error)
    expect(text.what).toBe(`AWS did not answer GetRole (IAM): ${detail}`)
    expect(text.cure).toContain('Check the Region')
  })

  test('an answer with those words is one', () => {
    expect(toRefusal('iam:GetRole', sdkError('InternalFailure', 'aborted', 500)).text.what).toBe('AWS refused GetRole (IAM): aborted')
  })
})

describe('deploy 22, 23: the cure of a denial goes with the why', () => {
  const who = 'User: arn:aws:sts::123456789012:assumed-role/ci/x is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::123456789012:role/shop'
  const inOwnPolicy = /in the policy of the role that the workflow assumes/

  test.each([
    ['because no identity-based policy allows the iam:CreateRole action', inOwnPolicy],
    ['with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1', /AWS organization/],
    ['because no service control policy allows the iam:CreateRole action', /AWS organization/],
    ['with an explicit deny in a resource control policy', /AWS organization/],
    ['because no permissions boundary allows the iam:CreateRole action', /permissions boundary/],
    ['with an explicit deny in a permissions boundary', /permissions boundary/],
    ['because no session policy allows the iam:CreateRole action', /inline-session-policy/],
    ['because no VPC endpoint policy allows the iam:CreateRole action', /VPC endpoint/],
    ['with an explicit deny in an identity-based policy', /"Effect": "Deny"/],
    ['because no resource-based policy allows the iam:CreateRole action', /its owner must allow/],
  ])('%s', (why, cure) => {
    const { text } = toRefusal('iam:CreateRole', sdkError('AccessDenied', `${who} ${why}`, 403))
    expect(text.what).toBe('AWS denied CreateRole (IAM): the credentials lack iam:CreateRole on arn:aws:iam::123456789012:role/shop')
    expect(text.cure).toMatch(cure)
    expect(inOwnPolicy.test(text.cure ?? '')).toBe(cure === inOwnPolicy)
  })

  test('deploy 23: a layer of another account: its ARN is to be checked, and its owner must share it', () => {
    const detail = 'User: arn:aws:sts::1:assumed-role/ci/x is not authorized to perform: lambda:GetLayerVersion on resource: arn:aws:lambda:eu-west-1:999999999999:layer:tools:3 because no resource-based policy allows the lambda:GetLayerVersion action'
    const { text } = toRefusal('lambda:CreateFunction', sdkError('AccessDeniedException', detail, 403))
    expect(text.cure).toContain('Check the ARN in `layers`: account, name, version and Region')
    expect(text.cure).toContain('add-layer-version-permission')
  })
})

describe('deploy 23: a setting that Lambda does not take is named as the config names it', () => {
  test.each([
    ["'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 3008", 'memory-size', /3008 or less/],
    ["1 validation error detected: Value '4096' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 3008", 'memory-size', /It must have value|3008/],
    ["Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [50].", 'reserved-concurrency', /50 must stay/],
    ['Layer version arn:aws:lambda:eu-west-1:999999999999:layer:x:9 does not exist.', 'layers', /Check the ARN/],
    ['The runtime parameter of nodejs16.x is no longer supported for creating or updating AWS Lambda functions.', 'runtime', /newer runtime than nodejs16\.x/],
    ['The provided execution role does not have permissions to call CreateNetworkInterface on EC2', 'role', /ec2:CreateNetworkInterface/],
  ])('%s', (detail, name, cure) => {
    const refusal = toRefusal('lambda:CreateFunction', sdkError('InvalidParameterValueException', detail, 400), { input: { FunctionName: 'shop' } })
    expect(refusal.setting).toEqual({ functionName: 'shop', name })
    expect(refusal.text.cure).toMatch(cure)
    expect(refusal.at({ file: 'lambda-api.yml', line: 4 }).text).toMatchObject({ ...refusal.text, place: { file: 'lambda-api.yml', line: 4 } })
  })
})

test('break 22: values of environment variables that AWS echoes are withheld, wherever they stand, and their names stay', () => {
  const input = { FunctionName: 'shop', Environment: { Variables: { TOKEN: 'topsecret', LONGER: 'topsecret-and-more', ON: '1' } } }
  const detail = "Value '{TOKEN=topsecret, LONGER=topsecret-and-more, ON=1}' at 'environment.variables' failed to satisfy constraint: Map value must have length less than or equal to 5"
  const refusal = toRefusal('lambda:UpdateFunctionConfiguration', sdkError('ValidationException', detail, 400), { input })
  expect(JSON.stringify([refusal.text, refusal.detail, refusal.cause])).not.toContain('topsecret')
  expect(refusal.text.what).toContain('TOKEN=(value withheld), LONGER=(value withheld), ON=1')
})

describe('credentials', () => {
  const nothing = Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' })

  test('deploy 32: a profile that the SDK prefers to good keys is named, and how to be rid of it', () => {
    const { text } = toRefusal('lambda:GetFunction', nothing, { env: { AWS_PROFILE: 'nobody', AWS_ACCESS_KEY_ID: 'AKIA' } })
    expect(text.what).toBe('There are no AWS credentials in the profile "nobody".')
    expect(text.cure).toContain('Unset AWS_PROFILE')
    expect(JSON.stringify(text)).not.toContain('AKIA')
  })

  test('none at all: the cause is told', () => {
    expect(toRefusal('lambda:GetFunction', nothing, { env: {} }).text).toMatchObject({ what: 'There are no AWS credentials.', why: 'The SDK says: Could not load credentials from any providers.' })
  })

  test('deploy 16: a token file that is not there is no refusal of AWS', () => {
    const error = Object.assign(new Error("ENOENT: no such file or directory, open '/var/run/token'"), { code: 'ENOENT' })
    const { text } = toRefusal('lambda:GetFunction', error, { env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token' } })
    expect(text.what).toBe("There are no AWS credentials: ENOENT: no such file or directory, open '/var/run/token'")
    expect(text.why).toContain('AWS_WEB_IDENTITY_TOKEN_FILE')
  })

  test('a token that the role does not trust', () => {
    const { text } = toRefusal('lambda:GetFunction', sdkError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403))
    expect(text.what).toMatch(/^AWS does not hand out credentials/)
    expect(text.cure).toContain('trust policy')
  })

  test('deploy 23: an invalid token has several causes, and the Region is one', () => {
    const { text } = toRefusal('lambda:GetFunction', sdkError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403), { env: { AWS_REGION: 'me-south-1' } })
    expect(text.why).toContain('me-south-1 is one that an account must enable')
    expect(text.why).toContain('global endpoint of STS')
  })
})

describe('what was never asked of AWS is not told as its refusal', () => {
  test.each([
    [Object.assign(new TypeError('Invalid character in header content ["authorization"]'), { code: 'ERR_INVALID_CHAR', $metadata: { attempts: 1 } }), 'ERR_INVALID_CHAR'],
    [new TypeError('Invalid URL'), 'TypeError'],
  ])('%s', (error, why) => {
    const { text } = toRefusal('lambda:GetFunction', error)
    expect(text.what).toBe(`AWS was not asked for GetFunction (Lambda): ${error.message}`)
    expect(text.why).toContain(why)
  })
})

test('a role that Lambda cannot assume: the cure names the role and its trust', () => {
  const { text } = toRefusal('lambda:CreateFunction', sdkError('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.', 400))
  expect(text.cure).toContain('`role`')
  expect(text.cure).toContain('lambda.amazonaws.com')
})

describe('deploy 25: refusals that only another writer can have caused', () => {
  const service = { name: 'shop' }

  test.each([
    ['lambda:UpdateAlias', 'PreconditionFailedException', 'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id'],
    ['lambda:CreateFunction', 'ResourceConflictException', 'Function already exist: shop'],
    ['lambda:CreateAlias', 'ResourceConflictException', 'Alias already exists: arn:aws:lambda:eu-west-1:111111111111:function:shop:prod-a'],
    ['lambda:PublishVersion', 'InvalidParameterValueException', 'CodeSHA256 (a) is different from current CodeSHA256 in $LATEST (b). Please try again with the CodeSHA256 in $LATEST.'],
    ['apigateway:CreateStage', 'ConflictException', 'Stage already exists'],
  ])('%s %s', (operation, code, message) => {
    const told = asOtherRun(toRefusal(operation, sdkError(code, message, 400)), service) as OtherRunWon
    expect(told).toBeInstanceOf(OtherRunWon)
    expect(told.text.what).toBe('Another run has won: shop was changed by somebody else while this run was deploying it.')
    expect(told.text.why).toBe(`AWS refused ${operation}: ${message}`)
    expect(told.text.cure).toContain('Run this job again')
  })

  test.each([
    ['lambda:UpdateAlias', 'ResourceNotFoundException', 'Function not found: arn:aws:lambda:eu-west-1:111111111111:function:shop:2', 'seen'],
    ['apigateway:PutIntegration', 'NotFoundException', 'Invalid Resource identifier specified', 'made'],
    ['apigateway:CreateDeployment', 'NotFoundException', 'Invalid API identifier specified 111111111111:abc123', 'seen'],
    ['apigateway:UpdateStage', 'BadRequestException', 'Deployment id does not exist', 'made'],
  ] as const)('%s %s of what this run has %4$s', (operation, code, message, sighting) => {
    expect(asOtherRun(toRefusal(operation, sdkError(code, message, 400), { sighting }), service)).toBeInstanceOf(OtherRunWon)
  })

  test('A2: what this run has made and Lambda does not show is told as that, and what it knows nothing of as AWS tells it', () => {
    const error = sdkError('ResourceNotFoundException', 'Function not found: arn:aws:lambda:eu-west-1:111111111111:function:shop', 404)
    const made = asOtherRun(toRefusal('lambda:AddPermission', error, { sighting: 'made' }), service) as UserError
    expect(made).not.toBeInstanceOf(OtherRunWon)
    expect(made.text.what).toBe(`AWS does not show what this run has made: AWS refused AddPermission (Lambda): ${error.message}`)
    const unknown = toRefusal('lambda:AddPermission', error)
    expect(asOtherRun(unknown, service)).toBe(unknown)
  })

  test.each([
    ['lambda:CreateFunction', 'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.'],
    ['lambda:UpdateFunctionConfiguration', 'ResourceNotFoundException', 'Layer version arn:aws:lambda:eu-west-1:111111111111:layer:x:9 does not exist.'],
    ['apigateway:CreateResource', 'BadRequestException', 'A sibling ({id}) of this resource already has a variable path part -- only one is allowed'],
    ['iam:AttachRolePolicy', 'NoSuchEntityException', 'Policy arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.'],
    // A conflict says who holds a thing as often as that another run was there.
    ['apigateway:DeleteRestApi', 'ConflictException', 'Cannot delete API a1, because it is associated with usage plan qehlt4'],
    ['apigateway:DeleteModel', 'ConflictException', "Cannot delete model 'Order', is referenced in model: 'Orders'"],
    ['apigateway:DeleteStage', 'BadRequestException', 'Active stages pointing to this deployment must be moved or deleted'],
    ['lambda:AddPermission', 'ResourceConflictException', 'The function could not be updated due to a concurrent update operation.'],
  ])('%s %s is the user\'s own to mend', (operation, code, message) => {
    const refusal = toRefusal(operation, sdkError(code, message, 400))
    expect(asOtherRun(refusal, service)).toBe(refusal)
  })
})
