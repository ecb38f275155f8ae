import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { readManifest } from './node-manifest.ts'
import { isFolder, localPath } from './node-paths.ts'
import { table, text } from './locks/toml.ts'

/** What the manifests of a repository say of each other, where the lock does not tell or there is none. */
export interface Workspace {
  readonly members: readonly string[]
  readonly links: ReadonlyMap<string, readonly string[]>
  readonly files: readonly string[]
}

/** Reads the root's package.json and those of its workspace: who they are, what they ask of each other, and what they name by its path. */
export function readWorkspace(root: string): Workspace {
  const members = membersOf(root)
  const manifests = new Map([root, ...members].filter((folder) => existsSync(path.join(folder, 'package.json')))
    .map((folder) => [folder, readManifest(path.join(folder, 'package.json'))]))
  const named = new Map([...manifests].map(([folder, manifest]) => [text(manifest, 'name') ?? '', folder]))
  const wanted = new Map([...manifests].map(([folder, manifest]) => [folder, wantedBy(manifest)]))
  const links = [...wanted].map(([folder, ranges]): [string, string[]] => [folder, Object.entries(ranges).flatMap(([name, range]) => {
    const found = folderOf(range, folder)
    const member = named.get(/^workspace:((?:@[^/]+\/)?[^@]+)@/.exec(range)?.[1] ?? name)
    return found !== undefined ? [found] : /^(?:npm|https?|git\S*|patch|file):/.test(range) || member === undefined ? [] : [member]
  })])
  return {
    members, links: new Map(links),
    files: [
      ...[...wanted].flatMap(([folder, ranges]) => Object.values(ranges).flatMap((range) => localPath(range, folder))),
      ...[...manifests].flatMap(([folder, manifest]) => patchesOf(manifest, { root, folder })),
    ],
  }
}

interface Whose {
  readonly root: string
  readonly folder: string
}

/** Patches of packages: `patch:ms@npm%3A2.1.3#~/infra/ms.patch` of Yarn (`~` is the root), and bun's list of them. */
function patchesOf(manifest: Readonly<Record<string, unknown>>, { root, folder }: Whose): string[] {
  const ranges = [...Object.values(wantedBy(manifest)), ...Object.values(table(manifest, 'resolutions'))].map(String)
  const named = ranges.flatMap((range) => /^patch:[^#]*#(?!optional!builtin|builtin)(.+?)(?:::.*)?$/.exec(range)?.[1] ?? [])
  const listed = Object.values(table(manifest, 'patchedDependencies')).map(String)
  return [
    ...named.flatMap((each) => each.split('&'))
      .map((each) => each.startsWith('~/') ? path.resolve(root, each.slice(2)) : path.resolve(folder, each)),
    ...listed.map((each) => path.resolve(root, each)),
  ]
}

function membersOf(root: string): readonly string[] {
  const file = path.join(root, 'package.json')
  const { workspaces } = existsSync(file) ? readManifest(file) : {}
  const listed = Array.isArray(workspaces) ? workspaces as unknown[] : table({ workspaces }, 'workspaces')['packages']
  const patterns = Array.isArray(listed) ? listed.filter((each): each is string => typeof each === 'string') : []
  const exclude = (name: string): boolean => path.basename(name) === 'node_modules'
  const found = (wanted: readonly string[]): string[] =>
    globSync(wanted.map((pattern) => path.posix.join(pattern, 'package.json')), { cwd: root, exclude })
      .map((name) => path.dirname(path.resolve(root, name)))
  const left = new Set(found(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))))
  return [...new Set(found(patterns.filter((pattern) => !pattern.startsWith('!'))))].filter((folder) => !left.has(folder)).sort()
}

function wantedBy(manifest: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const ranges = ['peerDependencies', 'optionalDependencies', 'dependencies'].map((name) => table(manifest, name))
  return Object.fromEntries(ranges.flatMap((each) => Object.entries(each).filter((entry): entry is [string, string] =>
    typeof entry[1] === 'string')))
}

/** The folder that a range names: `file:../lib`, `link:../lib`, `portal:../lib`, `workspace:packages/lib`, `../lib`. */
function folderOf(range: string, from: string): string | undefined {
  const named = /^(?:file:|link:|portal:|workspace:(?=.*\/))([^#]+)|^(\.{1,2}\/.*)/.exec(range)
  const folder = named === null ? undefined : path.resolve(from, named[1] ?? named[2] ?? '')
  return folder !== undefined && isFolder(folder) ? folder : undefined
}
