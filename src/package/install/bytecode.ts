import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Env } from '../env.ts'
import { comparePaths } from '../tree/entry.ts'
import { installerEnv } from './installer-env.ts'
import { interpreterOf, type Interpreter } from './interpreter.ts'
import { run } from './process.ts'

/** A file to compile: where it lies, where its bytecode goes, and its place on Lambda, which tracebacks show. */
export interface ToCompile {
  readonly file: string
  readonly output: string
  readonly shown: string
}

/**
 * A zip's fixed date would make bytecode that is checked by date stale, and /var/task cannot be written to, so every cold start would
 * compile again. Bytecode checked by the source's hash stays valid (PEP 552), also for code that is edited in the console.
 * Files that do not compile (templates, code for another version) are passed over, as pip does.
 */
const script = `
import json, py_compile, sys
for file, output, shown in json.load(open(sys.argv[1], encoding="utf-8")):
    try:
        py_compile.compile(file, output, shown, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    except Exception:
        pass
`

/** The interpreter whose bytecode the runtime can use: its own minor, or none. */
export function compilerFor(minor: number, env: Env): Promise<Interpreter | undefined> {
  return interpreterOf(minor, installerEnv(env))
}

/** Compiles files in byte order of their path on Lambda, in one process: the same sources give the same bytecode. */
export async function compile(files: readonly ToCompile[], python: Interpreter, job: { readonly folder: string, readonly env: Env }): Promise<void> {
  if (files.length === 0) return
  const list = path.join(job.folder, `compile-${path.basename(files[0]?.file ?? '')}.json`)
  const sorted = [...files].sort((a, b) => comparePaths(a.shown, b.shown))
  mkdirSync(job.folder, { recursive: true })
  writeFileSync(list, JSON.stringify(sorted.map(({ file, output, shown }) => [file, output, shown])))
  await run(python.program, ['-I', '-W', 'ignore', '-c', script, list], { cwd: job.folder, env: { ...installerEnv(job.env), SOURCE_DATE_EPOCH: undefined } })
}

/** `pkg/mod.py` -> `pkg/__pycache__/mod.cpython-313.pyc`. */
export function bytecodePath(source: string, minor: number): string {
  const folder = path.posix.dirname(source)
  return path.posix.join(folder, '__pycache__', `${path.posix.basename(source, '.py')}.cpython-3${minor}.pyc`)
}
