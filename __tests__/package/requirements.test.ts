import { afterAll, describe, expect, test } from '@jest/globals'
import path from 'node:path'
import { UserError } from '../../src/errors.ts'
import { readRequirements } from '../../src/package/install/requirements.ts'
import { isPinned, readWanted } from '../../src/package/install/wanted.ts'
import { hideCredentials, nodeCredentialFiles, pythonCredentialFiles } from '../../src/package/install/credentials.ts'
import { listener, removeFolders, write } from './support.ts'

afterAll(removeFolders)

function read(text: string, others: Record<string, string> = {}): ReturnType<typeof readRequirements> & { readonly folder: string } {
  const folder = write({ 'requirements.txt': text, ...others })
  return { ...readRequirements(path.join(folder, 'requirements.txt'), { TOKEN: 's3cret-token' }), folder }
}

test.each([
  ['names, extras, markers', 'requests[socks]>=2,<3 ; python_version < "3.13"\nidna', ['requests[socks]>=2,<3 ; python_version < "3.13"', 'idna']],
  ['comments and blanks', '# one\n\nidna # why\n', ['idna']],
  ['a hash that is no comment', 'x @ https://example.com/x-1.0-py3-none-any.whl#sha256=abc', ['x @ https://example.com/x-1.0-py3-none-any.whl#sha256=abc']],
  ['continued hashes', 'idna==3.10 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n', ['idna==3.10 --hash=sha256:aa --hash=sha256:bb']],
  ['Windows lines and a byte order mark', '\uFEFFidna\r\nsix\r\n', ['idna', 'six']],
  ['--require-hashes alone', '--require-hashes\nidna==3 --hash=sha256:aa', ['idna==3 --hash=sha256:aa']],
])('%s', (_name, text, lines) => {
  expect(read(text).lines).toEqual(lines)
})

test('nested files and constraints are read once each, from their own folder', () => {
  const wanted = read('-r sub/more.txt\n-c limits.txt\nidna', { 'sub/more.txt': '-r ../requirements.txt\nsix\n-r deep.txt', 'sub/deep.txt': 'attrs', 'limits.txt': 'six<2' })
  expect(wanted.lines).toEqual(['six', 'attrs', 'idna'])
  expect(wanted.constraints).toEqual(['six<2'])
  expect(wanted.files.map((file) => path.relative(wanted.folder, file))).toEqual(['requirements.txt', 'sub/more.txt', 'sub/deep.txt', 'limits.txt'])
})

test('local packages, editable or not, become folders', () => {
  const { folder, locals, lines } = read('./shared\n-e ../lib[extra]\n--editable=other ; python_version > "3"\nname @ file:///opt/x\n./wheels/a-1-py3-none-any.whl', {})
  expect(locals.map((local) => [path.relative(folder, local.path), local.extras, local.marker])).toEqual([
    ['shared', '', ''], ['../lib', '[extra]', ''], [path.relative(folder, '/opt/x'), '', ''], ['wheels/a-1-py3-none-any.whl', '', ''],
  ])
  expect(lines).toEqual(['other ; python_version > "3"'])
})

test('index options are expanded from the environment and their paths made absolute', () => {
  const wanted = read('--index-url https://user:${TOKEN}@example.com/simple\n--find-links wheels\nidna')
  expect(wanted.options).toEqual(['--index-url https://user:s3cret-token@example.com/simple', `--find-links ${path.join(wanted.folder, 'wheels')}`])
})

test('what may be built from source is said with pip\'s own words', () => {
  expect(read('--no-binary docopt,six\ndocopt').buildable).toEqual(['docopt', 'six'])
  const folder = write({ 'requirements.txt': 'docopt' })
  expect(readWanted({ file: path.join(folder, 'requirements.txt'), kind: 'requirements', why: '' }, { PIP_NO_BINARY: 'docopt' }).buildable).toEqual(['docopt'])
})

test.each([['--platform win_amd64'], ['--target here'], ['--user'], ['--python-version 3.9']])('%s cannot be honoured, and the line is named', (line) => {
  const folder = write({ 'requirements.txt': `idna\n${line}\n` })
  const reading = (): unknown => readRequirements(path.join(folder, 'requirements.txt'), {})
  expect(reading).toThrow(UserError)
  expect(reading).toThrow(expect.objectContaining({ text: expect.objectContaining({ place: { file: path.join(folder, 'requirements.txt'), line: 2 } }) as unknown }))
})

test('a file that is named and missing is an error with its name', () => {
  expect(() => read('-r nowhere.txt')).toThrow(/nowhere\.txt cannot be read/)
})

test.each([
  ['all hashed', 'a==1 --hash=sha256:aa\nb==2 --hash=sha256:bb', true], ['one without', 'a==1 --hash=sha256:aa\nb==2', false], ['exact versions alone', 'a==1', false], ['nothing', '', true],
  
  ['a hashed line and a repository at a commit', `a==1 --hash=sha256:aa\nx @ git+https://example.com/x@${'a'.repeat(40)}`, true], ['... at a branch', 'a==1 --hash=sha256:aa\nx @ git+https://example.com/x@main', false],
  ['a repository alone, whose needs float', `x @ git+https://example.com/x@${'a'.repeat(40)}`, false], ['a folder alone, whose needs float', './shared', false], ['a hashed line and a folder', 'a==1 --hash=sha256:aa\n./shared', true],
  ['with constraints', '-c c.txt\na==1 --hash=sha256:aa', false],
])('pinned: %s', (_name, text, expected) => {
  expect(isPinned(read(text, { 'c.txt': 'b<2' }), 'requirements')).toBe(expected)
})

describe('credentials', () => {
  test('are masked, raw and decoded, before an installer runs, and taken out of what it says', () => {
    const progress = listener()
    const hide = hideCredentials({
      env: { PIP_INDEX_URL: 'https://bot:p%40ss-word@example.com/simple', UV_INDEX_PRIVATE_PASSWORD: 'hunter22', PATH: '/bin' },
      texts: ['--extra-index-url https://token-only@example.org/simple', 'x @ git+ssh://git@example.com/x'], files: [],
    }, progress)
    expect(progress.masked).toEqual(expect.arrayContaining(['bot:p%40ss-word', 'p%40ss-word', 'p@ss-word', 'hunter22', 'token-only', 'https://token-only@example.org/simple']))
    expect(progress.masked.filter((text) => ['bot', 'git'].includes(text))).toEqual([])
    expect(hide('x@ https://bot:p%40ss-word@example.com/x.whl p@ss-word hunter22')).not.toMatch(/p@ss|p%40ss|hunter22/)
  })

  test('are found in pip.conf, uv.toml, netrc and .npmrc, with the variables that these name', () => {
    const home = write({
      '.config/pip/pip.conf': '[global]\nextra-index-url =\n    https://one:pip-secret@a.example/simple\n    https://b.example/simple\n', '.netrc': 'machine a.example login bot password net-secret\n',
      '.config/uv/uv.toml': '[[index]]\nurl = "https://two:uv-secret@a.example/simple"\n',
      'project/.npmrc': '@own:registry=https://a.example/npm/\n//a.example/npm/:_authToken=${NPM_SECRET}\n//b.example/:_password=aGlkZGVuLXdvcmQ=\n',
    })
    const env = { HOME: home, NPM_SECRET: 'npm-secret' }
    const progress = listener()
    hideCredentials({ env, texts: [], files: [...pythonCredentialFiles(env), ...nodeCredentialFiles(env, [path.join(home, 'project')])] }, progress)
    expect(progress.masked).toEqual(expect.arrayContaining(['pip-secret', 'net-secret', 'uv-secret', 'npm-secret', 'hidden-word']))
  })

  test.each([
    ['user and password', '//a.example/:username=bot\n//a.example/:_password=aGlkZGVuLXdvcmQ=\n', 'bot:hidden-word'],
    ['both as one', `//a.example/:_auth=${Buffer.from('bot:hidden-word').toString('base64')}\n`, 'bot:hidden-word'],
    ['by variables', '//a.example/:username=bot\n//a.example/:_password=${NPM_PASSWORD}\n', 'bot:hidden-word'],
  ])('break 23: the header that npm makes of %s is hidden where a registry echoes it', (_name, npmrc, sent) => {
    const project = write({ '.npmrc': npmrc })
    const env = { HOME: project, NPM_PASSWORD: Buffer.from('hidden-word').toString('base64') }
    const progress = listener()
    const hide = hideCredentials({ env, texts: [], files: nodeCredentialFiles(env, [project]) }, progress)
    const header = Buffer.from(sent).toString('base64')
    expect(hide(`401 for Authorization: Basic ${header}`)).not.toContain(header)
    expect(progress.masked).toContain(header)
  })
})
