import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makePreviews, shop, type Previews } from '../support/previews.ts'
import { handler, succeeded } from '../support/service.ts'

let previews: Previews
beforeAll(async () => {
  previews = await makePreviews()
  // The stage whose role the previews take.
  succeeded(await previews.push(shop))
})
afterAll(() => previews.close())

const repository = (): Previews['github']['repository'] => previews.github.repository
const comments = (): string[] => repository().comments.map(({ body }) => body)
const states = (): (string | undefined)[] => repository().deployments.map(({ statuses }) => statuses.at(-1)?.state)

test('a push without a pull request tells nobody', () => expect([comments(), states()]).toEqual([[], []]))

test('from opened to closed a pull request has one comment, and its Deployments go with it', async () => {
  const pullRequest = previews.open({ number: 12 })
  const opened = succeeded(await previews.run(pullRequest, 'opened'))
  const url = opened.outputs['invoke-url'] ?? ''
  expect(comments()).toEqual([expect.stringContaining('<b>Live</b> with commit')])
  expect(comments()[0]).toContain(`<a href="${url}/items">`)
  expect(comments()[0]).toContain(pullRequest.head.sha.slice(0, 7))
  expect(repository().deployments[0]).toMatchObject({ environment: 'preview', task: 'deploy:shop-pr-12/preview', sha: pullRequest.head.sha, isTransient: true })
  expect(repository().deployments[0]?.statuses.at(-1)).toMatchObject({ state: 'success', url })

  // While the next push is on its way, and where it fails, the address of the one before stays.
  pullRequest.head.sha = 'e'.repeat(40)
  const seen: string[] = []
  previews.github.onRequest = () => void seen.push(comments()[0] ?? '')
  previews.service.write('lambda_function.py', handler('two'))
  const failed = await previews.run(pullRequest, 'synchronize', { inputs: { 'smoke-test': 'GET /items -> 418' } })
  previews.github.onRequest = undefined
  expect(failed.exitCode).toBe(1)
  expect(seen.some((body) => body.includes('<b>Deploying</b> commit') && body.includes(url))).toBe(true)
  expect(comments()).toEqual([expect.stringContaining('<b>Failed</b> for commit')])
  expect(comments()[0]).toContain('GET /items -&gt; 418')
  expect(comments()[0]).toContain(`<p>What was deployed before:</p>\n\n<!-- since the last success -->\n\n<p><b><code>${url}</code>`)
  expect(states()).toEqual(['success', 'failure'])

  pullRequest.state = 'closed'
  succeeded(await previews.run(pullRequest, 'closed'))
  expect(comments()).toEqual([expect.stringContaining('<b>Gone</b>: everything that was made for this pull request is removed.')])
  expect(states()).toEqual([])
})

test('what a sweep removes is told to its pull request, too', async () => {
  const pullRequest = previews.open({ number: 13 })
  succeeded(await previews.run(pullRequest, 'opened'))
  pullRequest.state = 'closed'
  succeeded(await previews.push({ command: 'sweep' }))
  expect(comments().filter((body) => body.includes('shop-pr-13'))).toEqual([expect.stringContaining('<b>Gone</b>')])
  expect(states()).toEqual([])
})

test('a run that is told to stop asks GitHub nothing more, and the next one puts the comment right', async () => {
  const pullRequest = previews.open({ number: 15 })
  const step = await previews.start(pullRequest, 'opened')
  previews.github.onRequest = (request) => {
    if (request.startsWith('POST')) void step.stop()
  }
  const stopped = await step.result
  previews.github.onRequest = undefined
  expect(stopped.exitCode).not.toBe(0)
  expect(stopped.output).not.toMatch(/defect|[Uu]nhandled/)
  succeeded(await previews.run(pullRequest, 'synchronize'))
  expect(comments().filter((body) => body.includes('shop-pr-15'))).toEqual([expect.stringContaining('<b>Live</b>')])
})

test('a pull request from a fork is told nothing by a token that may not', async () => {
  const pullRequest = previews.open({ number: 14, headRepository: 'stranger/demo' })
  previews.github.requests.length = 0
  succeeded(await previews.run(pullRequest, 'opened', { isWithoutAws: true }))
  expect(previews.github.requests.filter((request) => request.startsWith('POST'))).toEqual([])
})
