import * as gatewaySdk from '@aws-sdk/client-api-gateway'
import * as lambdaSdk from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import PQueue from 'p-queue'
import { engineVenv } from '../engine/venv.mjs'
import { modelFolder, ServiceModels } from '../kernel/model/service-model.ts'
import { liveApi } from './invoke/live-api.ts'
import { nonsense, randomFrom } from './nonsense.ts'

const calls = 2000
const models = new ServiceModels(modelFolder(engineVenv))

/** What a call ended with, where local AWS failed instead of refusing it. */
async function failureOf(sdk: object, client: { send: (command: never) => Promise<unknown> }, call: { operation: string; input: unknown }): Promise<string | undefined> {
  const Command = (sdk as Record<string, new (input: unknown) => unknown>)[`${call.operation}Command`]
  if (Command === undefined) return undefined
  try {
    await client.send(new Command(call.input) as never)
    return undefined
  } catch (error) {
    const { name, message } = error as Error
    return name === 'InternalFailure' || message.includes('Local AWS failed') ? `${call.operation} ${JSON.stringify(call.input)}: ${message}` : undefined
  }
}

test(`${calls} calls of Lambda and API Gateway without sense are refused or taken, and none is a failure of local AWS`, async () => {
  const api = await liveApi()
  await api.addFunction('f', 'def handler(event, context):\n    return event')
  await api.addProxy('/x', 'f', 'GET')
  const deploymentId = await api.deploy()
  await api.stage(deploymentId)
  await api.account.control.configure({ rates: false })
  const apiArn = `arn:aws:apigateway:eu-west-1::/restapis/${api.restApiId}`
  const sense = {
    restApiId: [api.restApiId], resourceId: [api.rootId], parentId: [api.rootId], deploymentId: [deploymentId], stageName: ['dev'], httpMethod: ['GET', 'ANY'], statusCode: ['200'],
    FunctionName: ['f', 'f:live', api.account.arn('f')], Qualifier: ['live', '1', '$LATEST'], Name: ['live', 'b'], FunctionVersion: ['1', '$LATEST'], Role: [api.account.role],
    Runtime: ['python3.12'], Handler: ['a.h'], Resource: [api.account.arn('f')], resourceArn: [apiArn, `${apiArn}/stages/dev`], modelName: ['Empty'],
    path: [
      '/', '//', '/~', '/constructor', '/variables/a', '/variables/__proto__', '/*/*/throttling/rateLimit', '/accessLogSettings/format', '/canarySettings/percentTraffic', '/canarySettings',
      '/deploymentId', '/name', '/binaryMediaTypes/a~1b', '/endpointConfiguration/types/EDGE', '/pathPart', '/requestParameters/method.request.path.a', '/minimumCompressionSize', '/schema', '/uri',
    ],
    value: [deploymentId, 'x', '', '-1', '1e999', 'NaN', 'true', '{}'],
  }
  const random = randomFrom(1)
  const services = [[lambdaSdk, api.lambda, 'lambda'], [gatewaySdk, api.gateway, 'apigateway']] as const
  const queue = new PQueue({ concurrency: 8 })
  const failures = await queue.addAll(Array.from({ length: calls }, (_, index) => () => {
    const [sdk, client, service] = services[index % 2] ?? services[0]
    const model = models.get(service)
    if (model === undefined) throw new Error(`no model of ${service}`)
    // Without what would end the world of all others at once.
    const operations = Object.values(model.operations).filter(({ name }) => !/^(Delete(RestApi|Function)|InvokeWithResponseStream)$/.test(name))
    const operation = operations[Math.floor(random() * operations.length)]
    const input = operation?.input === undefined ? {} : nonsense({ model, random, sense }, operation.input)
    return failureOf(sdk, client, { operation: operation?.name ?? '', input })
  }))
  expect(failures.filter((failure) => failure !== undefined)).toEqual([])
})
