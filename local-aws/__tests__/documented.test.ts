import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { freshAccount, localAwsUrl } from '../testing.ts'
import { main } from './engine/program.ts'

const home = join(import.meta.dirname, '..')
/** The tests that a text links to, by their path from local AWS's folder. */
function testsIn(folder: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)]+\.test\.ts)\)/g)].map((match) => normalize(join(folder, match[1] ?? '')))
}
/** Pages that people read, without the counts, which a program makes. */
const pages = ['README.md', 'docs/rules.md', 'docs/steering.md', 'docs/conformance.md'].map((path) => {
  const text = readFileSync(join(home, path), 'utf8').replace(/<!-- conformance:start -->[\s\S]*<!-- conformance:end -->/, '')
  return { folder: dirname(path), text: text.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, ''), whole: text }
})
/** Rows of tables without their heads, and points of lists. */
const claims = pages.flatMap(({ folder, text }) => {
  const lines = text.split('\n')
  const isClaim = (line: string, next: string): boolean => (line.startsWith('| ') && !next.startsWith('|-')) || line.startsWith('- ')
  return lines.filter((line, index) => isClaim(line, lines[index + 1] ?? '')).map((line) => ({ line, tests: testsIn(folder, line) }))
})

test('every claim about local AWS names a test, and every test that is named is there', () => {
  expect(claims.length).toBeGreaterThan(60)
  expect(claims.filter(({ tests }) => tests.length === 0)).toEqual([])
  const named = pages.flatMap(({ folder, text }) => testsIn(folder, text))
  expect(named.filter((path) => !existsSync(join(home, path)))).toEqual([])
})

test('every room of local AWS has a claim', () => {
  const rooms = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const named = claims.flatMap(({ tests }) => tests.map((path) => path.split('/')[1] ?? ''))
  const others = ['docs', 'scripts', 'node_modules', '__tests__']
  expect(rooms.filter((room) => !others.includes(room) && !named.includes(room))).toEqual([])
})

test('every request of the control API, every setting and every option of the program stands there', async () => {
  const page = pages.map(({ whole }) => whole).join('\n')
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
