import { afterEach, expect, test } from '@jest/globals'
import { LambdaClient, GetFunctionCommand } from '@aws-sdk/client-lambda'
import { everything, handler, makeService, type Deployable } from '../support/service.ts'

const made: Deployable[] = []
afterEach(() => made.splice(0).forEach((each) => each.remove()))

interface Statement {
  readonly Effect: 'Allow'
  readonly Action: string
  readonly Resource: string
}

/** What may be read; every right to write has to come from a cure. */
const reading = ['apigateway:GET', 'lambda:Get*', 'lambda:List*', 'iam:Get*', 'iam:List*', 'logs:Describe*', 'logs:List*', 'sts:*']
/** Rights that a cure names one after the other; a run tells all that fails at the same time. */
const mostRuns = 40

test('a policy that may only read, with the statements that the errors say pasted into it, carries a deploy', async () => {
  const service = makeService({ ...everything, stage: 'prod' })
  made.push(service)
  service.write('lambda_function.py', handler('one'))
  const { control } = service.account
  const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, roleAssumable: 0 }
  const pasted: Statement[] = []
  for (let run = 0; run < mostRuns; run++) {
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: reading, Resource: '*' }, ...pasted] }
    await control.configure({ windows, rates: false, policy })
    const { exitCode, annotations } = await service.run()
    if (exitCode === 0) break
    const errors = annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
    const found = errors.flatMap((message) => /policy of the role that the workflow assumes: (\{.*?\});/.exec(message)?.[1] ?? [])
    const fresh = [...new Set(found)].filter((text) => !pasted.some((each) => JSON.stringify(each) === text))
    // Each run must name a right that it lacks and has not been given.
    expect([errors, fresh]).toEqual([errors, expect.arrayContaining([expect.any(String)])])
    pasted.push(...fresh.map((text) => JSON.parse(text) as Statement))
  }
  const lambda = new LambdaClient(service.account.client)
  await control.configure({ policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } })
  expect((await lambda.send(new GetFunctionCommand({ FunctionName: 'shop' }))).Configuration?.FunctionName).toBe('shop')
  expect(pasted.map(({ Action }) => Action)).toEqual(expect.arrayContaining(['iam:CreateRole', 'iam:PassRole', 'lambda:CreateFunction', 'apigateway:POST', 'logs:CreateLogGroup']))
})
