import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { makeRepository } from '../../local-github/repository.ts'
import { startLocalGitHub, type LocalGitHub } from '../../local-github/server.ts'
import { GitHub } from '../../src/github/client.ts'
import { GitHubDeployment, retireDeployments, type DeploymentSubject } from '../../src/github/deployments.ts'

const repository = makeRepository('acme/shop', new Map())
const github = new GitHub({ repository: 'acme/shop', token: 'ghs_job' })
let server: LocalGitHub

beforeAll(async () => {
  server = await startLocalGitHub({ repository, token: 'ghs_job' })
  // The client reads it once, when it is loaded.
  process.env['GITHUB_API_URL'] = server.url
})
beforeEach(() => void (repository.deployments.length = 0))
afterAll(() => server.close())

const subject = (number: number, sha = 'a'): DeploymentSubject =>
  ({ environment: 'preview', task: `deploy:shop-pr-${number}/preview`, sha: sha.repeat(40), isTransient: true, logUrl: 'https://github.com/run' })
const states = (): string[][] => repository.deployments.map(({ task, sha, statuses }) =>
  [task.replace(/deploy:shop-|\/preview/g, ''), sha.slice(0, 1), ...statuses.map(({ state }) => state)])

async function deployed(of: DeploymentSubject, url: string): Promise<void> {
  const deployment = new GitHubDeployment(github, of)
  expect(await deployment.begin()).toBeUndefined()
  expect(await deployment.end({ state: 'success', url })).toBeUndefined()
}

test('goes from queued to success, and takes the place of the one before of the same pull request alone', async () => {
  await deployed(subject(1), 'https://one')
  await deployed(subject(2), 'https://two')
  await deployed(subject(1, 'b'), 'https://one')
  expect(states()).toEqual([
    ['pr-2', 'a', 'queued', 'in_progress', 'success'],
    ['pr-1', 'b', 'queued', 'in_progress', 'success'],
  ])
  expect(repository.deployments[1]).toMatchObject({ environment: 'preview', isTransient: true, isProduction: false })
  expect(repository.deployments[1]?.statuses.at(-1)).toEqual({ state: 'success', url: 'https://one', log: 'https://github.com/run' })
})

test('a failure leaves the one before', async () => {
  await deployed(subject(1), 'https://one')
  const failing = new GitHubDeployment(github, subject(1, 'b'))
  await failing.begin()
  await failing.end({ state: 'failure' })
  expect(states()).toEqual([['pr-1', 'a', 'queued', 'in_progress', 'success'], ['pr-1', 'b', 'queued', 'in_progress', 'failure']])
})

test('a pull request that is closed leaves none, and those of others stay', async () => {
  for (const sha of ['a', 'b']) {
    const failing = new GitHubDeployment(github, subject(1, sha))
    await failing.begin()
    await failing.end({ state: 'failure' })
  }
  await deployed(subject(2), 'https://two')
  expect(await retireDeployments(github, subject(1))).toBeUndefined()
  expect(states()).toEqual([['pr-2', 'a', 'queued', 'in_progress', 'success']])
  expect(await retireDeployments(github, subject(2))).toBeUndefined()
  expect(states()).toEqual([])
})

test('the environment of a stage keeps its history, and one is active', async () => {
  const stage = (sha: string): DeploymentSubject => ({ ...subject(0, sha), environment: 'staging', task: 'deploy:shop/staging', isTransient: false })
  await deployed(stage('a'), 'https://staging')
  await deployed(stage('b'), 'https://staging')
  expect(repository.deployments.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['inactive', 'success'])
})

test('a token that may not is an answer and no error', async () => {
  server.permissions = { deployments: 'read' }
  const deployment = new GitHubDeployment(github, subject(1))
  expect(await deployment.begin()).toMatchObject({ status: 403 })
  expect(await deployment.end({ state: 'success' })).toBeUndefined()
  expect(states()).toEqual([])
})
