import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../lib/children.mjs'
import { findPython, root } from '../lib/requirements.mjs'
import type { Tally } from './tally.ts'

/** A command whose exit code says whether all is well. */
export interface Check {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
}

/** What is checked beside the tests; each counts as one. */
export async function checks(): Promise<Check[]> {
  const node = process.execPath
  const bin = (name: string): string => join(root, 'node_modules', name)
  return [
    { name: 'types', command: node, args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.check.json'] },
    { name: 'lint', command: node, args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
    { name: 'rules of the house', command: node, args: ['scripts/house/main.ts'] },
    { name: 'generated files are current', command: node, args: ['scripts/generate.mjs', '--check'] },
    { name: 'dist is current', command: node, args: ['scripts/build/main.ts', '--check'] },
    ...(await exampleChecks()),
  ]
}

/** The examples' own unit tests, which need nothing but Python's standard library; they stand beside the code that they test. */
async function exampleChecks(): Promise<Check[]> {
  const { command } = await findPython()
  const tests = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)test_[^/]*\.py$/.test(path))
  const folders = [...new Set(tests.map((path) => join('examples', dirname(path))))].sort()
  return folders.map((folder) => ({ name: `unit tests of ${folder}`, command, args: ['-B', '-m', 'unittest', 'discover'], cwd: join(root, folder) }))
}

/** Runs one check to its end. */
export async function runCheck(check: Check): Promise<Tally> {
  const started = performance.now()
  const { code, signal, output } = await run(check.command, check.args, { cwd: check.cwd ?? root })
  const hasPassed = code === 0
  return {
    name: check.name,
    passed: hasPassed ? 1 : 0,
    failed: hasPassed ? [] : [`${check.name} (${signal ?? `exit code ${code}`})`],
    skipped: [],
    seconds: (performance.now() - started) / 1000,
    output: hasPassed ? '' : output,
    slow: [],
    files: [],
  }
}
