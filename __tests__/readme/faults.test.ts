import { expect, test } from '@jest/globals'
import { readPage } from './markdown.ts'

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
