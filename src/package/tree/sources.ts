import path from 'node:path'
import type { CodeSpec } from '../../service/service.ts'
import type { Env } from '../env.ts'
import { runtimeOf } from '../runtimes.ts'
import { appRules, workspaceOf } from './app.ts'
import type { Entry } from './entry.ts'
import type { Rule } from './ignore.ts'
import type { Keeper } from './scan.ts'
import { readTree, type Tree } from './tree.ts'

/** The folders that a run packs. Each is walked and read once, whoever asks for it and for however many functions. */
export interface Sources {
  /** The app's own files as they will lie in the package: defaults, `.lambdaignore`, `exclude` and `include` applied. */
  app(code: CodeSpec): Tree
  /** A folder of the repository that a dependency leads to, without what the rules take out. */
  folder(root: string, rules: readonly Rule[]): Tree
}

/** Nothing is read before it is asked for. `cacheDir` is absolute: where it lies in a source folder, it is none of the app's. */
export function openSources({ env, cacheDir }: { readonly env: Env, readonly cacheDir: string }): Sources {
  const keeper = memory()
  const trees = new Map<string, Tree>()
  const known = (key: unknown, read: () => Tree): Tree => {
    const text = JSON.stringify(key)
    const tree = trees.get(text) ?? read()
    trees.set(text, tree)
    return tree
  }
  return {
    app(code) {
      const { family } = runtimeOf(code)
      return known([code.source, family, code.exclude, code.include], () => {
        const workspace = workspaceOf(code.source, env)
        return readTree(code.source, {
          rules: appRules(code, family), never: [path.resolve(cacheDir)], workspace, keepLinks: family !== 'python',
        }, keeper)
      })
    },
    folder: (root, rules) => known([root, rules.map((rule) => rule.text)], () =>
      readTree(root, { rules, never: [path.resolve(cacheDir)], workspace: workspaceOf(root, env), keepLinks: true }, keeper)),
  }
}

/** Of a usual app all stays in memory; of a large one this much, so that a run of a 236 MB tree takes no more memory than its zip does. */
const room = { code: 16 * 1024 * 1024, rest: 16 * 1024 * 1024 }
const largest = { code: 8 * 1024 * 1024, rest: 256 * 1024 }

/** Code has room of its own, because handlers and imports are looked at again and may come last in the tree. */
function memory(): Keeper {
  const left = { ...room }
  return {
    keeps({ path: name, size }: Entry) {
      const kind = /\.(?:py|[cm]?[jt]s|json)$/.test(name) ? 'code' : 'rest'
      if (size > largest[kind] || size > left[kind]) return false
      left[kind] -= size
      return true
    },
  }
}
