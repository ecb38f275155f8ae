import type { Diagnostics } from '../diagnostics.ts'
import type { CodeSpec } from '../service/service.ts'
import type { Installed } from './install/installed.ts'
import { distributionsOf } from './install/normalize.ts'
import type { Runtime } from './runtimes.ts'
import { dependencyRules } from './tree/app.ts'
import { byPath, entryBytes, type Entry } from './tree/entry.ts'
import { walk } from './tree/walk.ts'
import type { PackageOptions } from './options.ts'

export interface Assembly {
  readonly code: CodeSpec
  readonly runtime: Runtime
  readonly installed?: Installed
  readonly diagnostics: Diagnostics
}

/** All entries of the package in byte order: the app's files and the dependencies. The app wins where both have a path. */
export function assemble(assembly: Assembly, options: PackageOptions): readonly Entry[] {
  const { code, diagnostics } = assembly
  const app = options.sources.app(code).files
  const taken = new Map(app.map((entry) => [entry.path, entry]))
  const theirs = assembly.installed === undefined ? [] : dependencyEntries(assembly.installed, assembly)
  for (const entry of theirs) {
    const own = taken.get(entry.path)
    // An app that lists itself (`.`) brings each of its files twice.
    if (own !== undefined && !(own.size === entry.size && entryBytes(own).equals(entryBytes(entry)))) {
      diagnostics.warning({
        what: `The app's ${entry.path} takes the place of ${entry.owner}'s.`,
        why: 'Both lie at the same path of the package, and the app\'s own file wins.',
        cure: 'Rename it, if that was not meant.',
      })
    }
  }
  return [...app, ...theirs.filter((entry) => !taken.has(entry.path))].sort(byPath)
}

function dependencyEntries(installed: Installed, { code, runtime, diagnostics }: Assembly): readonly Entry[] {
  const owners = new Map(distributionsOf(installed.folder).flatMap((distribution) => [...distribution.files.keys()]
    .map((file) => [file, distribution.name])))
  const entries = walk(installed.folder, {
    rules: dependencyRules(code), never: [], workspace: installed.folder, keepLinks: runtime.family !== 'python',
    owner: '?', diagnostics,
  })
  return entries.map((entry) => ({ ...entry, owner: owners.get(entry.path) ?? nodePackage(entry.path) ?? '?' }))
}

function nodePackage(place: string): string | undefined {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place)?.[1]
}
