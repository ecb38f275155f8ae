import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { readPage, root } from '../readme/markdown.ts'
import { freshAccount, localAwsUrl } from '../support/local-aws.ts'
import { main } from './engine/program.ts'

const page = readPage('docs/local-aws.md').text.replace(/<!-- conformance:start -->[\s\S]*<!-- conformance:end -->/, '')
const lines = page.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, '').split('\n')
/** Claims: rows of tables without their heads, and points of lists. */
const claims = lines.filter((line, index) => (line.startsWith('| ') && !/^\|-/.test(lines[index + 1] ?? '')) || line.startsWith('- '))
const testsIn = (text: string): string[] => [...text.matchAll(/\]\(([^)]+\.test\.ts)\)/g)].map((match) => normalize(join('docs', match[1] ?? '')))

test('every claim about local AWS names a test, and every test that is named is there', () => {
  expect(claims.length).toBeGreaterThan(60)
  expect(claims.filter((claim) => testsIn(claim).length === 0)).toEqual([])
  expect(testsIn(page).filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('every room of local AWS has a claim', () => {
  const rooms = readdirSync(join(root, 'local-aws'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const named = testsIn(page).map((path) => path.split('/')[2] ?? '')
  // CloudWatch has no rule of ours: it stands with what is missing.
  expect(rooms.filter((room) => room !== 'cloudwatch' && !named.includes(room))).toEqual([])
})

test('every request of the control API, every setting and every option of the program stands there', async () => {
  const { message } = (await (await fetch(`${localAwsUrl()}/_local-aws/none`)).json()) as { message: string }
  const requests = message.replace(/^.*it has /, '').replace(/\.$/, '').split(', ')
  expect(requests.length).toBeGreaterThan(10)
  expect(requests.filter((request) => !page.includes(`\`${request}`))).toEqual([])
  const { windows, ...settings } = await freshAccount().control.settings()
  const names = [...Object.keys(settings), ...Object.keys(windows)]
  expect(names.filter((name) => !new RegExp(`\`(windows\\.)?${name}\``).test(page))).toEqual([])
  const options = new Set(execFileSync(process.execPath, [main, '--help']).toString().match(/--[a-z-]+/g))
  expect([...options].filter((option) => !page.includes(option))).toEqual([])
})
