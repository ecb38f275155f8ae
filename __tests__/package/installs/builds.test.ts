import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import type { ErrorText } from '../../../src/errors.ts'
import { UserError } from '../../../src/errors.ts'
import type { Env } from '../../../src/package/env.ts'
import { buildPackage, digestInputs } from '../../../src/package/index.ts'
import { codeOf, listener, removeFolders, write, type Files } from '../support.ts'
import { close, listen } from './private-index.ts'
import { hostArchitecture, hostRuntime, install, installOptions, unpack, withoutUv, withUv } from './support.ts'

afterAll(removeFolders)

const tools = ['pip', 'uv'] as const
const envOf = async (tool: typeof tools[number]): Promise<Env> => tool === 'uv' ? withUv() : withoutUv()

interface Project {
  readonly files: Files
  /** Below the workspace. */
  readonly source?: string
  readonly tool: typeof tools[number]
  readonly env?: Env
}

async function built({ files, source = '.', tool, env = {} }: Project): Promise<{ readonly resolved: readonly string[], readonly folder: string, readonly workspace: string }> {
  const workspace = write(files)
  if (existsSync(path.join(workspace, '.tag'))) {
    const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: workspace, stdio: 'pipe' })
    git('init', '-q')
    git('add', '-A')
    git('commit', '-q', '-m', 'x')
    git('tag', readFileSync(path.join(workspace, '.tag'), 'utf8'))
  }
  const code = codeOf(path.join(workspace, source), { runtime: hostRuntime, architecture: hostArchitecture })
  const options = installOptions({ env: { ...await envOf(tool), GITHUB_WORKSPACE: workspace, ...env } })
  const made = await buildPackage(code, await digestInputs(code, options), options)
  return { resolved: made.resolved, folder: unpack(made).folder, workspace }
}

async function refusal(project: Project): Promise<ErrorText> {
  try {
    await built(project)
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
  throw new Error('It was installed.')
}

const app = 'def handler(event, context):\n    return 1\n'
const ignored = { '.lambdaignore': 'core\nlibs\n' }

describe.each(tools)('with %s', (tool) => {
  test('packaging 5b: a folder whose metadata its build makes', async () => {
    const files = { 'app.py': app, ...ignored, 'requirements.txt': './core\n', 'core/pyproject.toml': '[project]\nname = "core"\ndynamic = ["version", "dependencies"]\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[tool.setuptools.dynamic]\nversion = {attr = "core.version"}\ndependencies = {file = "deps.txt"}\n', 'core/deps.txt': 'idna==3.10\n', 'core/core/__init__.py': 'version = "4.2"\n' }
    expect((await built({ files, tool })).resolved).toEqual(['core==4.2', 'idna==3.10'])
  })

  test('packaging 5: a version out of git\'s tags, and nothing is written into the repository', async () => {
    const files = { '.tag': 'v2.5.0', 'api/app.py': app, 'api/requirements.txt': '../libs/core\n', 'libs/core/pyproject.toml': '[project]\nname = "core"\ndynamic = ["version"]\n[build-system]\nrequires = ["setuptools", "setuptools-scm"]\nbuild-backend = "setuptools.build_meta"\n[tool.setuptools_scm]\nroot = "../.."\n', 'libs/core/core/__init__.py': '' }
    const { resolved, workspace } = await built({ files, source: 'api', tool })
    expect(resolved).toEqual(['core==2.5.0'])
    expect(execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd: workspace, encoding: 'utf8' })).toBe('')
  })

  test('packaging 6a: a setup.py that reads above its folder, also what git ignores in it', async () => {
    const files = { '.tag': 'v1', '.gitignore': '_generated.py\n', 'VERSION': '3.1\n', 'api/app.py': app, 'api/requirements.txt': '../libs/core\n', 'libs/core/setup.py': 'import pathlib\nfrom setuptools import setup\nhere = pathlib.Path(__file__).parent\nsetup(name="core", version=(here / "../../VERSION").read_text().strip(), packages=["core"])\n', 'libs/core/core/__init__.py': '', 'libs/core/core/_generated.py': 'x = 1\n' }
    const { resolved, folder } = await built({ files, source: 'api', tool })
    expect(resolved).toEqual(['core==3.1'])
    expect(existsSync(path.join(folder, 'core/_generated.py'))).toBe(true)
  })

  test('packaging 6b: a neighbour that only the folder names', async () => {
    const hatch = (name: string, more: string): string => `[project]\nname = "${name}"\nversion = "1"\n${more}[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[tool.hatch.metadata]\nallow-direct-references = true\n`
    const files = { 'api/app.py': app, 'api/requirements.txt': '../libs/a\n', 'libs/a/pyproject.toml': hatch('lib-a', 'dependencies = ["lib-b @ {root:uri}/../b"]\n'), 'libs/a/lib_a/__init__.py': '', 'libs/b/pyproject.toml': hatch('lib-b', ''), 'libs/b/lib_b/__init__.py': '' }
    const { resolved, folder } = await built({ files, source: 'api', tool })
    expect(resolved).toEqual(['lib-a==1', 'lib-b==1'])
    expect(existsSync(path.join(folder, 'lib_b/__init__.py'))).toBe(true)
  })

  test.each([
    ['FileNotFoundError', 'open("gone.txt")', /FileNotFoundError.*gone\.txt/s, /Fix what the build names/], ['PackageNotFoundError', 'from importlib.metadata import version; version("gone")', /PackageNotFoundError/, /Fix what the build names/],
    ['a module that it lacks', 'import gone_build_tool', /ModuleNotFoundError.*gone_build_tool/s, /Its build needs `gone_build_tool`/],
  ])('packaging 6c: a build that fails by %s is told as such, with its own words, and once', async (_name, line, why, cure) => {
    const files = { 'app.py': app, ...ignored, 'requirements.txt': './core\n', 'core/setup.py': `from setuptools import setup\n${line}\nsetup(name="core", version="1")\n` }
    const text = await refusal({ files, tool })
    expect(text).toMatchObject({ what: expect.stringMatching(/core failed to build\.$/), why: expect.stringMatching(why), cure: expect.stringMatching(cure), place: { file: expect.stringMatching(/requirements\.txt$/) } })
    expect(JSON.stringify(text)).not.toMatch(/job-|wanted\.txt/)
  })

  test.each([500, 502, 503, 429])('break 19: an index that answers %i is one that could not be reached, not one without the package', async (status) => {
    const server = createServer((_request, response) => { response.writeHead(status).end('no') })
    const port = await listen(server)
    try {
      const files = { 'app.py': app, 'requirements.txt': `--index-url http://127.0.0.1:${port}/simple\nidna==3.10\n` }
      const env = { PIP_RETRIES: '0', UV_HTTP_RETRIES: '0' }
      expect((await refusal({ files, tool, env })).what).toBe('The package index could not be reached.')
    } finally {
      await close(server)
    }
  })
})

test('break 19: with pip, a host that is asked without TLS and not trusted is told as such', async () => {
  const files = { 'app.py': app, 'requirements.txt': '--index-url http://packages.example/simple\nidna==3.10\n' }
  const text = await refusal({ files, tool: 'pip', env: { PIP_RETRIES: '0', PIP_DEFAULT_TIMEOUT: '2' } })
  expect(text).toMatchObject({ what: 'The package index packages.example is not asked, because it speaks HTTP without TLS.', cure: expect.stringContaining('--trusted-host packages.example') })
})

test('what a debug log has of a build that failed', async () => {
  const said = listener()
  const source = write({ 'app.py': app, ...ignored, 'requirements.txt': './core\n', 'core/setup.py': 'print("the first words")\nraise SystemExit("the last words")\n' })
  const code = codeOf(source, { runtime: hostRuntime, architecture: hostArchitecture })
  await expect(install(code, installOptions({ env: withoutUv(), progress: said }))).rejects.toThrow(UserError)
  expect(said.lines.join('\n')).toMatch(/the first words[\s\S]*the last words/)
})
