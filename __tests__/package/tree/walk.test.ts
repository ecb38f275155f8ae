import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics } from '../../../src/diagnostics.ts'
import { walk } from '../../../src/package/tree/walk.ts'
import { newFolder, removeFolders, write } from '../support.ts'

afterAll(removeFolders)

function list(folder: string, { keepLinks = false, workspace = folder } = {}): { readonly paths: string[], readonly modes: string[], readonly kinds: string[], readonly said: string[] } {
  const diagnostics = new Diagnostics()
  const entries = walk(folder, { rules: [], never: [], workspace, keepLinks, owner: '', diagnostics })
  return { paths: entries.map((entry) => entry.path), modes: entries.map((entry) => entry.mode.toString(8)), kinds: entries.map((entry) => entry.content.kind), said: diagnostics.errors.map((found) => found.what) }
}

test('the order is that of bytes', () => {
  const names = ['b', 'a', 'Z', 'a-b', 'a/x', 'é', '\u{1F600}', '\uFFFD', 'a.b'].filter((name) => name !== 'a')
  expect(list(write(Object.fromEntries(names.map((name) => [name, ''])))).paths).toEqual([...names].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y))))
})

test('modes are reduced to two', () => {
  const folder = write({ a: { text: '', mode: 0o600 }, b: { text: '', mode: 0o777 }, c: { text: '', mode: 0o410 }, d: { text: '', mode: 0o664 } })
  expect(list(folder).modes).toEqual(['644', '755', '755', '644'])
})

describe('links', () => {
  test('Python gets their content, Node keeps them', () => {
    const folder = write({ 'real/x.py': 'x', 'link.py': { link: 'real/x.py' }, folder: { link: 'real' } })
    expect(list(folder)).toMatchObject({ paths: ['folder/x.py', 'link.py', 'real/x.py'], kinds: ['disk', 'disk', 'disk'], said: [] })
    expect(list(folder, { keepLinks: true })).toMatchObject({ paths: ['folder', 'link.py', 'real/x.py'], kinds: ['link', 'link', 'disk'], said: [] })
  })

  test('one that leads elsewhere in the workspace is followed, one out of it is refused', () => {
    const workspace = write({ 'shared/lib.py': 'x', 'app/lib.py': { link: '../shared/lib.py' } })
    expect(list(path.join(workspace, 'app'), { workspace })).toMatchObject({ paths: ['lib.py'], kinds: ['disk'], said: [] })
    expect(list(path.join(workspace, 'app')).said).toEqual([expect.stringContaining('outside the workspace')])
  })

  test('a workspace that is reached by a link, and a folder whose name begins with two dots, are no way out', () => {
    const real = write({ '..shared/lib.py': 'x', 'app/lib.py': { link: '../..shared/lib.py' } })
    const workspace = path.join(newFolder(), 'work')
    symlinkSync(real, workspace)
    expect(list(path.join(workspace, 'app'), { workspace })).toMatchObject({ paths: ['lib.py'], said: [] })
  })

  test('a broken one is refused, one to a layer is kept', () => {
    expect(list(write({ a: { link: 'nowhere' } })).said).toEqual([expect.stringContaining('does not exist')])
    expect(list(write({ a: { link: '/opt/lib/x.so' } }))).toMatchObject({ paths: ['a'], kinds: ['link'], said: [] })
  })

  test('a loop is refused', () => {
    const folder = write({ 'sub/x': '' })
    symlinkSync('..', path.join(folder, 'sub', 'up'))
    expect(list(folder).said).toEqual([expect.stringContaining('a folder that it lies in')])
  })
})

test('a pipe is refused by name', () => {
  const folder = newFolder()
  execFileSync('mkfifo', [path.join(folder, 'pipe')])
  expect(list(folder).said).toEqual([expect.stringMatching(/pipe is no file, folder or link/)])
})

test('a name that is not UTF-8 is refused', () => {
  const folder = newFolder()
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff])]), 'x')
  expect(list(folder).said).toEqual([expect.stringContaining('not valid UTF-8')])
})

test('folders that nobody but the owner may read make no difference', () => {
  const folder = newFolder()
  mkdirSync(path.join(folder, 'private'))
  writeFileSync(path.join(folder, 'private', 'x.py'), 'x')
  chmodSync(path.join(folder, 'private'), 0o700)
  expect(list(folder)).toMatchObject({ paths: ['private/x.py'], modes: ['644'] })
})
