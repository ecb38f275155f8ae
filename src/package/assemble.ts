import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../diagnostics.ts'
import type { CodeSpec } from '../service/service.ts'
import { bytecodePath, compile, compilerFor } from './install/bytecode.ts'
import type { Installed } from './install/installed.ts'
import { distributionsOf } from './install/normalize.ts'
import type { Runtime } from './runtimes.ts'
import { dependencyRules } from './tree/app.ts'
import { byPath, plainMode, type Entry } from './tree/entry.ts'
import { walk } from './tree/walk.ts'
import type { PackageOptions } from './options.ts'

export interface Assembly {
  readonly code: CodeSpec
  readonly runtime: Runtime
  readonly installed?: Installed
  /** Scratch. */
  readonly folder: string
  readonly diagnostics: Diagnostics
}

/** All entries of the package in byte order: the app's files, their bytecode, and the dependencies. The app wins where both have a path. */
export async function assemble(assembly: Assembly, options: PackageOptions): Promise<readonly Entry[]> {
  const { code, runtime, diagnostics } = assembly
  const app = options.sources.app(code).files
  const own = runtime.family === 'python' ? [...app, ...await appBytecode(app, { minor: runtime.minor, folder: assembly.folder, env: options.env })] : app
  const taken = new Set(own.map((entry) => entry.path))
  const theirs = assembly.installed === undefined ? [] : dependencyEntries(assembly.installed, assembly)
  for (const entry of theirs) {
    if (taken.has(entry.path) && !entry.path.endsWith('.pyc')) {
      diagnostics.warning({ what: `The app's ${entry.path} takes the place of ${entry.owner}'s.`, why: 'Both lie at the same path of the package, and the app\'s own file wins.', cure: 'Rename it, if that was not meant.' })
    }
  }
  return [...own, ...theirs.filter((entry) => !taken.has(entry.path))].sort(byPath)
}

function dependencyEntries(installed: Installed, { code, runtime, diagnostics }: Assembly): readonly Entry[] {
  const owners = new Map(distributionsOf(installed.folder).flatMap((distribution) => [...distribution.files.keys()].map((file) => [file, distribution.name])))
  const entries = walk(installed.folder, { rules: dependencyRules(code), never: [], workspace: installed.folder, keepLinks: runtime.family !== 'python', owner: '?', diagnostics })
  return entries.map((entry) => ({ ...entry, owner: owners.get(sourceOf(entry.path)) ?? nodePackage(entry.path) ?? '?' }))
}

/** The file that bytecode was made from. */
function sourceOf(place: string): string {
  return place.replace(/__pycache__\/([^/]+)\.cpython-\d+\.pyc$/, '$1.py')
}

function nodePackage(place: string): string | undefined {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place)?.[1]
}

async function appBytecode(app: readonly Entry[], { minor, folder, env }: { readonly minor: number, readonly folder: string, readonly env: PackageOptions['env'] }): Promise<readonly Entry[]> {
  const python = await compilerFor(minor, env)
  if (python === undefined) return []
  const sources = app.filter((entry) => entry.path.endsWith('.py') && entry.content.kind === 'disk')
  const made = sources.map((entry, index) => ({
    path: bytecodePath(entry.path, minor), file: (entry.content as { file: string }).file, output: path.join(folder, 'app', `${index}.pyc`), shown: `/var/task/${entry.path}`,
  }))
  await compile(made, python, { folder, env })
  return made.filter(({ output }) => existsSync(output)).map(({ path: place, output }) => {
    const bytes = readFileSync(output)
    return { path: place, mode: plainMode, size: bytes.length, owner: '', content: { kind: 'bytes', bytes } }
  })
}
