import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway'
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { describe, expect, test } from '@jest/globals'
import { AwsError } from '../../kernel/aws-error.ts'
import { RateBuckets } from '../../kernel/rates.ts'
import { refusal } from '../support/refusal.ts'
import { freshAccount } from '../../testing.ts'

/** How many of `count` calls at these virtual milliseconds pass, one bucket set for all. */
function passing(operation: string, times: readonly number[], options: { service?: string; noisyNeighbour?: number } = {}): number[] {
  const buckets = new RateBuckets()
  const { service = 'apigateway', noisyNeighbour = 0 } = options
  return times.filter((now) => {
    try {
      buckets.take({ service, operation, region: 'eu-west-1', now, noisyNeighbour })
      return true
    } catch (error) {
      expect(error).toBeInstanceOf(AwsError)
      return false
    }
  })
}

const every = (ms: number, count: number): number[] => Array.from({ length: count }, (_, index) => index * ms)

// "Amazon API Gateway quotas and important notes" and "Lambda quotas".
describe('documented rates', () => {
  test('the total of API Gateway is 10 a second with a burst of 40', () => {
    expect(passing('GetStage', every(0, 50))).toHaveLength(40)
    expect(passing('GetStage', [...every(0, 40), 50, 100, 150, 200])).toEqual([...every(0, 40), 100, 200])
  })
  test.each([
    ['CreateDeployment', 5000],
    ['CreateRestApi', 3000],
    ['DeleteRestApi', 30_000],
    ['PutRestApi', 1000],
    ['UpdateAccount', 20_000],
  ])('%s goes once in %i ms', (operation, ms) => {
    expect(passing(operation, [0, 1, ms - 1, ms, ms + 1, 2 * ms])).toEqual([0, ms, 2 * ms])
  })
  test('CreateResource goes 5 times a second', () => {
    expect(passing('CreateResource', every(100, 40)).length).toBe(5 + 19)
  })
  test('ImportRestApi and CreateRestApi share one rate', () => {
    const buckets = new RateBuckets()
    const take = (operation: string): void => buckets.take({ service: 'apigateway', operation, region: 'eu-west-1', now: 0, noisyNeighbour: 0 })
    take('CreateRestApi')
    expect(() => take('ImportRestApi')).toThrow('Too Many Requests')
  })
  test('Retry-After is the time until a token is there, in whole seconds, rounded up', () => {
    const buckets = new RateBuckets()
    const take = (now: number): void => buckets.take({ service: 'apigateway', operation: 'CreateDeployment', region: 'eu-west-1', now, noisyNeighbour: 0 })
    take(0)
    const said = [0, 100, 4000, 4999].map((now) => {
      try {
        take(now)
        return 'taken'
      } catch (error) {
        return (error as AwsError).members['retryAfterSeconds']
      }
    })
    expect(said).toEqual(['5', '5', '1', '1'])
  })
  test('a refused call takes no token', () => {
    expect(passing('CreateDeployment', [...every(1, 4000), 5000])).toEqual([0, 5000])
  })
  test('Lambda: GetFunction 100, GetPolicy 15, the other control calls 15 a second together, Invoke without a rate', () => {
    expect(passing('GetFunction', every(0, 200), { service: 'lambda' })).toHaveLength(100)
    expect(passing('GetPolicy', every(0, 200), { service: 'lambda' })).toHaveLength(15)
    expect(passing('UpdateAlias', every(0, 200), { service: 'lambda' })).toHaveLength(15)
    expect(passing('Invoke', every(0, 200), { service: 'lambda' })).toHaveLength(200)
  })
  test('each Region has buckets of its own', () => {
    const buckets = new RateBuckets()
    for (const region of ['eu-west-1', 'us-east-1']) buckets.take({ service: 'apigateway', operation: 'CreateDeployment', region, now: 0, noisyNeighbour: 0 })
  })
  test('a noisy neighbour eats its share', () => {
    expect(passing('GetStage', every(0, 50), { noisyNeighbour: 0.5 })).toHaveLength(20)
    expect(passing('CreateDeployment', [0, 5000, 10_000], { noisyNeighbour: 0.5 })).toEqual([0, 10_000])
  })
})

describe('over HTTP', () => {
  test('a throttled call is 429 with Retry-After, its text the service\'s own', async () => {
    const { client, control } = freshAccount()
    await control.configure({ noisyNeighbour: 0.999 })
    const gateway = new APIGatewayClient(client)
    await gateway.send(new GetAccountCommand({}))
    expect(await refusal(gateway.send(new GetAccountCommand({})))).toMatchObject({ name: 'TooManyRequestsException', status: 429, message: 'Too Many Requests', retryAfterSeconds: expect.stringMatching(/^\d+$/) })
  })
  test('Lambda says which limit it was', async () => {
    const { client, control } = freshAccount()
    await control.configure({ noisyNeighbour: 0.999 })
    const lambda = new LambdaClient(client)
    await refusal(lambda.send(new GetFunctionCommand({ FunctionName: 'none' })))
    expect(await refusal(lambda.send(new GetFunctionCommand({ FunctionName: 'none' })))).toMatchObject({ name: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.', Reason: 'CallerRateLimitExceeded' })
    await control.configure({ rates: false })
    expect(await refusal(lambda.send(new GetFunctionCommand({ FunctionName: 'none' })))).toMatchObject({ name: 'ResourceNotFoundException' })
  })
})
