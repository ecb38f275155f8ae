import { CreateAliasCommand, CreateFunctionUrlConfigCommand, DeleteFunctionUrlConfigCommand, GetFunctionUrlConfigCommand, PublishVersionCommand } from '@aws-sdk/client-lambda'
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
  for (const absent of [make('nobody'), make(undefined, 'nowhere')]) expect(await refusal(absent)).toMatchObject({ status: 404, message: 'Function does not exist' })
})
