import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makePreviews, shop, type Previews } from '../support/previews.ts'
import type { StepResult } from '../support/runner.ts'
import { succeeded } from '../support/service.ts'

let previews: Previews
const told = (result: StepResult, level: string): string => result.annotations.filter((each) => each.level === level).map(({ message }) => message).join('\n')
const calls = async (): Promise<number> => (await previews.service.account.control.journal()).length

beforeAll(async () => {
  previews = await makePreviews()
})
afterAll(() => previews.close())

const withoutAws = [
  ['a pull request from a fork', { headRepository: 'eve/demo' }, {}],
  ['one whose fork is gone', { headRepository: null }, {}],
  ['one of Dependabot', {}, { GITHUB_ACTOR: 'dependabot[bot]' }],
] as const
test.each(withoutAws)('%s is checked and packaged without AWS', async (name, made, env) => {
  const pullRequest = previews.open({ number: 21, ...made })
  for (const [action, inputs] of [['opened', {}], ['opened', { preview: '', command: 'plan' }]] as const) {
    const result = succeeded(await previews.run(pullRequest, action, { isWithoutAws: true, env, inputs }))
    expect([name, result.outputs]).toEqual([name, expect.objectContaining({ command: 'plan', changed: 'false', 'package-size': expect.any(String) })])
    expect(told(result, 'notice')).toContain('This run has no AWS credentials')
    expect(result.summary).toContain('/items')
    expect(told(result, 'warning')).toBe('')
  }
  const closed = succeeded(await previews.run(pullRequest, 'closed', { isWithoutAws: true, env }))
  expect(closed.outputs['command']).toBe('destroy')
  expect(await calls()).toBe(0)
})

test('a mistake in its config is still a mistake', async () => {
  const pullRequest = previews.open({ number: 22, headRepository: 'eve/demo' })
  const result = await previews.run(pullRequest, 'opened', { isWithoutAws: true, inputs: { routes: 'get /items' } })
  expect([result.exitCode, told(result, 'error')]).toEqual([1, expect.stringContaining('GET /items')])
})

test('others without credentials fail as ever', async () => {
  const result = await previews.run(previews.open({ number: 23 }), 'opened', { isWithoutAws: true })
  expect([result.exitCode, told(result, 'error')]).toEqual([1, expect.stringContaining('No Region is given')])
})

/** Commits the workspace as a checkout of some repository has it. */
function checkOut(origin: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', previews.service.workspace, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { encoding: 'utf8' }).trim()
  rmSync(join(previews.service.workspace, '.git'), { recursive: true, force: true })
  git('init', '-q')
  git('remote', 'add', 'origin', `https://github.com/${origin}`)
  git('add', '-A')
  git('commit', '-qm', 'a')
  return git('rev-parse', 'HEAD')
}

test('code of a fork with the rights of the base branch is refused, whichever way it was checked out', async () => {
  const commit = checkOut('acme/demo')
  const pullRequest = previews.open({ number: 24, headRepository: 'eve/demo' })
  const options = { event: 'pull_request_target', inputs: { ...shop, preview: '' } }
  const run = (): Promise<StepResult> => previews.run(pullRequest, 'opened', options)
  succeeded(await run())
  await previews.service.account.control.clearJournal()
  pullRequest.head.sha = commit
  const byCommit = await run()
  expect([byCommit.exitCode, told(byCommit, 'error')]).toEqual([1, expect.stringMatching(/The code of eve\/demo is checked out, and pull_request_target runs with the rights/)])
  pullRequest.head.sha = 'f'.repeat(40)
  execFileSync('git', ['-C', previews.service.workspace, 'update-ref', 'refs/remotes/pull/24/merge', commit])
  expect((await run()).exitCode).toBe(1)
  execFileSync('git', ['-C', previews.service.workspace, 'pack-refs', '--all'])
  expect((await run()).exitCode).toBe(1)
  checkOut('eve/demo')
  expect((await run()).exitCode).toBe(1)
  expect(await calls()).toBe(0)
  rmSync(join(previews.service.workspace, '.git'), { recursive: true })
})

test('on pull_request_target no preview is deployed, but one is taken away', async () => {
  const pullRequest = previews.open({ number: 25 })
  const opened = await previews.run(pullRequest, 'opened', { event: 'pull_request_target' })
  expect([opened.exitCode, told(opened, 'error')]).toEqual([1, expect.stringContaining('on pull_request_target, where no preview is deployed')])
  pullRequest.state = 'closed'
  expect(succeeded(await previews.run(pullRequest, 'closed', { event: 'pull_request_target' })).outputs['command']).toBe('destroy')
})
