import { afterAll, expect, test } from '@jest/globals'
import path from 'node:path'
import type { CodeSpec } from '../../src/service/service.ts'
import { codeOf, findings, optionsOf, removeFolders, write, type Files } from './support.ts'
import { makeWheel } from './wheel.ts'

afterAll(removeFolders)

const good = 'def handler(event, context):\n    return 1\n'

interface Case {
  readonly name: string
  readonly files: Files
  /** Below the repository. */
  readonly source?: string
  readonly code?: Partial<CodeSpec>
  readonly cure: RegExp
}

const cases: readonly Case[] = [
  { name: 'packaging 11: a list above the source', files: { 'requirements.txt': 'idna==3.10\n', 'src/app.py': `import idna\n${good}` }, source: 'src', cure: /^\.\.\/requirements\.txt has it, and is not read.*set `requirements: requirements\.txt`\.$/ },
  { name: 'packaging 11: a lock above the source', files: { 'uv.lock': '[[package]]\nname = "PyYAML-Extra"\n', 'services/api/app.py': `import pyyaml_extra\n${good}` }, source: 'services/api', cure: /^\.\.\/\.\.\/uv\.lock has it, and is not read.*set `requirements: uv\.lock`/ },
  { name: 'packaging 11: a list above the source, two folders below the repository', files: { 'services/api/requirements.txt': 'idna==3.10\n', 'services/api/src/app.py': `import idna\n${good}` }, source: 'services/api/src', cure: /^\.\.\/requirements\.txt has it, and is not read.*set `requirements: services\/api\/requirements\.txt`\.$/ },
  { name: 'packaging 11: a list above the source that names the distribution', files: { 'requirements.txt': 'PyYAML==6.0.2\n', 'src/app.py': `import yaml\n${good}` }, source: 'src', cure: /^\.\.\/requirements\.txt has it, and is not read.*set `requirements: requirements\.txt`\.$/ },
  { name: 'packaging 11: a list above the source that may bring it by another name', files: { 'requirements.txt': 'acme-sdk==1\n', 'src/app.py': `import acme_core\n${good}` }, source: 'src', cure: /^\.\.\/requirements\.txt lies above the source folder, so it is not read: where it brings `acme_core`, set `requirements: requirements\.txt`; else add the package/ },
  { name: 'packaging 12: another case', files: { 'app.py': `from Utils import x\n${good}`, 'utils.py': 'x = 1\n' }, cure: /^utils\.py is there, and its name differs in case/ },
  { name: 'packaging 12: another form of an accent', files: { 'app.py': `import caf\u00e9\n${good}`, ['cafe\u0301.py']: '' }, cure: /is there, and its name differs in case or accents/ },
  { name: 'packaging 45: a sibling without a dot', files: { 'handlers/__init__.py': '', 'handlers/api.py': `import tools\n${good}`, 'handlers/tools.py': '' }, code: { handler: 'handlers/api.handler' }, cure: /^It lies beside the file, in handlers\/: write `from \. import tools`/ },
  { name: 'packaging 44: a folder above the source', files: { 'shared/__init__.py': '', 'services/api/app.py': `from shared import x\n${good}` }, source: 'services/api', cure: /^It lies in \.\.\/\.\.\/shared, outside of the source folder.*set `source: \.` with the handler's path from there/ },
  { name: 'packaging 44: a file above the source', files: { 'common.py': '', 'api/app.py': `import common\n${good}` }, source: 'api', cure: /^It lies in \.\.\/common\.py, outside of the source folder.*set `source: \.`/ },
  { name: 'a folder that should be the root', files: { 'app.py': `import shop\n${good}`, 'src/shop/__init__.py': '' }, cure: /^It lies in src\/shop\/__init__\.py.*write `src\.shop`, or make `src` the source folder\.$/ },
  { name: 'packaging 46: a stale lock', files: { 'app.py': `import idna\n${good}`, 'pyproject.toml': '[project]\nname = "a"\ndependencies = ["idna>=3"]\n', 'pylock.toml': 'lock-version = "1.0"\npackages = []\n' }, cure: /^pyproject\.toml asks for it, and the list that was read has it not: lock again/ },
  { name: 'packaging 46: a stale lock, the distribution called otherwise', files: { 'app.py': `import PIL\n${good}`, 'pyproject.toml': '[project]\nname = "a"\ndependencies = ["Pillow>=3"]\n', 'pylock.toml': 'lock-version = "1.0"\npackages = []\n' }, cure: /^pyproject\.toml asks for it, and the list that was read has it not: lock again/ },
  { name: 'a module whose distribution is called otherwise', files: { 'app.py': `import yaml\n${good}` }, cure: /^Add PyYAML, which brings `yaml`, to requirements\.txt, beside the code\.$/ },
  { name: 'nothing of the kind', files: { 'app.py': `import idna\n${good}` }, cure: /^Add the package that brings `idna` to requirements\.txt, beside the code\.$/ },
]

test.each(cases)('what answers an import is looked for where people have it: $name', async ({ files, source = '.', code, cure }) => {
  const root = write({ '.git/HEAD': '', ...files })
  const all = await findings(codeOf(path.join(root, source), { base: root, runtime: 'python3.13', ...code }))
  expect(all).toMatchObject([{ severity: 'error', what: expect.stringMatching(/ imports `/), cure: expect.stringMatching(cure) }])
})

const wheels = write({})

test('packaging 9: a dependency\'s package that hides the handler\'s own file is told, one that hides another file warns', async () => {
  await makeWheel(wheels, { name: 'jot', files: { 'jot/__init__.py': '' } })
  const list = { 'requirements.txt': `--no-index\n--find-links ${wheels}\njot\n` }
  const handler = await findings(codeOf(write({ 'jot.py': good, ...list }), { handler: 'jot.handler' }))
  expect(handler).toMatchObject([{ severity: 'error', what: 'The package jot/ of a dependency hides jot.py, which the handler `jot.handler` names.', cure: 'Rename jot.py, and the handler with it.' }])
  const warnings: string[] = []
  const options = optionsOf()
  const all = await findings(codeOf(write({ 'app.py': `import jot\n${good}`, 'jot.py': '', ...list })), { ...options, progress: { ...options.progress, warning: (line) => { warnings.push(line) } } })
  expect(all).toEqual([])
  expect(warnings.join('\n')).toContain('app.py imports `jot` and gets the package jot/ of a dependency, not jot.py of your own.')
})

test('packaging 49: a namespace of others without the part that is imported names the package to add', async () => {
  await makeWheel(wheels, { name: 'acme-storage', files: { 'acme/storage.py': '' } })
  const source = write({ 'app.py': `from acme import storage\nfrom acme import genai\n${good}`, 'requirements.txt': `--no-index\n--find-links ${wheels}\nacme-storage\n` })
  expect(await findings(codeOf(source))).toMatchObject([{ severity: 'error', what: 'app.py imports `genai` from `acme`, and no part of acme/ in the package is called so.', cure: 'Add the package that brings `acme.genai` to the requirements.', place: { line: 2 } }])
})
