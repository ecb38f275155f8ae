import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, lutimesSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build, codeOf, newFolder, optionsOf, removeFolders, write } from './support.ts'
import { makeWheel } from './wheel.ts'

afterAll(removeFolders)

const root = path.join(import.meta.dirname, '..', '..')
/** Builds in a process of its own, so that umask, time zone and language are really others. */
const script = `
import { buildPackage, digestInputs, openSources } from ${JSON.stringify(path.join(root, 'src/package/index.ts'))}
import { silent } from ${JSON.stringify(path.join(root, 'src/progress.ts'))}
process.umask(Number(process.argv[4]))
const code = { source: process.argv[1], base: process.argv[1], handler: process.argv[3].startsWith('nodejs') ? 'index.handler' : 'app.handler', runtime: process.argv[3], architecture: 'x86_64', include: [], exclude: [], places: {} }
const cacheDir = process.argv[2] + '/cache'
const options = { functionName: 'f', layers: [], sources: openSources({ env: process.env, cacheDir }), cacheDir, workDir: process.argv[2] + '/work', progress: silent, env: process.env }
const inputs = await digestInputs(code, options)
const made = await buildPackage(code, inputs, options)
process.stdout.write(JSON.stringify([made.sha256, made.inputDigest, inputs.digest]))
`

interface Surroundings {
  readonly umask?: number
  /** Another user of this machine, by number. */
  readonly user?: number
  readonly env?: Readonly<Record<string, string>>
  /** By default the machine's Python. */
  readonly runtime?: string
}

function buildElsewhere(source: string, { umask = 0o022, env = {}, user, runtime = pythonRuntime }: Surroundings = {}): string {
  const folders = { cache: newFolder(), cwd: newFolder() }
  const command = [process.execPath, '--input-type=module', '-e', script, source, folders.cache, runtime, String(umask)]
  if (user !== undefined) for (const folder of Object.values(folders)) chownSync(folder, user, user)
  const [program = '', ...args] = user === undefined ? command : ['setpriv', '--reuid', String(user), '--regid', String(user), '--clear-groups', ...command]
  return execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env }, cwd: folders.cwd })
}

const pythonRuntime = `python3.${execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }).trim()}`

async function project(): Promise<string> {
  const wheels = newFolder()
  chmodSync(wheels, 0o755)
  await makeWheel(wheels, { name: 'alpha', files: { 'alpha/__init__.py': 'import beta\nx = {"a": 1, "b": (1, 2)}\n', 'alpha/data.bin': Buffer.alloc(200_000, 'ab') }, requires: ['beta'] })
  await makeWheel(wheels, { name: 'beta', files: { 'beta/__init__.py': '"""b"""\n', 'beta/inner/deep.py': 'class A:\n    """doc"""\n' } })
  return write({
    'app.py': 'import alpha\nfrom lib import tool\n\n\ndef handler(event, context):\n    return tool.x\n', 'lib/__init__.py': '', 'lib/tool.py': 'x = frozenset({"a", "b", "c"})\n',
    'größe.txt': 'x', 'run.sh': { text: '#!/bin/sh\n', mode: 0o755 }, 'requirements.txt': `--no-index\n--find-links ${wheels}\nalpha\n`,
  })
}

/** A copy with the same content and everything else different: place, dates, order of creation, modes that git does not keep. */
function changed(source: string): string {
  const folder = path.join(newFolder(), 'somewhere', 'else')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(source).reverse()) {
    cpSync(path.join(source, name), path.join(folder, name), { recursive: true, verbatimSymlinks: true })
    lutimesSync(path.join(folder, name), 1e9, 1e9)
  }
  for (const name of ['app.py', 'index.js', 'lib/tool.py', 'requirements.txt']) if (existsSync(path.join(folder, name))) chmodSync(path.join(folder, name), 0o600)
  chmodSync(path.join(folder, 'run.sh'), 0o700)
  chmodSync(path.join(folder, 'lib'), 0o700)
  return folder
}

describe('the same bytes', () => {
  test('newcomer 1.2: whatever the place, the dates, the order, the modes, the umask, the clock\'s zone, the language and the user\'s home', async () => {
    const source = await project()
    const first = buildElsewhere(source)
    expect(buildElsewhere(changed(source), { umask: 0o077, env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'C', HOME: newFolder(), USER: 'somebody' } })).toBe(first)
    expect(buildElsewhere(changed(source), { umask: 0o000, env: { TZ: 'America/St_Johns', PYTHONHASHSEED: '77', SOURCE_DATE_EPOCH: '1000000000', PIP_USER: '1', PIP_TARGET: '/nowhere', UV_THREADPOOL_SIZE: '1' } })).toBe(first)
  })

  test('of an app for Node that installs nothing', () => {
    const source = write({ 'package.json': '{"type":"module"}', 'index.js': 'import { x } from "./lib/x.js"\nexport const handler = async () => x\n', 'lib/x.js': 'export const x = 1\n', 'run.sh': { text: '#!/bin/sh\n', mode: 0o755 }, 'data': { link: 'lib' } })
    const first = buildElsewhere(source, { runtime: 'nodejs22.x' })
    expect(buildElsewhere(changed(source), { runtime: 'nodejs22.x', umask: 0o077, env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'C', HOME: newFolder() } })).toBe(first)
  })

  /** Only root may become somebody else; elsewhere the report lists the test as skipped, with the reason in its name. */
  const nobody = 65_534
  const forRoot = process.getuid?.() === 0 ? test : test.skip
  forRoot('for another user of the machine, who owns nothing of it (root alone can switch users)', async () => {
    const source = await project()
    const theirs = changed(source)
    const home = newFolder()
    execFileSync('chown', ['-R', String(nobody), path.dirname(path.dirname(theirs)), home])
    const asNobody = { user: nobody, umask: 0o027, env: { HOME: home, USER: 'nobody', LOGNAME: 'nobody', TMPDIR: home } }
    expect(execFileSync('setpriv', ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups', 'id', '-u'], { encoding: 'utf8' }).trim()).toBe(String(nobody))
    expect(buildElsewhere(theirs, asNobody)).toBe(buildElsewhere(source))
  })

  test('and another digest as soon as content, name or x bit differ', async () => {
    const source = write({ 'app.py': 'def handler(e, c): pass\n', 'data/x.txt': 'x' })
    const digest = async (): Promise<string> => (await build(codeOf(source))).inputDigest
    const seen = new Set([await digest()])
    writeFileSync(path.join(source, 'data/x.txt'), 'y')
    seen.add(await digest())
    renameSync(path.join(source, 'data/x.txt'), path.join(source, 'data/z.txt'))
    seen.add(await digest())
    chmodSync(path.join(source, 'data/z.txt'), 0o755)
    seen.add(await digest())
    expect(seen.size).toBe(4)
  })
})

test('functions that share all that goes in share one zip, also at the same time', async () => {
  const source = await project()
  const shared = optionsOf()
  const [first, second, third] = await Promise.all(['one', 'two', 'three'].map((functionName) => build(codeOf(source, { runtime: pythonRuntime }), { ...shared, functionName })))
  expect(new Set([first?.sha256, second?.sha256, third?.sha256]).size).toBe(1)
  expect(new Set([first?.path, second?.path, third?.path]).size).toBe(3)
  expect(readdirSync(path.join(shared.cacheDir, 'dependencies'))).toHaveLength(1)
  expect(readdirSync(path.join(shared.cacheDir, 'zips')).filter((name) => name.endsWith('.zip'))).toHaveLength(1)
  expect((await build(codeOf(source, { runtime: pythonRuntime }), shared)).reused).toBe(true)
  expect(readdirSync(path.join(shared.cacheDir, 'tmp'))).toEqual([])
})

test('two processes with one cache', async () => {
  const source = await project()
  const cache = newFolder()
  const results = await Promise.all([1, 2, 3].map(async () => {
    const { execFile } = await import('node:child_process')
    return new Promise<string>((resolve, reject) => {
      execFile(process.execPath, ['--input-type=module', '-e', script, source, cache, pythonRuntime, '18'], { cwd: cache }, (error, stdout) => error === null ? resolve(stdout) : reject(new Error(error.message)))
    })
  }))
  expect(new Set(results).size).toBe(1)
})
