import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { Diagnostics } from '../../../src/diagnostics.ts'
import { compileRules, includeRules } from '../../../src/package/tree/ignore.ts'
import { walk } from '../../../src/package/tree/walk.ts'
import { removeFolders, write } from '../support.ts'

afterAll(removeFolders)

const files = [
  'app.py', 'a.log', 'logs/b.log', 'logs/keep.log', 'docs/index.md', 'docs/deep/x.md', 'src/docs/y.md', 'build/out.js', 'src/build/out.js', 'data/a1.csv', 'data/b2.csv',
  'data/ab.csv', 'x/y/z/deep.txt', 'x/z/deep.txt', '#hash', '!bang', 'sp ace.txt', 'star*.txt', 'dot.py.bak', 'foo/bar/baz', 'tmp', 'a/tmp/f',
]

function kept(folder: string, rules: Parameters<typeof compileRules>[0], include: readonly string[] = []): string[] {
  const compiled = [...compileRules(rules), ...includeRules(include)]
  return walk(folder, { rules: compiled, never: [], workspace: folder, keepLinks: true, owner: '', diagnostics: new Diagnostics() }).map((entry) => entry.path)
}

/** What git itself would not ignore. Its own answer is the yardstick; it never re-includes below an excluded folder, and neither does this list. */
test.each([
  ['a name at any depth', ['*.log']], ['a negation', ['*.log', '!keep.log']], ['anchored', ['/docs']], ['an inner slash anchors', ['src/docs']],
  ['a folder only', ['build/']], ['a folder only, no file', ['tmp/']], ['any depth', ['**/deep.txt']], ['below', ['x/**']], ['between', ['x/**/deep.txt']],
  ['a class', ['data/[a-b]1.csv']], ['a negated class', ['data/[!a]*.csv']], ['a question mark', ['data/?b.csv']], ['escaped hash', ['\\#hash']], ['escaped bang', ['\\!bang']],
  ['comments and blanks', ['# app.py', '', '   ']], ['trailing blanks', ['app.py   ']], ['an escaped star', ['star\\*.txt']], ['dots are dots', ['dot.py']], ['a chain', ['foo/bar']],
  ['star stops at slashes', ['x/*.txt']], ['later wins', ['!app.py', 'app.py']],
])('like git: %s', (_name, rules) => {
  const folder = write({ ...Object.fromEntries(files.map((file) => [file, 'x'])), '.rules': `${rules.join('\n')}\n` })
  execFileSync('git', ['init', '-q'], { cwd: folder })
  const git = execFileSync('git', ['-c', 'core.quotePath=false', 'ls-files', '-z', '--others', '--exclude-from=.rules'], { cwd: folder, encoding: 'utf8' })
  expect(kept(folder, [...rules, '/.git', '/.rules'].filter((rule) => rule !== ''))).toEqual(git.split('\0').filter((file) => file !== '' && file !== '.rules').sort())
})

test('an include brings back what an excluded folder holds', () => {
  const folder = write(Object.fromEntries(files.map((file) => [file, 'x'])))
  expect(kept(folder, ['*', '!app.py'], ['build/out.js', 'data/*1.csv'])).toEqual(['app.py', 'build/out.js', 'data/a1.csv'])
})
