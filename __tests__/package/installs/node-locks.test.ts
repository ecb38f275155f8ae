import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import type { CodeSpec } from '../../../src/service/service.ts'
import { codeOf, removeFolders, write } from '../support.ts'
import { hostArchitecture, install, installOptions, natives, otherArchitecture, unpack } from './support.ts'

afterAll(removeFolders)

const npmFlags = ['--no-audit', '--no-fund', '--silent']

/** A project whose lock npm makes in the given form. */
function project(dependencies: Readonly<Record<string, string>>, { version = 3, target = {} }: { readonly version?: number, readonly target?: Partial<CodeSpec> } = {}): CodeSpec {
  const source = write({
    'index.js': `${Object.keys(dependencies).map((name) => `require('${name}')`).join('\n')}\nexports.handler = async () => 1\n`, 'package.json': JSON.stringify({ name: 'app', version: '1.0.0', dependencies }),
  })
  execFileSync('npm', ['install', '--package-lock-only', `--lockfile-version=${version}`, ...npmFlags], { cwd: source, stdio: 'pipe' })
  expect(JSON.parse(readFileSync(path.join(source, 'package-lock.json'), 'utf8'))).toMatchObject({ lockfileVersion: version })
  return codeOf(source, { runtime: 'nodejs22.x', handler: 'index.handler', architecture: hostArchitecture, ...target })
}

describe('every form of npm\'s lock', () => {
  test.each([1, 2, 3])('version %i', async (version) => {
    const { paths } = unpack(await install(project({ nanoid: '3.3.11' }, { version }), installOptions()))
    expect(paths).toContain('node_modules/nanoid/package.json')
  })

  test('npm-shrinkwrap.json', async () => {
    const code = project({ nanoid: '3.3.11' })
    renameSync(path.join(code.source, 'package-lock.json'), path.join(code.source, 'npm-shrinkwrap.json'))
    const { paths } = unpack(await install(code, installOptions()))
    expect(paths).toContain('node_modules/nanoid/package.json')
    expect(paths).not.toContain('npm-shrinkwrap.json')
  })
})

describe.each([['this machine', hostArchitecture], ['the other architecture', otherArchitecture]] as const)('native optional dependencies for %s', (_name, architecture) => {
  const node = architecture === 'arm64' ? 'arm64' : 'x64'
  const machine = architecture === 'arm64' ? 183 : 62

  test('sharp: its addon and its library, for glibc, and no other machine\'s', async () => {
    const { entries, paths, folder } = unpack(await install(project({ sharp: '0.34.3' }, { target: { architecture } }), installOptions()))
    expect(natives(entries)).toMatchObject({ machines: [machine] })
    expect(paths.filter((file) => /^node_modules\/@img\/sharp-/.test(file)).map((file) => file.split('/')[2]).filter((name, index, all) => all.indexOf(name) === index).sort()).toEqual([`sharp-libvips-linux-${node}`, `sharp-linux-${node}`])
    if (architecture !== hostArchitecture) return
    expect(execFileSync(process.execPath, ['-p', `require(${JSON.stringify(path.join(folder, 'node_modules/sharp'))}).format.png.id`], { encoding: 'utf8', cwd: '/', env: {} }).trim()).toBe('png')
  })

  test('esbuild: the program of the target, executable', async () => {
    const { entries, folder } = unpack(await install(project({ esbuild: '0.25.8' }, { target: { architecture } }), installOptions()))
    const program = entries.find((entry) => entry.path === `node_modules/@esbuild/linux-${node}/bin/esbuild`)
    expect([program?.read().readUInt16LE(18), (program?.mode ?? 0) & 0o111]).toEqual([machine, 0o111])
    expect(existsSync(path.join(folder, 'node_modules/.bin'))).toBe(false)
  })
})
