import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { runtimeNamed, uvPlatforms, wheelPlatforms, type PythonRuntime } from '../../src/package/runtimes.ts'
import { stdlibOf } from '../../src/package/stdlib.ts'

const python = (name: string): PythonRuntime => runtimeNamed(name) as PythonRuntime

test.each([
  ['python3.10', 'python', 26, true], ['python3.11', 'python', 26, true], ['python3.12', 'python', 34, true], ['python3.13', 'python', 34, true], ['python3.14', 'python', 34, true],
  ['python3.15', 'python', 34, true], ['python3.16', 'python', 34, false], ['nodejs20.x', 'node', 34, true], ['nodejs22.x', 'node', 34, true], ['nodejs24.x', 'node', 34, true], ['nodejs26.x', 'node', 34, true], ['nodejs28.x', 'node', 34, false], ['java17', 'other', 26, true], ['java17.al2023', 'other', 34, true], ['provided.al2023', 'other', 34, true],
])('%s', (name, family, glibc, known) => {
  expect(runtimeNamed(name)).toMatchObject({ name, family, glibc, known })
})

test('every manylinux minor that runs is named, newest first, with its old names', () => {
  const oldest = ['manylinux_2_17_aarch64', 'manylinux2014_aarch64', 'linux_aarch64']
  expect(wheelPlatforms(python('python3.11'), 'arm64')).toEqual([oldest, [26, 25, 24, 23, 22, 21, 20, 19, 18].map((minor) => `manylinux_2_${minor}_aarch64`).concat(oldest)])
  const [newer = [], ...others] = wheelPlatforms(python('python3.13'), 'x86_64')
  expect(others).toEqual([])
  expect(newer[0]).toBe('manylinux_2_34_x86_64')
  expect(newer).toEqual(expect.arrayContaining(['manylinux_2_28_x86_64', 'manylinux2014_x86_64', 'manylinux2010_x86_64', 'manylinux1_x86_64']))
  expect(newer.some((tag) => tag.includes('2_35') || tag.includes('aarch64'))).toBe(false)
})

test.each([['python3.11', 'x86_64', ['x86_64-manylinux_2_17', 'x86_64-manylinux_2_28']], ['python3.12', 'arm64', ['aarch64-manylinux_2_34']], ['python3.14', 'x86_64', ['x86_64-manylinux_2_34']]] as const)('uv\'s names for %s on %s', (name, architecture, expected) => {
  expect(uvPlatforms(python(name), architecture)).toEqual(expected)
})

/** The public model of the API, which comes with the clients of the test engine. */
const model = `
import gzip, json, pathlib
import botocore
file = sorted(pathlib.Path(botocore.__file__).parent.glob("data/lambda/2015-*/service-2.json*"))[-1]
data = gzip.open(file).read() if file.suffix == ".gz" else file.read_bytes()
print(json.dumps(json.loads(data)["shapes"]["Runtime"]["enum"]))
`

test('every Python and Node runtime of the public model that takes new functions has its line', () => {
  const python = path.join(import.meta.dirname, '..', '..', '.cache', 'engine', 'venv', 'bin', 'python')
  const names = JSON.parse(execFileSync(python, ['-c', model], { encoding: 'utf8' })) as string[]
  const current = names.filter((name) => /^python3\.(?:9|\d\d)$|^nodejs(?:1[89]|[2-9]\d)\.x$/.test(name))
  expect(current.length).toBeGreaterThan(8)
  expect(current.filter((name) => !runtimeNamed(name).known)).toEqual([])
})

test('the standard library is that of the Python on this machine', () => {
  const asked = execFileSync('python3', ['-c', 'import sys, json; print(json.dumps([sys.version_info[1], sorted(n for n in sys.stdlib_module_names if n[0] != "_")]))'], { encoding: 'utf8' })
  const [minor, names] = JSON.parse(asked) as [number, string[]]
  expect([...stdlibOf(minor)].sort()).toEqual(names)
})
