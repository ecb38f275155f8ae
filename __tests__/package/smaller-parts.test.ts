import { afterAll, describe, expect, test } from '@jest/globals'
import { existsSync, mkdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics } from '../../src/diagnostics.ts'
import { bucketMissing, buildPackage, checkSources, digestInputs, needsBucket, type PackageOptions } from '../../src/package/index.ts'
import { checkWithLayers } from '../../src/package/inspect/limits.ts'
import { readBinary } from '../../src/package/inspect/binary.ts'
import { prune } from '../../src/package/install/cache.ts'
import { checkOptional } from '../../src/package/install/node-optional.ts'
import { installerEnv } from '../../src/package/install/installer-env.ts'
import { missingOf } from '../../src/package/install/missing.ts'
import { runWithRetry } from '../../src/package/install/process.ts'
import { publish } from '../../src/package/install/tool.ts'
import { build, codeOf, findings, listener, newFolder, optionsOf, removeFolders, write } from './support.ts'
import { elf } from './wheel.ts'

afterAll(removeFolders)

const app = 'def handler(event, context):\n    return 1\n'

describe('sizes', () => {
  test('from 50 MB on a bucket is needed, and the text says for what', () => {
    expect([needsBucket(52_428_799), needsBucket(52_428_800)]).toEqual([false, true])
    expect(bucketMissing('book', { size: 60 * 1_048_576, largest: [{ name: 'numpy', bytes: 40 * 1_048_576 }] })).toMatchObject({ what: expect.stringContaining('60.0 MB'), why: expect.stringContaining('numpy 40.0 MB'), cure: expect.stringContaining('s3-bucket') })
  })

  test.each([
    ['no layers, near the limit', 260_000_000, 0, undefined, []], ['layers of unknown size, far from it', 200_000_000, 1, undefined, []],
    ['layers of unknown size, near it', 210_000_000, 1, undefined, [['warning', 'The package has 200.3 MB unpacked, and its layers come on top; Lambda takes less than 250.0 MB of both.']]],
    ['zipped sizes that come near', 150_000_000, 2, 70_000_000, [['warning', 'The package has 143.1 MB unpacked, and its layers at least 66.8 MB more; Lambda takes less than 250.0 MB of both.']]],
    ['zipped sizes that are too much already', 200_000_000, 2, 63_000_000, [['error', 'The package has 190.7 MB unpacked, and its layers at least 60.1 MB more; Lambda takes less than 250.0 MB of both.']]],
  ] as const)('%s', (_name, unzipped, count, zippedBytes, expected) => {
    const diagnostics = new Diagnostics()
    checkWithLayers({ unzipped, largest: [] }, { count, zippedBytes }, diagnostics)
    expect(diagnostics.all.map(({ severity, what }) => [severity, what])).toEqual(expected)
  })

  test('a run holds its package against its layers, also when the zip comes from the cache', async () => {
    const folder = write({ 'app.py': app, 'data.bin': '' })
    truncateSync(path.join(folder, 'data.bin'), 215_000_000)
    const shared = optionsOf()
    const attempt = async (given: Partial<PackageOptions>): Promise<string> => {
      const said = listener()
      await build(codeOf(folder), { ...shared, progress: said, ...given })
      return said.lines.join('\n')
    }
    expect(await attempt({})).not.toContain('layers')
    expect(await attempt({ layers: ['arn'] })).toContain('its layers come on top')
    await expect(attempt({ layers: ['arn'], layerBytes: 60_000_000 })).rejects.toThrow(/its layers at least 57\.2 MB more/)
  })
})

test('layers turn what they may answer into warnings', async () => {
  const code = codeOf(write({ 'app.py': `import shared_layer\n${app}` }))
  expect((await findings(code)).map(({ severity }) => severity)).toEqual(['error'])
  expect((await findings(code, optionsOf({ layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:x:1'] }))).map(({ severity }) => severity)).toEqual(['warning'])
  const elsewhere = codeOf(write({ 'data.txt': '' }), { handler: 'layered.handler' })
  const diagnostics = new Diagnostics()
  await checkSources([{ name: 'f', code: elsewhere, settings: { layers: ['arn'] } }], optionsOf(), diagnostics)
  expect([diagnostics.errors.length, diagnostics.warnings.length]).toEqual([0, 1])
})

test.each(['python3.19', 'nodejs30.x'])('an unknown newer runtime passes: %s; the config has warned of it, once is enough', async (runtime) => {
  const code = runtime.startsWith('python') ? codeOf(write({ 'app.py': app }), { runtime }) : codeOf(write({ 'index.mjs': 'export const handler = () => 1' }), { runtime, handler: 'index.handler' })
  expect(await findings(code)).toEqual([])
})

test('a digest in hand, nothing is built twice: the zip of pinned inputs comes from the cache', async () => {
  const [code, options] = [codeOf(write({ 'app.py': app })), optionsOf()]
  const inputs = await digestInputs(code, options)
  expect(inputs.pinned).toBe(true)
  const [first, second] = [await buildPackage(code, inputs, options), await buildPackage(code, inputs, { ...options, functionName: 'other' })]
  expect(second).toEqual({ ...first, path: path.join(options.workDir, 'other.zip'), reused: true })
  expect(first.inputDigest).toBe(inputs.digest)
})

test('.lambdaignore, exclude and include work together, the later ones stronger', async () => {
  const folder = write({ 'app.py': app, 'notes/a.md': '', 'notes/keep.md': '', 'data/big.csv': '', 'data/small.csv': '', 'venv/lib.py': '', '.lambdaignore': 'notes/*\n!notes/keep.md\ndata\n' })
  const made = await build(codeOf(folder, { exclude: ['data/big.csv'], include: ['data/small.csv', 'venv/lib.py'] }))
  const { readZip } = await import('../../src/package/zip/read.ts')
  const { readFileSync } = await import('node:fs')
  expect(readZip(readFileSync(made.path), made.path).map((entry) => entry.path)).toEqual(['app.py', 'data/small.csv', 'notes/keep.md', 'venv/lib.py'])
})

test('an include that spells the path lets a secret ship', async () => {
  expect(await findings(codeOf(write({ 'app.py': app, 'certs/test.key': '-----BEGIN PRIVATE KEY-----\n' }), { include: ['certs/test.key'] }))).toEqual([])
})

test('certificates and examples are no secrets', async () => {
  expect(await findings(codeOf(write({ 'app.py': app, 'ca.pem': '-----BEGIN CERTIFICATE-----\nMII\n', '.env.example': 'A=\n', 'tests/test_jwt.py': 'KEY = """\n-----BEGIN PRIVATE KEY-----\n"""\n' })))).toEqual([])
})

describe('native heads', () => {
  test.each([
    ['ELF', elf(62), { format: 'elf', machine: 62, glibc: undefined }], ['ELF with versions', elf(183, 29), { format: 'elf', machine: 183, glibc: 29 }],
    ['Windows', Buffer.from(`MZ${'\0'.repeat(60)}`), { format: 'windows' }], ['macOS', Buffer.from('cffaedfe'.padEnd(80, '0'), 'hex'), { format: 'macos' }],
    ['text', Buffer.from('#!/bin/sh\necho hello world\n'), undefined], ['nothing', Buffer.alloc(0), undefined], ['Java', Buffer.from('cafebabe00000041'.padEnd(80, '0'), 'hex'), undefined],
  ])('%s', (_name, bytes, expected) => {
    if (expected === undefined) expect(readBinary(bytes)).toBeUndefined()
    else expect(readBinary(bytes)).toMatchObject(expected)
  })
})

describe('installers', () => {
  test('see the step\'s environment without what would lead them astray or is none of their business', () => {
    const env = installerEnv({ PIP_INDEX_URL: 'u', HTTPS_PROXY: 'p', 'INPUT_GITHUB-TOKEN': 's', PIP_TARGET: 't', PIP_USER: '1', PYTHONPATH: 'x', ACTIONS_RUNTIME_TOKEN: 's', UV_PYTHON: 'x', HOME: 'h', npm_config_omit: 'x', NODE_ENV: 'production' })
    expect(Object.keys(env).sort()).toEqual(['GIT_TERMINAL_PROMPT', 'HOME', 'HTTPS_PROXY', 'LC_ALL', 'PIP_INDEX_URL', 'PYTHONHASHSEED', 'PYTHONIOENCODING', 'PYTHONNOUSERSITE'])
  })

  describe('see no secret of the step', () => {
    const secrets = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN', 'AWS_PROFILE', 'AWS_SHARED_CREDENTIALS_FILE', 'GITHUB_TOKEN', 'GH_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'STRIPE_KEY']
    const ofAws = secrets.filter((name) => name.startsWith('AWS_'))
    const tokens = ['GH_TOKEN', 'GITHUB_TOKEN']
    const step = { AWS_REGION: 'eu-central-1', NPM_TOKEN: 'n', GITHUB_SHA: 's', HOME: 'h', ...Object.fromEntries(secrets.map((name) => [name, 'x'])) }
    const seen = (texts: readonly string[], more: Record<string, string> = {}): string[] => {
      const env = installerEnv({ ...step, ...more }, { texts, secrets: ['STRIPE_KEY', 'GITHUB_SHA', 'HOME', 'PIP_INDEX_URL'] })
      return secrets.filter((name) => env[name] !== undefined).sort()
    }

    test('and the rest of it', () => {
      const env = installerEnv({ ...step, PIP_INDEX_URL: 'u' }, { secrets: ['STRIPE_KEY', 'GITHUB_SHA', 'HOME', 'PIP_INDEX_URL'] })
      expect(Object.keys(env).filter((name) => name in step || name.startsWith('PIP_')).sort()).toEqual(['AWS_REGION', 'GITHUB_SHA', 'HOME', 'NPM_TOKEN', 'PIP_INDEX_URL'])
    })

    test.each([
      ['.npmrc names it', ['//npm.pkg.github.com/:_authToken=${GITHUB_TOKEN}'], {}, ['GITHUB_TOKEN']],
      ['.npmrc names it with a question mark', ['_authToken=${STRIPE_KEY?}'], {}, ['STRIPE_KEY']],
      ['a setting of npm in the environment names it', [], { 'npm_config_//npm.pkg.github.com/:_authToken': '${GH_TOKEN}' }, ['GH_TOKEN']],
      ['a branch is called like it', [], { GITHUB_HEAD_REF: '${AWS_SESSION_TOKEN}' }, []],
      ['a keyring is asked by pip', [], { PIP_KEYRING_PROVIDER: 'subprocess' }, ofAws],
      ['a keyring is asked by uv', [], { UV_KEYRING_PROVIDER: 'subprocess' }, ofAws],
      ['pip.conf asks a keyring', ['[global]\nkeyring-provider = subprocess\n'], {}, ofAws],
      ['no keyring is asked', [], { UV_KEYRING_PROVIDER: 'disabled' }, []],
      ['git asks gh', ['[credential]\n\thelper = !/usr/bin/gh auth git-credential\n'], {}, tokens],
      ['git asks CodeCommit', ['[credential]\n\thelper = !aws codecommit credential-helper $@\n'], {}, ofAws],
      ['pnpm asks a program', ['//registry.example/:tokenHelper=/usr/bin/token'], {}, [...ofAws, ...tokens]],
    ] as const)('unless %s', (_when, texts, more, expected) => {
      expect(seen(texts, more)).toEqual([...expected].sort())
    })
  })

  test('are run again when the index was not there, and not otherwise', async () => {
    const folder = newFolder()
    const script = `const fs = require('node:fs'); fs.appendFileSync('runs', 'x'); if (fs.readFileSync('runs', 'utf8').length < 2) { console.error(process.argv[1]); process.exit(1) }`
    const options = { cwd: folder, env: process.env, passing: (ran: { stderr: string }) => ran.stderr.includes('connection') }
    expect((await runWithRetry(process.execPath, ['-e', script, 'connection refused'], options)).code).toBe(0)
    writeFileSync(path.join(folder, 'runs'), '')
    expect((await runWithRetry(process.execPath, ['-e', script, 'no such package'], options)).code).toBe(1)
  })
})

describe('what an index lacks', () => {
  // What uv 0.13.9 said of the public index.
  test.each([
    ['Because nothing-like-it was not found in the package registry and loc==1 depends on nothing-like-it>=1, we can conclude that loc==1 cannot be used.\n And because only loc==1 is available and you require loc, we can conclude that your requirements are unsatisfiable.', 'name', 'nothing-like-it'],
    ['Because idna was not found in the provided package locations and you require idna, we can conclude that', 'name', 'idna'],
    ['Because there is no version of idna==99.9 and you require idna==99.9, we can conclude that', 'version', 'idna==99.9'],
    ['Because only idna<=3.20 is available and you require idna>=99, we can conclude that your requirements are unsatisfiable.', 'version', 'idna>=99'],
    ['Because only idna[x]<=3.20 is available and you require idna[x]>=99.1,<100.dev0, we can conclude that', 'version', 'idna[x]>=99.1,<100.dev0'],
    ['Because docopt==0.6.2 has no usable wheels and you require docopt==0.6.2, we can conclude that', 'wheel', 'docopt==0.6.2'],
    ['Because all versions of docopt have no usable wheels and you require docopt, we can conclude that', 'wheel', 'docopt'],
    ['Because idna<=0.9 has no usable wheels and only the following versions of idna are available:\n   idna<=0.9\n   idna>=1\n we can conclude that idna<1 cannot be used.', 'wheel', 'idna<=0.9'],
    ['Because tensorflow==1.0.0 has no wheels with a matching Python ABI tag (e.g., `cp311`) and you require tensorflow==1.0.0', 'wheel', 'tensorflow==1.0.0'],
    ['Because requests==2.31.0 depends on idna>=2.5,<4 and you require requests==2.31.0, we can conclude that you require idna>=2.5,<4.\n And because you require idna>=99, we can conclude that', undefined, undefined],
  ] as const)('uv: %s', (stderr, lacks, requirement) => {
    expect(missingOf({ code: 1, stdout: '', stderr })).toEqual(lacks === undefined ? undefined : { lacks, requirement, name: requirement.replace(/[^a-z-].*$/, '') })
  })

  // What pip 23.2 wrote of the public index, cut to what is read.
  const log = `  Found link https://files.example/a/idna-3.9-py3-none-any.whl (from https://index.example/simple/idna/) (requires-python:>=3.6), version: 3.9
  Skipping link: No sources permitted for docopt: https://files.example/b/docopt-0.6.0.tar.gz (from https://index.example/simple/docopt/)
  Skipping link: none of the wheel's tags (cp38-cp38-win_amd64) are compatible (run pip debug --verbose to show compatible tags): https://files.example/c/Fast_Math-1.0.0-1-cp38-cp38-win_amd64.whl#sha256=ab (from https://index.example/simple/fast-math/)
  Could not fetch URL https://index.example/simple/nothing-like-it/: 404 Client Error: Not Found for url: https://index.example/simple/nothing-like-it/ - skipping`
  test.each([
    ['nothing-like-it', log, 'name'], ['nothing-like-it>=1', log, 'name'], ['idna==99.9', log, 'version'], ['docopt==7.7', log, 'version'], ['docopt==0.6', log, 'wheel'],
    ['docopt', log, 'wheel'], ['docopt>=9', log, 'either'], ['fast-math==1.0', log, 'wheel'], ['fast-math[all]==1.1', log, 'version'], ['math==1.0', log, 'name'], ['idna==3.*', log, 'either'], ['idna==99.9', '', 'either'],
  ] as const)('pip: %s', (requirement, text, lacks) => {
    // Its only file is for Windows.
    const only = requirement === 'fast-math==1.0' ? 'Windows' : undefined
    const stderr = `ERROR: Could not find a version that satisfies the requirement ${requirement} (from versions: none)\nERROR: No matching distribution found for ${requirement}`
    expect(missingOf({ code: 1, stdout: '', stderr, log: text })).toEqual({ requirement, name: requirement.replace(/[^a-z-].*$/, ''), lacks, only })
  })
})

describe('the cache', () => {
  test('of two that finish the same thing, the first stays and the other\'s copy goes', () => {
    const folder = write({ 'one/x': '1', 'two/x': '2' })
    publish(path.join(folder, 'one'), path.join(folder, 'place'))
    publish(path.join(folder, 'two'), path.join(folder, 'place'))
    expect([existsSync(path.join(folder, 'place/x')), existsSync(path.join(folder, 'two'))]).toEqual([true, false])
  })

  test('forgets what nobody used for a month', () => {
    const folder = write({ 'zips/old.zip': '', 'zips/new.zip': '', 'dependencies/old/tree/x': '' })
    const longAgo = new Date(Date.now() - 31 * 24 * 3600 * 1000)
    for (const name of ['zips/old.zip', 'dependencies/old']) utimesSync(path.join(folder, name), longAgo, longAgo)
    prune(folder)
    expect(['zips/old.zip', 'zips/new.zip', 'dependencies/old'].map((name) => existsSync(path.join(folder, name)))).toEqual([false, true, false])
  })
})

test('a native Node package without its Linux binary is named', () => {
  const modules = write({ 'sharp/package.json': JSON.stringify({ optionalDependencies: { '@img/sharp-linux-x64': '1', '@img/sharp-linuxmusl-x64': '1', '@img/sharp-darwin-arm64': '1' } }) })
  const check = (): string[] => {
    const diagnostics = new Diagnostics()
    checkOptional(modules, { source: { file: '/x/package-lock.json', kind: 'npm', why: '' }, architecture: 'x86_64', diagnostics })
    return diagnostics.errors.map(({ what }) => what)
  }
  mkdirSync(path.join(modules, '@img/sharp-linuxmusl-x64'), { recursive: true })
  expect(check()).toEqual(['sharp came without its binary for Linux on x86_64 (@img/sharp-linux-x64).'])
  mkdirSync(path.join(modules, '@img/sharp-linux-x64'), { recursive: true })
  expect(check()).toEqual([])
})
