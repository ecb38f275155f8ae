import { afterAll, describe, expect, test } from '@jest/globals'
import { codeOf, findings, removeFolders, write, type Files } from './support.ts'

afterAll(removeFolders)

const manifest = JSON.stringify({ name: 'app', version: '1.0.0', dependencies: { nanoid: '^5.0.0' } })
const index = 'import { nanoid } from "nanoid"\nexport const handler = async () => nanoid()\n'
const app = 'import requests\n\n\ndef handler(event, context):\n    return requests.get\n'
const conflict = '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n'

/** A list of dependencies that is there and cannot be used, beside code that imports what it lists. */
const node: readonly (readonly [string, Files, RegExp])[] = [
  ['a lock with a merge conflict', { 'package-lock.json': conflict }, /package-lock\.json has the marks of a merge conflict/],
  ['an empty lock', { 'package-lock.json': '' }, /package-lock\.json/],
  ['a lock that is no JSON', { 'package-lock.json': '{ "a": ' }, /package-lock\.json/],
  ['a pnpm lock that is no YAML', { 'pnpm-lock.yaml': 'a: [\n' }, /pnpm-lock\.yaml cannot be read/],
  ['a package.json that is no JSON', { 'package.json': '{ "dependencies": { "nanoid": "^5.0.0", } }' }, /package\.json cannot be read/],
]
const python: readonly (readonly [string, Files, RegExp])[] = [
  ['requirements with a merge conflict', { 'requirements.txt': `requests\n${conflict}` }, /requirements\.txt has the marks of a merge conflict/],
  ['requirements with a line that is none', { 'requirements.txt': 'requests\nno requirement at all !\n' }, /is no requirement/],
  ['requirements that name a file that is missing', { 'requirements.txt': 'requests\n-r base.txt\n' }, /base\.txt/],
  ['a lock that cannot be read', { 'uv.lock': 'version = "', 'pyproject.toml': '[project]\nname = "app"\nversion = "1"\ndependencies = ["requests"]\n' }, /uv\.lock/],
  ['a pyproject.toml that is no TOML', { 'pyproject.toml': '[project\nname = "app"\n' }, /pyproject\.toml/],
]

describe('newcomer 1.6: a list that cannot be used is one mistake: what it lists is not told as missing', () => {
  const errorsOf = async (...[files, runtime, handler]: readonly [Files, string, string]): Promise<readonly string[]> =>
    (await findings(codeOf(write(files), { runtime, handler }))).flatMap(({ severity, what }) => (severity === 'error' ? [what] : []))

  test.each(node)('Node: %s', async (_name, files, says) => {
    expect(await errorsOf({ 'index.mjs': index, 'package.json': manifest, ...files }, 'nodejs22.x', 'index.handler')).toEqual([expect.stringMatching(says)])
  })
  test.each(python)('Python: %s', async (_name, files, says) => {
    expect(await errorsOf({ 'app.py': app, ...files }, 'python3.13', 'app.handler')).toEqual([expect.stringMatching(says)])
  })
  test('the same code without any list is told what to add', async () => {
    expect(await errorsOf({ 'index.mjs': index }, 'nodejs22.x', 'index.handler')).toEqual([expect.stringContaining('nanoid')])
    expect(await errorsOf({ 'app.py': app }, 'python3.13', 'app.handler')).toEqual([expect.stringContaining('requests')])
  })
})
