import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { publicHosts } from '../../src/package/install/locks/recorded-indexes.ts'
import { joined } from '../../src/package/install/python.ts'
import type { Wanted } from '../../src/package/install/requirements.ts'
import { readWanted } from '../../src/package/install/wanted.ts'
import type { DependencyKind } from '../../src/package/install/dependency-source.ts'
import { removeFolders, write } from './support.ts'

afterAll(removeFolders)

/**
 * One project with an extra, markers, a wheel by its URL, a folder and development dependencies, locked by each tool itself, with the
 * tool's own export beside it (hosts and paths replaced). Both must come to the same packages on every target.
 */
const folder = path.join(import.meta.dirname, 'locks')
const locks: readonly (readonly [string, DependencyKind])[] = [['poetry/poetry.lock', 'poetry'], ['poetry1/poetry.lock', 'poetry'], ['pdm/pdm.lock', 'pdm'], ['pipenv/Pipfile.lock', 'pipfile'], ['pylock/pylock.toml', 'pylock']]

function read(lock: string, kind: DependencyKind, env: Readonly<Record<string, string>> = {}): Wanted {
  return readWanted({ file: path.join(folder, lock), kind, why: '' }, env)
}

function exported(lock: string): readonly string[] {
  return joined(readFileSync(path.join(folder, path.dirname(lock), 'export.txt'), 'utf8'))
}

/** What requirement lines come to for Linux under a Python: name, version or URL, hashes; markers by pip's own judgement. */
const judge = `
import json, re, sys
from pip._vendor.packaging.requirements import Requirement
python, found = sys.argv[1], []
for line in json.load(sys.stdin):
    text, *hashes = re.split(r"\\s+--hash=", line)
    if text.startswith("https:"): text = re.search(r"/([a-z]+)-", text)[1] + " @ " + text
    wanted = Requirement(text)
    env = {"python_version": python, "python_full_version": python + ".1", "sys_platform": "linux", "extra": ""}
    if wanted.marker is None or wanted.marker.evaluate(env): found.append([wanted.name, wanted.url or str(wanted.specifier), sorted(hashes)])
print(json.dumps(sorted(found)))
`

function comesTo(lines: readonly string[], python: string): readonly (readonly [string, string, readonly string[]])[] {
  const requirements = lines.filter((line) => !line.startsWith('-') && !/(?:^|@ )\.\/shared/.test(line))
  return JSON.parse(execFileSync('python3', ['-c', judge, python], { input: JSON.stringify(requirements), encoding: 'utf8' })) as never
}

describe.each(locks)('%s', (lock, kind) => {
  test.each(['3.10', '3.13'])('on Python %s the packages of the tool\'s own export', (python) => {
    const [ours, theirs] = [comesTo(read(lock, kind).lines, python), comesTo(exported(lock), python)]
    expect(ours.length).toBeGreaterThan(5)
    expect(ours.map(([name, version]) => [name, version])).toEqual(theirs.map(([name, version]) => [name, version]))
    expect(ours.map(([name]) => name)).not.toEqual(expect.arrayContaining(['iniconfig']))
    // pdm exports no hashes beside a folder, and pipenv none for a URL; ours keep those of the lock.
    for (const [index, [name, , hashes]] of theirs.entries()) if (hashes.length > 0) expect([name, ours[index]?.[2]]).toEqual([name, hashes])
    expect(ours.every(([, , hashes]) => hashes.length > 0)).toBe(true)
  })

  test('the folder is built, the extra and the development dependencies stay out, and every line is hashed', () => {
    const wanted = read(lock, kind)
    expect(wanted.locals.map((local) => path.basename(local.path))).toEqual(['shared'])
    expect(wanted.lines.filter((line) => /^(?:six|iniconfig)\b/.test(line))).toEqual([])
    expect(wanted.hashed).toBe(true)
  })
})

describe('the index that a lock was made from', () => {
  test.each([['poetry/poetry.lock', 'poetry'], ['pipenv/Pipfile.lock', 'pipfile'], ['pylock/pylock.toml', 'pylock'], ['uv/uv.lock', 'uv']] as const)('%s: is asked', (lock, kind) => {
    expect(read(lock, kind).options).toEqual(['--index-url https://index.example/simple'])
  })

  test('is left to the step\'s settings where these name it, and comes after theirs where they name another', () => {
    expect(read('poetry/poetry.lock', 'poetry', { PIP_INDEX_URL: 'https://bot:secret@index.example/simple/' }).options).toEqual([])
    expect(read('poetry/poetry.lock', 'poetry', { PIP_INDEX_URL: 'https://mirror.example/simple' }).options).toEqual(['--extra-index-url https://index.example/simple'])
  })

  test('gets the credentials that the tool\'s own variables have for it', () => {
    expect(read('poetry/poetry.lock', 'poetry', { POETRY_HTTP_BASIC_MIRROR_USERNAME: 'bot', POETRY_HTTP_BASIC_MIRROR_PASSWORD: 'p@ss' }).options).toEqual(['--index-url https://bot:p%40ss@index.example/simple'])
    const uv = write({ 'uv.lock': `[[package]]\nname = "a"\nsource = { registry = "https://index.example/simple" }\n[[package]]\nname = "b"\nsource = { registry = "https://${publicHosts[0]}/simple" }\n`, 'pyproject.toml': '[[tool.uv.index]]\nname = "our-own"\nurl = "https://index.example/simple/"\n' })
    expect(readWanted({ file: path.join(uv, 'uv.lock'), kind: 'uv', why: '' }, { UV_INDEX_OUR_OWN_USERNAME: 'bot', UV_INDEX_OUR_OWN_PASSWORD: 'x' }).options).toEqual(['--extra-index-url https://bot:x@index.example/simple'])
    const pipfile = write({ 'Pipfile.lock': JSON.stringify({ _meta: { sources: [{ name: 'own', url: 'https://${INDEX_USER}:$INDEX_PASSWORD@index.example/simple' }] }, default: {} }) })
    expect(readWanted({ file: path.join(pipfile, 'Pipfile.lock'), kind: 'pipfile', why: '' }, { INDEX_USER: 'bot', INDEX_PASSWORD: 'p@ss' }).options).toEqual(['--index-url https://bot:p%40ss@index.example/simple'])
    const pdm = write({ 'pdm.lock': '', 'pyproject.toml': '[[tool.pdm.source]]\nname = "own"\nurl = "https://index.example/simple"\n' })
    expect(readWanted({ file: path.join(pdm, 'pdm.lock'), kind: 'pdm', why: '' }, {}).options).toEqual(['--extra-index-url https://index.example/simple'])
  })
})

test('repositories of every lock become requirements with commit and subfolder', () => {
  const sha = 'a'.repeat(40)
  const url = 'git@example.com:own/tool.git'
  const expected = [`tool @ git+ssh://git@example.com/own/tool.git@${sha}#subdirectory=sub`]
  const source = write({
    'poetry.lock': `[[package]]\nname = "tool"\nversion = "1"\noptional = false\ngroups = ["main"]\nfiles = []\n[package.source]\ntype = "git"\nurl = "${url}"\nresolved_reference = "${sha}"\nsubdirectory = "sub"\n[metadata]\nlock-version = "2.1"\n`,
    'pdm.lock': `[[package]]\nname = "tool"\nversion = "1"\ngit = "${url}"\nrevision = "${sha}"\nsubdirectory = "sub"\ngroups = ["default"]\n`,
    'Pipfile.lock': JSON.stringify({ default: { tool: { git: url, ref: sha, subdirectory: 'sub' } } }),
    'pylock.toml': `lock-version = "1.0"\n[[packages]]\nname = "tool"\n[packages.vcs]\ntype = "git"\nurl = "${url}"\ncommit-id = "${sha}"\nsubdirectory = "sub"\n`,
  })
  for (const [file, kind] of [['poetry.lock', 'poetry'], ['pdm.lock', 'pdm'], ['Pipfile.lock', 'pipfile'], ['pylock.toml', 'pylock']] as const) {
    expect(readWanted({ file: path.join(source, file), kind, why: '' }, {}).repositories).toEqual(expected)
  }
})
