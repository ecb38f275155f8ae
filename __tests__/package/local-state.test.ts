import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { codeOf, findings, removeFolders, write, type Files } from './support.ts'

afterAll(removeFolders)

const app = 'def handler(event, context):\n    return 1\n'

/** A repository whose files are committed, then more of them on the disk. */
function repository(committed: Files, local: Files): string {
  const folder = write({ 'app.py': app, ...committed })
  const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder, stdio: 'pipe' })
  git('init', '-q')
  git('add', '-A', '-f')
  git('commit', '-q', '-m', 'all')
  return write(local, folder)
}

async function warnings(folder: string, include: readonly string[] = []): Promise<readonly string[]> {
  const found = await findings(codeOf(folder, { include }))
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
  return found.map(({ what }) => what)
}

describe('files that git ignores', () => {
  test.each([
    ['a log', '*.log', 'debug.log'], ['a database', '*.sqlite3', 'data/dev.sqlite3'], ['local settings', '*.local.*', 'config.local.yml'], ['a folder of logs', 'logs', 'logs/today.txt'],
    ['coverage', 'coverage', 'coverage/index.html'], ['secrets by name', 'config', 'config/secrets.yml'],
  ])('%s is warned of', async (_name, pattern, file) => {
    expect(await warnings(repository({ '.gitignore': `${pattern}\n` }, { [file]: 'x' }))).toEqual([`A file that git ignores and that looks like local state would ship: ${file}.`])
  })

  test('a virtual environment under another name counts as one', async () => {
    const folder = repository({ '.gitignore': 'env\n' }, { 'env/pyvenv.cfg': '', 'env/lib/a.log': '', 'env/lib/b.py': '' })
    expect(await warnings(folder)).toEqual(['A file that git ignores and that looks like local state would ship: env/.'])
  })

  test('at most ten are named, with the count of the rest', async () => {
    const folder = repository({ '.gitignore': '*.log\n' }, Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`${index}.log`, ''])))
    const [found] = await warnings(folder)
    expect(found).toMatch(/^13 files that git ignores .*, and 3 more\.$/)
    expect(found?.match(/\d+\.log/g)).toHaveLength(10)
  })

  test('build output is what ships: no word of it', async () => {
    expect(await warnings(repository({ '.gitignore': 'dist\nbuild\n*.so.txt\ngenerated\n' }, { 'dist/a.js': '', 'build/b.py': '', 'generated/client.py': '', 'x.so.txt': '' }))).toEqual([])
  })

  test('what is committed, excluded, or meant by an include line is not warned of', async () => {
    expect(await warnings(repository({ '.gitignore': '*.db\n', 'cities.db': 'x' }, {}))).toEqual([])
    expect(await warnings(repository({ '.gitignore': '*.db\n', '.lambdaignore': '*.db\n' }, { 'dev.db': 'x' }))).toEqual([])
    expect(await warnings(repository({ '.gitignore': '*.db\n' }, { 'data/dev.db': 'x' }), ['data/*.db'])).toEqual([])
  })

  test('without a repository, in a folder of one, and with a broken one', async () => {
    expect(await warnings(write({ 'app.py': app, 'debug.log': '', '.gitignore': '*.log' }))).toEqual([])
    const inner = repository({ '.gitignore': '*.log\n', 'service/app.py': app }, { 'service/debug.log': '' })
    expect(await warnings(path.join(inner, 'service'))).toEqual(['A file that git ignores and that looks like local state would ship: debug.log.'])
    expect(await warnings(write({ 'app.py': app, 'debug.log': '', '.git': 'gitdir: /nowhere\n' }))).toEqual([])
  })
})
