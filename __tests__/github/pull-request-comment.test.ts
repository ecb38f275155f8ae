import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { makeRepository, openPullRequest, type User } from '../../local-github/repository.ts'
import { startLocalGitHub, type LocalGitHub } from '../../local-github/server.ts'
import { GitHub } from '../../src/github/client.ts'
import { PullRequestComment } from '../../src/github/pull-request-comment.ts'

const bot: User = { login: 'github-actions[bot]', type: 'Bot' }
const marker = (begun: number, subject = 'shop-pr-7/preview'): string => `<!-- lambda-api-deploy ${subject} begun=${begun} -->\n`
const repository = makeRepository('acme/shop', new Map())
const github = new GitHub({ repository: 'acme/shop', token: 'ghs_job' })
let server: LocalGitHub

beforeAll(async () => {
  server = await startLocalGitHub({ repository, token: 'ghs_job' })
  // The client reads it once, when it is loaded.
  process.env['GITHUB_API_URL'] = server.url
  openPullRequest(repository, { number: 7 })
})
beforeEach(() => {
  repository.comments.length = 0
  repository.nextId = 1001
  server.requests.length = 0
  Object.assign(server, { user: bot, onRequest: undefined })
})
afterAll(() => server.close())

const comment = (begun = 5, subject = 'shop-pr-7/preview'): PullRequestComment => new PullRequestComment(github, { number: 7, subject }, begun)
const stands = (body: string, user = bot): number => {
  const id = repository.nextId++
  repository.comments.push({ id, issue: 7, user, body, createdAt: 0 })
  return id
}
const bodies = (): string[] => repository.comments.map(({ body }) => body)
const methods = (): string[] => server.requests.map((request) => request.replace(/^(\w+) .*?\/shop/, '$1 '))

test('is made once, written where it says something else, and left where it does not', async () => {
  expect(await comment().write(() => 'one')).toBeUndefined()
  expect(bodies()).toEqual([`${marker(5)}one`])
  server.requests.length = 0
  expect(await comment(6).write((before) => before?.text)).toBeUndefined()
  expect(methods()).toEqual(['GET /issues/7/comments?per_page=100'])
  const again = comment(7)
  await again.write(() => 'two')
  await again.write(() => 'three')
  expect([bodies(), methods().slice(1)]).toEqual([[`${marker(7)}three`], [
    'GET /issues/7/comments?per_page=100', 'PATCH /issues/comments/1001', 'GET /issues/comments/1001', 'PATCH /issues/comments/1001',
  ]])
})

test('each subject has its own', async () => {
  await comment(5, 'shop-pr-7/preview').write(() => 'shop')
  await comment(5, 'shop-pr-7-admin/preview').write(() => 'admin')
  await comment(6, 'shop-pr-7/preview').write(() => 'shop again')
  expect(bodies()).toEqual([`${marker(6)}shop again`, `${marker(5, 'shop-pr-7-admin/preview')}admin`])
})

test('a thousand comments are looked through by pages, as far as the one that is ours', async () => {
  for (let index = 0; index < 1000; index++) stands(`comment ${index}`, { login: 'octocat', type: 'User' })
  const ours = stands(`${marker(1)}old`)
  await comment().write(() => 'new')
  expect(methods()).toHaveLength(12)
  expect(repository.comments.find(({ id }) => id === ours)?.body).toBe(`${marker(5)}new`)
})

test('a comment of another person that quotes the marker is none of ours', async () => {
  const quoted = stands(`${marker(1)}quoted`, { login: 'octocat', type: 'User' })
  await comment().write(() => 'ours')
  expect(repository.comments.map(({ id, body }) => [id === quoted, body])).toEqual([[true, `${marker(1)}quoted`], [false, `${marker(5)}ours`]])
})

test('with the token of a person that is ours which this person wrote', async () => {
  server.user = { login: 'octocat', type: 'User' }
  stands(`${marker(1)}by a stranger`, { login: 'mallory', type: 'User' })
  stands(`${marker(1)}by octocat`, { login: 'octocat', type: 'User' })
  await comment().write(() => 'new')
  expect(bodies()).toEqual([`${marker(1)}by a stranger`, `${marker(5)}new`])
})

test.each([0, 1, 2, 3, 4, 5])('two that are created at the same moment end as one (order %d)', async (order) => {
  const started = [comment(5), comment(6)].map((each, index) => each.write(() => `run ${index}`))
  // Whoever is first waits a little at some request, so that the two meet at another place each time.
  let seen = 0
  server.onRequest = async () => {
    if (seen++ === order) await new Promise((resolve) => setTimeout(resolve, 30))
  }
  expect(await Promise.all(started)).toEqual([undefined, undefined])
  expect(bodies()).toHaveLength(1)
})

test('what a run has written that began later stays', async () => {
  stands(`${marker(9)}later`)
  await comment(5).write(() => 'earlier')
  expect(bodies()).toEqual([`${marker(9)}later`])
})

test('one that somebody deletes while the run is at work is made anew', async () => {
  const one = comment()
  await one.write(() => 'first')
  repository.comments.length = 0
  await one.write(() => 'second')
  expect(bodies()).toEqual([`${marker(5)}second`])
})

test('what GitHub refuses is an answer and no error', async () => {
  server.permissions = { 'pull-requests': 'read' }
  expect(await comment().write(() => 'text')).toEqual({ status: 403, unknown: expect.stringContaining('Resource not accessible') })
  server.permissions = {}
  expect(await comment().write(() => 'text')).toMatchObject({ status: 403 })
})
