import { CreateAliasCommand, CreateFunctionUrlConfigCommand, DeleteFunctionCommand, DeleteFunctionUrlConfigCommand, GetFunctionUrlConfigCommand, ListFunctionUrlConfigsCommand, PublishVersionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { activeFunction, bench, refusal } from './support.ts'

// Recorded: test_url_config_lifecycle, test_url_config_exceptions, test_url_config_deletion_without_qualifier
test('a function and its alias have a URL each, one at most, until it is deleted', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }))
  const make = (Qualifier?: string, FunctionName = 'f') => on.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, Qualifier, AuthType: 'NONE' }))
  const read = (Qualifier?: string) => on.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'f', Qualifier }))
  const none = { status: 404, name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' }
  expect(await refusal(read())).toMatchObject(none)
  await make()
  await make('live')
  expect(await refusal(make())).toMatchObject({ status: 409, name: 'ResourceConflictException', message: `Failed to create function url config for [functionArn = ${on.arn('f')}]. Error message:  FunctionUrlConfig exists for this Lambda function` })
  expect(await read()).toMatchObject({ FunctionArn: on.arn('f'), AuthType: 'NONE', InvokeMode: 'BUFFERED' })
  await on.lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'f' }))
  expect(await refusal(read())).toMatchObject(none)
  expect(await read('live')).toMatchObject({ FunctionArn: `${on.arn('f')}:live` })
  expect(await refusal(on.lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'f' })))).toMatchObject(none)
  const absent = { status: 404, message: 'Function does not exist' }
  expect(await refusal(make('nobody'))).toMatchObject(absent)
  expect(await refusal(make(undefined, 'nowhere'))).toMatchObject(absent)
})

// Recorded: test_url_config_list_paging
test('the URLs of a function and its aliases are listed by the function, and go along with it', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  await on.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }))
  await on.lambda.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }))
  const listed = async () => ((await on.lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'f' }))).FunctionUrlConfigs ?? []).map((each) => each.FunctionArn)
  expect(await listed()).toEqual([])
  for (const Qualifier of [undefined, 'live']) await on.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'f', Qualifier, AuthType: 'AWS_IAM' }))
  expect(await listed()).toEqual([on.arn('f'), `${on.arn('f')}:live`])
  await on.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }))
  expect(await refusal(on.lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'f' })))).toMatchObject({ status: 404, message: 'Function does not exist' })
})
