import { APIGatewayClient, CreateRestApiCommand, PutGatewayResponseCommand, PutIntegrationCommand, PutIntegrationResponseCommand, UpdateRestApiCommand } from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand, CreateAliasCommand, CreateFunctionCommand, GetFunctionCommand, LambdaClient, PutFunctionRecursionConfigCommand, PutProvisionedConcurrencyConfigCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { freshAccount } from '../../testing.ts'
import { refusal } from '../support/refusal.ts'

const account = freshAccount()
const lambda = new LambdaClient(account.client)
const gateway = new APIGatewayClient(account.client)
const role = `arn:aws:iam::${account.id}:role/r`
const create = { FunctionName: 'f', Role: role, Runtime: 'python3.13', Handler: 'a.b', Code: { ZipFile: Buffer.from('x') } } as const
const failed = (value: string, path: string, constraint: string): string => `1 validation error detected: Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`
const ops = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]'

beforeAll(() => account.control.configure({ rates: false }))

// Texts from recordings of AWS; the name of each recording stands beside it.
const recorded: [string, () => Promise<unknown>, string][] = [
  ['lambda create_alias_number_exception', () => lambda.send(new CreateAliasCommand({ FunctionName: 'f', FunctionVersion: '1', Name: '2024' })), failed("'2024'", 'name', 'Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)')],
  ['lambda add_permission_invalid_statement_id', () => lambda.send(new AddPermissionCommand({ FunctionName: 'f', StatementId: 'example.com', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' })), failed("'example.com'", 'statementId', 'Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)')],
  ['lambda add_permission_fn_qualifier_invalid', () => lambda.send(new AddPermissionCommand({ FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'x', Qualifier: 'invalid-qualifier-with-?-char' })), failed("'invalid-qualifier-with-?-char'", 'qualifier', 'Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+')],
  ['lambda invalid_role_arn_exc', () => lambda.send(new CreateFunctionCommand({ ...create, Role: 'r1' })), failed("'r1'", 'role', 'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+')],
  ['lambda multiple_architectures', () => lambda.send(new CreateFunctionCommand({ ...create, Architectures: ['x86_64', 'arm64'] })), failed("'[x86_64, arm64]'", 'architectures', 'Member must have length less than or equal to 1')],
  ['lambda uppercase_architecture', () => lambda.send(new CreateFunctionCommand({ ...create, Architectures: ['X86_64' as never] })), failed("'[X86_64]'", 'architectures', 'Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]')],
  ['lambda create_function_invalid_snapstart_apply', () => lambda.send(new CreateFunctionCommand({ ...create, SnapStart: { ApplyOn: 'invalidOption' as never } })), failed("'invalidOption'", 'snapStart.applyOn', 'Member must satisfy enum value set: [PublishedVersions, None]')],
  ['lambda put_recursion_invalid_value_error', () => lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName: 'f', RecursiveLoop: 'InvalidValue' as never })), failed("'InvalidValue'", 'recursiveLoop', 'Member must satisfy enum value set: [Terminate, Allow]')],
  ['lambda put_provisioned_invalid_param_0', () => lambda.send(new PutProvisionedConcurrencyConfigCommand({ FunctionName: 'f', Qualifier: '1', ProvisionedConcurrentExecutions: 0 })), failed("'0'", 'provisionedConcurrentExecutions', 'Member must have value greater than or equal to 1')],
  ['lambda routing_config_exc_toohigh', () => lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'a', RoutingConfig: { AdditionalVersionWeights: { 2: 2 } } })), failed("'{2=2.0}'", 'routingConfig.additionalVersionWeights', 'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]')],
  ['lambda routing_config_exc_version_latest', () => lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'a', RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.5 } } })), failed("'{$LATEST=0.5}'", 'routingConfig.additionalVersionWeights', 'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]')],
  ['apigateway create-with-invalid-types', () => gateway.send(new CreateRestApiCommand({ name: 'x', endpointConfiguration: { types: ['wrong' as never] } })), failed("'[wrong]'", 'createRestApiInput.endpointConfiguration.types', 'Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]')],
  ['apigateway update-rest-api (one wrong operation)', () => gateway.send(new UpdateRestApiCommand({ restApiId: 'a', patchOperations: [{ op: 'wrong' as never, path: '/name' }] })), failed("'wrong'", 'updateRestApiInput.patchOperations.1.member.op', ops)],
  ['apigateway update-method-response-wrong-operation-3 (two)', () => gateway.send(new UpdateRestApiCommand({ restApiId: 'a', patchOperations: [{ op: 'wrong' as never }, { op: 'wrong' as never }] })), `2 validation errors detected: ${[1, 2].map((n) => failed("'wrong'", `updateRestApiInput.patchOperations.${n}.member.op`, ops).replace(/^.*detected: /, '')).join('; ')}`],
  ['apigateway put-integration with a type that does not exist', () => gateway.send(new PutIntegrationCommand({ restApiId: 'a', resourceId: 'r', httpMethod: 'GET', type: 'HTTPS_PROXY' as never })), failed("'HTTPS_PROXY'", 'putIntegrationInput.type', 'Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]')],
  ['apigateway put-integration-response-invalid-statusCode', () => gateway.send(new PutIntegrationResponseCommand({ restApiId: 'a', resourceId: 'r', httpMethod: 'GET', statusCode: 'wrong' })), failed("'wrong'", 'statusCode', 'Member must satisfy regular expression pattern: [1-5]\\d\\d')],
]

describe('the public models decide, in AWS\'s words', () => {
  test.each(recorded)('%s', async (_, send, message) => {
    expect(await refusal(send())).toMatchObject({ name: 'ValidationException', status: 400, message })
  })
  test('get-gateway-response-wrong-response-type: a member of the path has no prefix', async () => {
    const refused = await refusal(gateway.send(new PutGatewayResponseCommand({ restApiId: 'a', responseType: 'FAKE_RESPONSE_TYPE' as never })))
    expect(refused.message).toMatch(/^1 validation error detected: Value 'FAKE_RESPONSE_TYPE' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: \[REQUEST_TOO_LARGE, .*EXPIRED_TOKEN\]$/)
  })
  test('a sensitive value is not repeated', async () => {
    const refused = await refusal(lambda.send(new CreateFunctionCommand({ ...create, Environment: { Variables: { 'A-B': 'secret' } } })))
    expect(refused).toMatchObject({ name: 'ValidationException', message: "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]" })
  })
  test('a function\'s name that is none', async () => {
    expect((await refusal(lambda.send(new GetFunctionCommand({ FunctionName: 'invalid:function:name' })))).message).toMatch(/^1 validation error detected: Value 'invalid:function:name' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: /)
  })
})

/** A request that no SDK would send. */
async function raw(service: string, [method, path]: readonly [string, string], body?: unknown): Promise<{ status: number; name: string | null; message: unknown }> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${account.id}/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`
  const answer = await fetch(`${account.url}${path}`, { method, headers: { authorization }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) })
  const json = (await answer.json()) as { message?: unknown; Message?: unknown }
  return { status: answer.status, name: answer.headers.get('x-amzn-errortype'), message: json.message ?? json.Message }
}

describe('requests that no SDK sends', () => {
  test('a required member is missing', async () => {
    expect(await raw('apigateway', ['POST', '/restapis'], {})).toEqual({ status: 400, name: 'ValidationException', message: "1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null" })
  })
  test('a value of another type (put-integration-request-param-wrong-type)', async () => {
    expect(await raw('apigateway', ['POST', '/restapis'], { name: true })).toEqual({ status: 400, name: 'SerializationException', message: 'class java.lang.Boolean can not be converted to an String' })
    expect(await raw('apigateway', ['POST', '/restapis'], { name: 5 })).toMatchObject({ name: 'SerializationException', message: 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String' })
  })
  test('a member that the operation does not have: accessLogSettings at CreateStage', async () => {
    const body = { stageName: 'prod', deploymentId: 'd', accessLogSettings: { format: 'x' } }
    await account.control.configure({ unverified: true })
    expect(await raw('apigateway', ['POST', '/restapis/a/stages'], body)).toMatchObject({ status: 400, name: 'SerializationException', message: expect.stringContaining('accessLogSettings') })
    await account.control.configure({ unverified: false })
    expect(await raw('apigateway', ['POST', '/restapis/a/stages'], body)).toMatchObject({ status: 404 })
  })
  test('a body that is no JSON', async () => {
    expect(await raw('lambda', ['POST', '/2015-03-31/functions'], '{oops')).toMatchObject({ status: 400, name: 'SerializationException' })
  })
  test('a path that no operation has, a service that does not exist, no signature', async () => {
    expect(await raw('lambda', ['GET', '/2015-03-31/nothing'])).toMatchObject({ status: 403, name: 'AccessDeniedException' })
    expect(await raw('athena', ['POST', '/'])).toMatchObject({ status: 501 })
    const answer = await fetch(`${account.url}/2015-03-31/functions`)
    expect([answer.status, await answer.json()]).toEqual([403, { message: 'Missing Authentication Token' }])
  })
})
