import { CreateEventSourceMappingCommand, DeleteEventSourceMappingCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { activeFunction, bench, refusal } from './support.ts'

// API reference: CreateEventSourceMapping, ListEventSourceMappings, DeleteEventSourceMapping
test('a mapping is listed until it is deleted, and then it is not found', async () => {
  const on = await bench()
  await activeFunction(on, 'f')
  const EventSourceArn = `arn:aws:sqs:${on.region}:${on.id}:orders`
  const { UUID, FunctionArn } = await on.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'f', EventSourceArn }))
  expect(FunctionArn).toBe(on.arn('f'))
  const listed = async () => ((await on.lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings ?? []).map((each) => each.UUID)
  expect(await listed()).toEqual([UUID])
  await on.lambda.send(new DeleteEventSourceMappingCommand({ UUID }))
  expect(await listed()).toEqual([])
  expect(await refusal(on.lambda.send(new DeleteEventSourceMappingCommand({ UUID })))).toMatchObject({ status: 404, name: 'ResourceNotFoundException' })
})
