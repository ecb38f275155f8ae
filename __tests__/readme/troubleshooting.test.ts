import { describe, expect, test } from '@jest/globals'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readPage, root } from './markdown.ts'

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
// Texts are templates in the code: what is filled in stands as … on the page.
const code = sources.map((path) => readFileSync(join(root, 'src', path), 'utf8').replaceAll(/\$\{[^}]*\}/g, '…'))

/** The texts in the first column of the README's table, and the quoted errors of a page in docs/. */
function texts(): string[] {
  const [, section = ''] = readPage('README.md').text.split('\nWhat the action says')
  const [table = ''] = section.split('\nWhat AWS and GitHub say')
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? '')
}

/** Lines of a page that are nothing but a quoted error. */
function quoted(path: string): string[] {
  return [...readPage(path).text.matchAll(/^`([^`]{20,})`\.?$|`((?:Somebody|Another)[^`]+)`/gm)].map((match) => match[1] ?? match[2] ?? '')
}

/** Whether one file of the code says it: every part, in this order. */
function isSaid(text: string): boolean {
  const pattern = new RegExp(text.split('…').map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'))
  return code.some((file) => pattern.test(file))
}

describe('texts that the pages explain', () => {
  const all = [...texts(), ...['docs/ownership.md', 'docs/concurrency.md', 'docs/access-log.md'].flatMap(quoted)]
  test('are found', () => expect(all.length).toBeGreaterThan(18))
  // The pages quote them with a name filled in.
  const open = all.map((text) => [text.replace('There is a function hello', 'There is …').replace('service hello', 'service …')])
  test.each(open)('%s', (text) => expect(isSaid(text)).toBe(true))
})
