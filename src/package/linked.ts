import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../diagnostics.ts'
import type { CodeSpec } from '../service/service.ts'
import { isForNode, type DependencySource } from './install/dependency-source.ts'
import { projectOf, readNodeLock, shippedFolders } from './install/node-lock.ts'
import { readManifest } from './install/node-manifest.ts'
import { linkedExcludes } from './install/node-project.ts'
import { dependencyRules } from './tree/app.ts'
import { lastMatch, type Rule } from './tree/ignore.ts'
import { checkPointers } from './tree/pointers.ts'
import { checkSecrets } from './tree/secrets.ts'
import type { Sources } from './tree/sources.ts'
import type { Tree } from './tree/tree.ts'

/** A folder of the repository that comes along as a dependency: it is the user's own code as much as the source is. */
export interface LinkedFolder {
  /** Where it will lie in the package: `node_modules/NAME`. */
  readonly place: string
  readonly tree: Tree
}

/** The linked folders of a Node project. Throws a UserError where the lock or a manifest cannot be read. */
export function linkedFolders(source: DependencySource, folder: string, sources: Sources): readonly LinkedFolder[] {
  if (!isForNode(source.kind)) return []
  const lock = readNodeLock(source)
  return shippedFolders(lock, projectOf(lock, folder)).map((linked) => {
    const manifest = path.join(linked, 'package.json')
    const name = existsSync(manifest) ? readManifest(manifest)['name'] : undefined
    return {
      place: `node_modules/${typeof name === 'string' ? name : path.basename(linked)}`,
      tree: sources.folder(linked, linkedExcludes),
    }
  })
}

/** What would ship of linked folders and must not. */
export function checkLinked(linked: readonly LinkedFolder[], code: CodeSpec, diagnostics: Diagnostics): void {
  const rules = dependencyRules(code)
  for (const { place, tree } of linked) {
    diagnostics.all.push(...tree.problems)
    const files = tree.files.map((file) => ({ ...file, path: `${place}/${file.path}`, owner: place }))
    const shipped = files.filter((file) => !isExcluded(file.path, rules))
    checkSecrets(shipped, code.include, diagnostics)
    checkPointers(shipped, diagnostics)
  }
}

function isExcluded(file: string, rules: readonly Rule[]): boolean {
  const parts = file.split('/')
  const match = parts.reduce((found, _, index) => lastMatch(rules, {
    path: parts.slice(0, index + 1).join('/'), directory: index < parts.length - 1,
  }, found), -1)
  return rules[match]?.excludes ?? false
}

/**
 * The texts of the user's own code, by their paths in the package: the app's and the linked folders', without what an installer has put
 * there.
 */
export function ownFiles(app: Tree, linked: readonly LinkedFolder[]): Pick<Tree, 'text' | 'read' | 'diskPath'> {
  const find = (file: string): readonly [Tree, string] | undefined => {
    const folder = linked.find(({ place }) => file.startsWith(`${place}/`))
    const [tree, inner] = folder === undefined ? [app, file] as const : [folder.tree, file.slice(folder.place.length + 1)] as const
    return tree.isInstalled(inner) ? undefined : [tree, inner]
  }
  return {
    text: (file) => { const [tree, inner] = find(file) ?? []; return inner === undefined ? undefined : tree?.text(inner) },
    read: (file, reader) => { const [tree, inner] = find(file) ?? []; return inner === undefined ? undefined : tree?.read(inner, reader) },
    diskPath: (file) => { const [tree, inner] = find(file) ?? []; return inner === undefined ? undefined : tree?.diskPath(inner) },
  }
}
