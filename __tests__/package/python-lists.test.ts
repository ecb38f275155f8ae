import { afterAll, describe, expect, test } from '@jest/globals'
import path from 'node:path'
import { allows } from '../../src/package/install/requires-python.ts'
import { readRequirements } from '../../src/package/install/requirements.ts'
import { codeOf, findings, optionsOf, removeFolders, write, type Files } from './support.ts'

afterAll(removeFolders)

const app = 'def handler(event, context):\n    return 1\n'

describe('packaging 16, 61: a line that no installer takes is told at its place', () => {
  test.each([
    ['requests=2.31.0', 'Write `requests==2.31.0`.'], ['requests = 2.31.0', 'Write `requests==2.31.0`.'], ['requests 2.31.0', 'Write `requests==2.31.0`; `pip freeze` writes lists in this form.'],
    ['_libgcc_mutex=0.1=main', expect.stringContaining('a line of `conda list`')], ['idna=3.10=pyhd8ed1ab_0', expect.stringContaining('as in `idna==3.10`')], ['requests==2.31.0,', undefined], ['requests >== 2', expect.stringContaining('Write a name with a version')], ['Package    Version', expect.stringContaining('Write a name')],
    ['pip install requests', 'Write `requests`.'], ['python -m pip install requests==2.0', 'Write `requests==2.0`.'], ['"requests"', 'Write `requests`.'], ['requests = "2.31.0"', 'Write `requests==2.31.0`.'], ['requests=>2.0', 'Write `requests>=2.0`.'], ['requests>2.0<3', 'Write `requests>2.0,<3`.'], ['requests~2.0', 'Write `requests~=2.0`.'],
    ['requests@2.31.0', 'Write `requests==2.31.0`.'], ['https://github.com/psf/requests', 'Write `requests @ git+https://github.com/psf/requests@COMMIT`.'], ['github.com/psf/requests.git', 'Write `requests @ git+https://github.com/psf/requests@COMMIT`.'], ['requests   2.31.0   pypi_0   pypi', expect.stringContaining('a line of `conda list`')], ['import requests', expect.stringContaining('Write a name')],
  ])('%s', async (line, cure) => {
    const all = await findings(codeOf(write({ 'app.py': app, 'requirements.txt': `# made by hand\n\n${line}\n` })), optionsOf({ env: { ...process.env, PIP_NO_INDEX: '1' } }))
    const [first] = all
    if (cure === undefined) expect(first?.what).not.toContain('is no requirement')
    else expect(all).toMatchObject([{ severity: 'error', what: expect.stringMatching(/^`.*` is no requirement\.$/), cure, place: { file: expect.stringMatching(/requirements\.txt$/), line: 3 } }])
  })

  test('what is one passes', () => {
    const lines = ['a', 'a-b.c_d', 'a[x,y]>=1,<2', 'a (>=1, <2)', 'a==1.*', 'a===1.0', 'a~=1.4.2', 'a!=1 ; python_version<"3.9"', 'a>=1;python_version<"3.9"', 'a @ https://example.com/a.whl#sha256=b', 'https://example.com/a.whl', 'a == 1.0+cpu', 'a<2.0a0', 'A >= 1!2.0', 'a==${VERSION}']
    expect(readRequirements(path.join(write({ 'requirements.txt': lines.join('\n') }), 'requirements.txt'), {}).lines).toEqual(lines)
  })
})

test.each<[string, string, string]>([
  ['a path that uv counts from the workspace\'s root (astral-sh/uv#20238)', '-e ./lib', 'Write `../lib`: the path counts from the list\'s own folder.'],
  ['a place where conda built a package', 'idna @ file:///home/conda/feedstock_root/build_artifacts/idna_1726459485162/work', 'It is where conda built the package: write the list with `pip list --format=freeze`, which has names and versions.'],
  ['a place on the machine that the list was made on', '-e /home/me/shop', 'Fix the path, or ask for a released version by its name.'],
])('a path that is not there has the cure that fits: %s', async (_name, line, cure) => {
  const root = write({ '.git/HEAD': '', 'lib/pyproject.toml': '', 'app/app.py': app, 'app/requirements.txt': `# made by a tool\n${line}\n` })
  expect(await findings(codeOf(path.join(root, 'app')))).toMatchObject([{ severity: 'error', what: expect.stringMatching(/, which does not exist\.$/), cure, place: { line: 2 } }])
})

describe('break 9: what is no list of the repository is never read', () => {
  const outside = write({ 'secret.txt': 'AWS_SECRET_ACCESS_KEY=aB3/aB3/aB3/\n', 'uv.lock': 'TOKEN = aB3/aB3/aB3/\n' })

  test.each<[string, Files, number | undefined]>([
    ['the environment of a process', { 'requirements.txt': '-r /proc/self/environ\n' }, undefined], ['likewise as constraints', { 'requirements.txt': 'idna\n-c /proc/self/environ\n' }, undefined], ['a path that leads out', { 'requirements.txt': `-r ${path.join(outside, 'secret.txt')}\n` }, undefined],
    ['a link', { 'requirements.txt': { link: path.join(outside, 'secret.txt') } }, undefined], ['a link to the environment', { 'requirements.txt': { link: '/proc/self/environ' } }, undefined], ['a lock that is a link', { 'uv.lock': { link: path.join(outside, 'uv.lock') } }, undefined], ['a device', { 'requirements.txt': '-r /dev/stdin\n' }, undefined],
  ])('%s', async (_name, files) => {
    const source = write({ 'app.py': app, '.git/HEAD': '', ...files })
    const all = await findings(codeOf(source))
    expect(all.map(({ what }) => what)).toContainEqual(expect.stringMatching(/ leads out of the workspace\.$/))
    expect(JSON.stringify(all)).not.toMatch(/aB3\/|PATH=|SECRET_ACCESS_KEY=/)
  })

  test('what lies elsewhere in the workspace is', () => {
    const root = write({ '.git/HEAD': '', 'base.txt': 'idna\n', 'api/requirements.txt': '-r ../base.txt\n', 'api/linked.txt': { link: '../base.txt' } })
    expect(readRequirements(path.join(root, 'api/requirements.txt'), {}).lines).toEqual(['idna'])
    expect(readRequirements(path.join(root, 'api/linked.txt'), {}).lines).toEqual(['idna'])
  })
})

describe('packaging 4: a lock for other Pythons', () => {
  test.each<[string, Files]>([
    ['uv', { 'uv.lock': 'version = 1\nrequires-python = ">=3.13"\n' }], ['pylock', { 'pylock.toml': 'lock-version = "1.0"\nrequires-python = ">=3.13"\npackages = []\n' }],
    ['poetry', { 'poetry.lock': 'package = []\n[metadata]\nlock-version = "2.1"\npython-versions = "^3.13"\n' }], ['pyproject', { 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.13"\ndependencies = ["idna"]\n' }],
    ['pdm', { 'pdm.lock': '', 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.13"\n' }],
  ])('of %s is an error that names both', async (_name, files) => {
    const all = await findings(codeOf(write({ 'app.py': app, ...files }), { runtime: 'python3.12' }))
    expect(all).toMatchObject([{ severity: 'error', what: expect.stringMatching(/ is for Python (?:>=|\^)3\.13, and the function runs python3\.12\.$/) }])
  })

  test.each([
    ['>=3.10', 12, true], ['>=3.13', 12, false], ['>=3.12.4', 12, true], ['>3.11', 12, true], ['>3.12', 12, false], ['>3.12.1', 12, true], ['<3.12', 12, false], ['<3.12.5', 12, true], ['<=3.11', 12, false], ['<4', 12, true], ['>=3.8,<3.12', 12, false], ['>=3.8, <3.13', 12, true], ['==3.12.*', 12, true], ['==3.11.*', 12, false],
    ['!=3.12.*', 12, false], ['!=3.12.0', 12, true], ['~=3.11', 12, true], ['~=3.11.2', 12, false], ['~=3.12.2', 12, true], ['^3.11', 12, true], ['^3.13', 12, false], ['~3.12', 12, true], ['~3.11', 12, false], ['>=2.7', 12, true], ['>=3', 12, true], ['^3.8 || ^3.12', 12, true], ['3.11.*', 12, false], ['*', 12, true], ['<2.8', 12, false], ['>=4', 12, false], ['==3.12.1', 12, true],
  ] as const)('%s for 3.%i: %s', (range, minor, expected) => {
    expect(allows(range, minor)).toBe(expected)
  })
})
