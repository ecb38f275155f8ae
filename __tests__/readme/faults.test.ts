import { expect, test } from '@jest/globals'
import { pages, readPage } from './markdown.ts'

const { text } = readPage('README.md')

test('deploy 24: the README says from which runner on a proxy is used', () => {
  expect(text).toMatch(/Behind a proxy \(`HTTPS_PROXY`\) a self-hosted runner must be 2\.328\.0 or newer/)
})
test('deploy 40: outputs that the runner drops because of a mask have a row in Troubleshooting', () => {
  expect(text).toMatch(/\| `Skip output '…' since it may contain secret`.*mask-aws-account-id/)
})
test.each(['CORS', 'Authorizers, API keys', 'custom domains', 'schedules', 'FastAPI, Flask', 'TypeScript', 'Windows and macOS', 'self-hosted'])('newcomer 2.8: Limits has a word on %s', (word) => {
  expect(/## Limits\n([\s\S]*?)\n## /.exec(text)?.[1]).toContain(word)
})
test('newcomer 2.2: every workflow that deploys or removes one service shares one concurrency group', () => {
  const groups = [...text.matchAll(/^concurrency: (\S+)$/gm)].map(([, group]) => group)
  expect(groups.length).toBeGreaterThan(3)
  expect(new Set(groups)).toEqual(new Set(['deploy-hello']))
})
test('newcomer 2.7: the README says how to go back, and how at once', () => {
  expect(text).toMatch(/### Back to an earlier release[\s\S]*`command: rollback`/)
})

/** What the pages must tell, by the number of the fault. */
const told: readonly (readonly [string, string, RegExp])[] = [
  ['2.1', 'docs/releases.md', /`role-policies`, `role-statements`, `role-permissions-boundary`[\s\S]*code that runs on `staging` has the same role as the one on `prod`/],
  ['2.3', 'README.md', /`npm start -- path\/to\/folder`[^\n]*calls its first GET or ANY route[^\n]*keeps serving until Ctrl-C/],
  ['2.4', 'local-aws/README.md', /export AWS_ENDPOINT_URL=\S+ AWS_REGION=\S+ AWS_DEFAULT_REGION=/],
  ['2.6', 'README.md', /### Two accounts[\s\S]*allowed-account-ids: \$\{\{ matrix\.account \}\}/],
  ['2.9', 'docs/ownership.md', /the account's role for API Gateway's logs is not, because it is the account's/],
  ['2.10', 'docs/ownership.md', /Whoever calls the function without an alias gets the new code as soon as it is uploaded/],
  ['2.11', 'docs/packaging.md', /`~\/\.cache\/lambda-api-deploy`[\s\S]*`LAMBDA_API_DEPLOY_CACHE`[\s\S]*uses: actions\/cache@/],
  ['2.12', 'README.md', /event\.get\("pathParameters"\)/],
  ['2.13', 'README.md', /\| `Nothing changed` although somebody has changed the code in the console \|/],
  ['2.14', 'docs/configuration.md', /one function/],
  ['2.16', 'docs/releases.md', /## Older commits[\s\S]*`allow-older: true`/],
]
test.each(told)('newcomer %s: told in %s', (_number, page, words) => expect(readPage(page).text).toMatch(words))

test('newcomer 2.15: every workflow on the pages takes the checkout that is current', () => {
  const versions = pages().flatMap((page) => [...page.text.matchAll(/actions\/checkout@(\S+)/g)].map(([, version]) => version))
  expect(versions.length).toBeGreaterThan(3)
  expect(new Set(versions)).toEqual(new Set(['v7']))
})
