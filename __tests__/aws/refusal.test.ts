import { describe, expect, test } from '@jest/globals'
import { toRefusal } from '../../src/aws/refusal.ts'
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

test('a role that Lambda cannot assume: the cure names the role and its trust', () => {
  const { text } = toRefusal('lambda:CreateFunction', sdkError('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.', 400))
  expect(text.cure).toContain('`role`')
  expect(text.cure).toContain('lambda.amazonaws.com')
})

describe('refusals that only another writer can have caused', () => {
  const service = { name: 'shop' }

  test.each([
    ['lambda:UpdateAlias', 'PreconditionFailedException', 'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id'],
    ['lambda:CreateFunction', 'ResourceConflictException', 'Function already exist: shop'],
    ['lambda:CreateAlias', 'ResourceConflictException', 'Alias already exists: arn:aws:lambda:eu-west-1:111111111111:function:shop:prod-a'],
    ['lambda:PublishVersion', 'InvalidParameterValueException', 'CodeSHA256 (a) is different from current CodeSHA256 in $LATEST (b). Please try again with the CodeSHA256 in $LATEST.'],
    ['lambda:UpdateAlias', 'ResourceNotFoundException', 'Function not found: arn:aws:lambda:eu-west-1:111111111111:function:shop:2'],
    ['apigateway:PutIntegration', 'NotFoundException', 'Invalid Resource identifier specified'],
    ['apigateway:CreateDeployment', 'NotFoundException', 'Invalid API identifier specified 111111111111:abc123'],
    ['apigateway:CreateStage', 'ConflictException', 'Stage already exists'],
    ['apigateway:UpdateStage', 'BadRequestException', 'Deployment id does not exist'],
  ])('%s %s', (operation, code, message) => {
    const told = asOtherRun(toRefusal(operation, sdkError(code, message, 400)), service) as OtherRunWon
    expect(told).toBeInstanceOf(OtherRunWon)
    expect(told.text.what).toBe('Another run has won: shop was changed by somebody else while this run was deploying it.')
    expect(told.text.why).toBe(`AWS refused ${operation}: ${message}`)
    expect(told.text.cure).toContain('Run this job again')
  })

  test.each([
    ['lambda:CreateFunction', 'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.'],
    ['lambda:UpdateFunctionConfiguration', 'ResourceNotFoundException', 'Layer version arn:aws:lambda:eu-west-1:111111111111:layer:x:9 does not exist.'],
    ['apigateway:CreateResource', 'BadRequestException', 'A sibling ({id}) of this resource already has a variable path part -- only one is allowed'],
    ['iam:AttachRolePolicy', 'NoSuchEntityException', 'Policy arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.'],
  ])('%s %s is the user\'s own to mend', (operation, code, message) => {
    const refusal = toRefusal(operation, sdkError(code, message, 400))
    expect(asOtherRun(refusal, service)).toBe(refusal)
  })
})
