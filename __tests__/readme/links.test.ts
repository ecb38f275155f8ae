import { describe, expect, test } from '@jest/globals'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { anchors, pages, prose, readPage, root } from './markdown.ts'

/** Why a link does not lead anywhere; undefined where it does. `from` is the folder that it starts in. */
function broken(link: string, from: string, own: string): string | undefined {
  const [file = '', anchor] = link.split('#')
  const path = file === '' ? own : normalize(join(from, file))
  if (!existsSync(join(root, path))) return `${link}: there is no ${path}`
  return anchor === undefined || anchors(readPage(path)).has(anchor) ? undefined : `${link}: ${path} has no #${anchor}`
}

test.each(pages().map((page) => [page.path, page] as const))('the links of %s lead somewhere', (path, page) => {
  const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '').filter((link) => !/^https?:/.test(link))
  expect(links.flatMap((link) => broken(link, join(path, '..'), path) ?? [])).toEqual([])
})

const links = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => [...readFileSync(join(root, 'src', path), 'utf8').matchAll(/\bdocs: '([^']+)'/g)].map((match) => match[1] ?? ''))

describe('links of errors into the docs', () => {
  test('are found', () => expect(links.length).toBeGreaterThan(20))
  test.each([...new Set(links)].sort())('%s', (link) => expect(broken(link, 'docs', '')).toBeUndefined())
})

test('each page in docs/ is linked from the README', () => {
  const { text } = readPage('README.md')
  expect(pages().filter(({ path }) => path.startsWith('docs/') && !text.includes(`](${path})`)).map(({ path }) => path)).toEqual([])
})
