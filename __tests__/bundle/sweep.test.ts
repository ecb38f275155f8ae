import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { zipOf } from '../../local-aws/__tests__/lambda/support.ts'
import { withoutIds } from '../support/account-state.ts'
import { makePreviews, shop, type Previews } from '../support/previews.ts'
import type { StepResult } from '../support/runner.ts'
import { handler, succeeded } from '../support/service.ts'

let previews: Previews
let before: unknown

const stateOf = async (): Promise<unknown> => withoutIds(await previews.service.account.control.state(), previews.service.account.id)
const sweep = (inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> => previews.push({ command: 'sweep', ...inputs })
interface Swept { readonly service: string; readonly state: string; readonly reason: string }
const sweptBy = (result: StepResult): string[] =>
  (JSON.parse(result.outputs['swept'] ?? '') as Swept[]).map(({ service, state, reason }) => `${service} ${state}: ${reason}`)
const operations = async (): Promise<string[]> => (await previews.service.account.control.journal()).map(({ operation }) => operation)

/** What somebody else has, or what only looks like a preview of ours. */
async function others(): Promise<void> {
  const { account } = previews.service
  const lambda = new LambdaClient(account.client)
  const { Role } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))
  const Code = { ZipFile: zipOf({ 'lambda_function.py': handler('found') }) }
  await lambda.send(new CreateFunctionCommand({ FunctionName: 'hand-made-pr-9', Role, Runtime: 'python3.11', Handler: 'lambda_function.lambda_handler', Code }))
  await new CloudWatchLogsClient(account.client).send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/other-pr-9' }))
  const tags = { 'managed-by': 'lambda-api-deploy', 'lambda-api-deploy:service': 'their-pr-9', 'lambda-api-deploy:repository': 'acme/other', 'lambda-api-deploy:preview': '9' }
  await new IAMClient(account.client).send(new CreateRoleCommand({
    RoleName: 'their-pr-9-eu-west-1', Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }),
  }))
}

beforeAll(async () => {
  previews = await makePreviews()
  succeeded(await previews.push(shop))
  await others()
  before = await stateOf()
})
afterAll(() => previews.close())

test('without previews there is nothing to do', async () => {
  const result = succeeded(await sweep())
  expect([result.outputs['command'], result.outputs['changed'], result.outputs['swept'], await previews.service.writes()]).toEqual(['sweep', 'false', '[]', []])
})

test('what is closed, or whose branch is gone, goes; drafts, what is open and what cannot be read stay; a dry run writes nothing', async () => {
  const { github } = previews
  const [closed, gone, draft, fork] = [previews.open({ number: 31 }), previews.open({ number: 32 }), previews.open({ number: 33, draft: true }), previews.open({ number: 34 })]
  const unreadable = previews.open({ number: 35 })
  for (const each of [closed, gone, draft, fork, unreadable]) succeeded(await previews.run(each, 'opened'))
  closed.state = 'closed'
  github.repository.branches.delete(gone.head.ref)
  fork.head.repository = null
  github.repository.pullRequests.delete(35)
  const expected = (word: string): string[] => [
    `shop-pr-31 ${word}: pull request 31 is closed`, `shop-pr-32 ${word}: the branch of pull request 32 is gone`, 'shop-pr-33 kept: pull request 33 is open',
    `shop-pr-34 ${word}: the branch of pull request 34 is gone`, expect.stringMatching(/^shop-pr-35 unknown: GitHub answered 404/) as unknown as string,
  ]
  const dry = succeeded(await sweep({ 'dry-run': 'true' }))
  expect([sweptBy(dry), await previews.service.writes()]).toEqual([expected('stale'), []])
  expect(dry.summary).toContain('Would remove 3 previews, 1 in use, left 1 of which not all could be read')
  const real = succeeded(await sweep())
  expect(sweptBy(real)).toEqual(expected('removed'))
  expect(real.log.join('\n')).toContain('Removing 3 previews takes about 1 min: AWS lets an account delete one API in 30 seconds.')
  // A token that may not read contents finds no branch, which says nothing.
  github.permissions = { 'pull-requests': 'read' }
  github.repository.branches.delete(draft.head.ref)
  expect(sweptBy(succeeded(await sweep()))[0]).toBe('shop-pr-33 kept: pull request 33 is open')
  github.permissions = { contents: 'read', 'pull-requests': 'read' }
  expect(sweptBy(succeeded(await sweep({ service: 'desk' })))).toEqual([])
  openAgain(35)
  expect(sweptBy(succeeded(await sweep({ service: 'shop' })))).toHaveLength(2)
  expect(await stateOf()).toEqual(before)
})

function openAgain(number: number): void {
  previews.open({ number, state: 'closed' })
}

test('max-age counts from the last deploy', async () => {
  const pullRequest = previews.open({ number: 41 })
  succeeded(await previews.run(pullRequest, 'opened'))
  await previews.service.later(3 * 86_400_000)
  expect(sweptBy(succeeded(await sweep({ 'max-age': '4d' })))).toEqual(['shop-pr-41 kept: pull request 41 is open'])
  expect(sweptBy(succeeded(await sweep({ 'max-age': '2d' })))).toEqual(['shop-pr-41 removed: it was deployed last 3.0 days ago'])
  expect(await stateOf()).toEqual(before)
})

test('what a run has made that was killed before its API came to be is found', async () => {
  const pullRequest = previews.open({ number: 42 })
  const step = await previews.start(pullRequest, 'opened', { inputs: { role: 'create' } })
  const { control } = previews.service.account
  await control.fault({ operation: 'CreateRestApi' }, { kind: 'hold', when: 'before' })
  await control.held()
  step.kill()
  await step.result
  await control.clearFaults()
  await control.release()
  await control.idle()
  expect(await operations()).toContain('CreateRole')
  pullRequest.state = 'closed'
  expect(sweptBy(succeeded(await sweep()))).toEqual(['shop-pr-42 removed: pull request 42 is closed'])
  expect(await stateOf()).toEqual(before)
})
