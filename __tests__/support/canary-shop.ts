import { APIGatewayClient, GetStagesCommand, UpdateStageCommand, type PatchOperation, type Stage } from '@aws-sdk/client-api-gateway'
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { deployPolicy } from '../../src/resources/deploy-policy.ts'
import { makeService, succeeded, type Deployable } from './service.ts'
import type { StepResult } from './runner.ts'
import { telling, Traffic } from './traffic.ts'

/** How long AWS takes to spread what was written, in virtual milliseconds; longer than it is seen to be. */
const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, permissionVisible: 5_000, stageVisible: 2_000, aliasVisible: 3_000 }

interface Edit {
  readonly text: string
  readonly routes?: readonly string[]
  /** The code of one function, where it is not to tell the text. */
  readonly code?: string
}

/** A shop of two functions with callers that ask all the time, whose releases are told from one another by a text. */
export interface CanaryShop extends Deployable {
  readonly edit: (edit: Edit) => void
  readonly traffic: () => Traffic
  /** What the callers got that they should not. */
  readonly wrong: (textOf: Readonly<Record<number, string>>) => readonly string[]
  readonly stage: () => Promise<Stage>
  readonly patch: (patchOperations: PatchOperation[]) => Promise<void>
  readonly putAlarm: (name: string) => Promise<void>
  readonly setAlarm: (name: string, state: 'OK' | 'ALARM') => Promise<void>
  /** Runs once more, and holds the run at a call until `meanwhile` is done. */
  readonly runHeld: (inputs: Readonly<Record<string, string>>, operation: string, meanwhile: () => Promise<unknown>) => Promise<StepResult>
  readonly end: () => Promise<void>
}

export async function canaryShop(stage = 'prod'): Promise<CanaryShop> {
  const service = makeService({ stage, service: 'shop', 'cloudwatch-role': 'create' })
  const { account } = service
  const policy = deployPolicy({ partition: 'aws', region: account.region, account: account.id, service: 'shop' })
  await account.control.configure({ windows, rates: false, policy })
  // Callers are there all the time, so time goes on also while nobody waits.
  await account.control.runClock(10)
  const gateway = new APIGatewayClient(account.client)
  const watch = new CloudWatchClient(account.client)
  const free = async <T>(work: () => Promise<T>): Promise<T> => {
    await account.control.configure({ policy: null })
    return work().finally(() => account.control.configure({ policy }))
  }
  const edit = ({ text, routes = ['f0', 'f1'], code }: Edit): void => {
    service.write('f0.py', code ?? telling(text))
    service.write('f1.py', telling(text))
    service.write('lambda-api.yml', `
service: shop
defaults: { runtime: python3.11 }
functions: { f0: { handler: f0.lambda_handler }, f1: { handler: f1.lambda_handler } }
api:
  routes: { ${routes.map((route) => `GET /${route}: ${['f0', 'f1'].includes(route) ? route : 'f0'}`).join(', ')} }
`)
  }
  edit({ text: 'one' })
  const first = succeeded(await service.run())
  const restApiId = first.outputs['api-id'] ?? ''
  const traffic = new Traffic(first.outputs['invoke-url'] ?? '', ['f0', 'f1', 'f0', 'f1'])
  await traffic.until(({ status }) => status === 200)
  traffic.answers.length = 0
  return {
    ...service, edit,
    traffic: () => traffic,
    wrong: (textOf) => traffic.wrong(new Map(Object.entries(textOf).map(([number, text]) => [Number(number), text]))),
    stage: () => free(async () => {
      const { item = [] } = await gateway.send(new GetStagesCommand({ restApiId }))
      return item.find(({ stageName }) => stageName === stage) ?? {}
    }),
    patch: (patchOperations) => free(async () => void (await gateway.send(new UpdateStageCommand({ restApiId, stageName: stage, patchOperations })))),
    putAlarm: (AlarmName) => free(async () => void (await watch.send(new PutMetricAlarmCommand({
      AlarmName, Namespace: 'Shop', MetricName: 'orders', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
    })))),
    setAlarm: (AlarmName, StateValue) => free(async () => void (await watch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: `is ${StateValue}` })))),
    runHeld: async (inputs, operation, meanwhile) => {
      await account.control.fault({ operation }, { kind: 'hold', when: 'before' }, 1)
      const step = await service.start(inputs)
      // A run that ends without the call must not leave a later one held.
      void step.result.then(() => account.control.clearFaults())
      const held = await Promise.race([account.control.held(600_000), step.result.then((result) => result.output)])
      if (typeof held === 'string') throw new Error(`${operation} never came:\n${held}`)
      await meanwhile()
      await account.control.release()
      return step.result
    },
    end: async () => {
      await traffic.stop()
      service.remove()
    },
  }
}

/** A handler that answers 500. */
export const failing = 'def lambda_handler(event, context):\n    return {"statusCode": 500}\n'
