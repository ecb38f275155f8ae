import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { copyFileSync } from 'node:fs'
import path from 'node:path'
import type { Package } from '../../../src/package/index.ts'
import type { CodeSpec } from '../../../src/service/service.ts'
import { codeOf, listener, removeFolders, write } from '../support.ts'
import { cleanPython, hostArchitecture, hostMinor, hostRuntime, install, installOptions, natives, otherArchitecture, otherRuntime, unpack, withoutUv, withUv } from './support.ts'

afterAll(removeFolders)

const science = ['numpy', 'pandas']
const services = ['pydantic_core', 'cryptography', 'psycopg', 'jaraco.context', 'jaraco.functools']
const machines = { x86_64: 62, arm64: 183 }

/** An app that imports all modules of a list that is pinned by hash, file by file. */
function project(list: string, modules: readonly string[], target: Partial<CodeSpec> = {}): CodeSpec {
  const source = write({ 'app.py': `${modules.map((name) => `import ${name}`).join('\n')}\n\n\ndef handler(event, context):\n    return 1\n` })
  copyFileSync(path.join(import.meta.dirname, list), path.join(source, 'requirements.txt'))
  return codeOf(source, { runtime: hostRuntime, architecture: hostArchitecture, ...target })
}

describe('pydantic-core, cryptography, psycopg with its binary and a namespace pair, for this machine', () => {
  const options = installOptions()
  let made: Package

  beforeAll(async () => { made = await install(project('services.txt', services), { ...options, env: await withUv() }) }, 300_000)

  test('a clean interpreter imports all of it from the unpacked zip', async () => {
    const { folder } = unpack(made)
    const version = made.resolved.find((line) => /^jaraco[.-]context==/.test(line))?.split('==')[1] ?? ''
    const script = `${services.map((name) => `import ${name}`).join('\n')}
from psycopg import pq
from importlib.metadata import version
from cryptography.fernet import Fernet
assert Fernet(Fernet.generate_key()).encrypt(b"x")
print(pq.__impl__, version("jaraco.context"))`
    expect(await cleanPython(folder, script)).toBe(`binary ${version}`)
  })

  test('every native file is for this machine, with a glibc that the runtime has; no scripts, no notes', () => {
    const { entries, paths } = unpack(made)
    const found = natives(entries)
    expect(found.count).toBeGreaterThan(10)
    expect(found.machines).toEqual([machines[hostArchitecture]])
    expect(found.glibc).toBeLessThanOrEqual(hostMinor <= 11 ? 26 : 34)
    expect(paths.filter((file) => /^bin\/|direct_url|INSTALLER|REQUESTED|\.pth$/.test(file))).toEqual([])
  })

  test('no bytecode is there, which another runner may not be able to make', () => {
    expect(unpack(made).paths.filter((file) => /\.pyc$|__pycache__/.test(file))).toEqual([])
  })

  test('the second build runs no installer', async () => {
    const again = listener()
    const second = await install(project('services.txt', services), { ...options, progress: again, env: { ...await withUv(), PIP_NO_INDEX: '1', UV_OFFLINE: '1' } })
    expect(second).toMatchObject({ reused: true, sha256: made.sha256, inputDigest: made.inputDigest })
    expect(again.lines.filter((line) => line.startsWith('Installing'))).toEqual([])
  })

  test('pip makes the same zip as uv, byte for byte', async () => {
    const said = listener()
    const withPip = await install(project('services.txt', services), installOptions({ progress: said, env: withoutUv() }))
    expect(said.lines.join('\n')).toMatch(/with pip /)
    expect(withPip.resolved).toEqual(made.resolved)
    expect(withPip.sha256).toBe(made.sha256)
  })

  test.each([['the other architecture', { architecture: otherArchitecture, runtime: 'python3.13' }], ['another minor', { runtime: otherRuntime }], ['Python 3.14', { runtime: 'python3.14' }], ['Python 3.14 of the other architecture', { runtime: 'python3.14', architecture: otherArchitecture }]] as const)('%s: machine, glibc and tags are the target\'s', async (_name, target) => {
    const code = project('services.txt', services, target)
    const { entries, paths } = unpack(await install(code, installOptions({ env: await withUv() })))
    const found = natives(entries)
    expect(found.machines).toEqual([machines[code.architecture]])
    expect(found.glibc).toBeLessThanOrEqual(code.runtime === 'python3.11' || code.runtime === 'python3.10' ? 26 : 34)
    const tagged = paths.filter((file) => /\.cpython-3\d+-[^/]*\.so$/.test(file))
    expect(tagged.length).toBeGreaterThan(3)
    expect(tagged.filter((file) => !file.includes(`.cpython-${(code.runtime ?? '').replace('python3.', '3')}-`))).toEqual([])
  })
})

describe('numpy and pandas', () => {
  test('are imported by a clean interpreter', async () => {
    const { folder } = unpack(await install(project('science.txt', science), installOptions({ env: await withUv() })))
    expect(await cleanPython(folder, 'import numpy, pandas\nprint(numpy.arange(4).sum(), pandas.Series([1, 2]).sum())')).toBe('6 3')
  })

  test.each([otherRuntime, 'python3.14'])('for the other architecture and %s: machine, glibc and tags are the target\'s', async (runtime) => {
    const code = project('science.txt', science, { architecture: otherArchitecture, runtime })
    const { entries, paths } = unpack(await install(code, installOptions({ env: await withUv() })))
    expect(natives(entries).machines).toEqual([machines[otherArchitecture]])
    expect(natives(entries).glibc).toBeLessThanOrEqual(34)
    const tagged = paths.filter((file) => /\.cpython-3\d+-[^/]*\.so$/.test(file))
    expect(tagged.length).toBeGreaterThan(30)
    expect(tagged.filter((file) => !file.includes(`.cpython-${runtime.replace('python3.', '3')}-`))).toEqual([])
  })
})
