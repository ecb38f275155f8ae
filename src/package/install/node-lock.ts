import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { isInside } from '../../paths.ts'
import type { DependencySource } from './dependency-source.ts'
import { checkConflicts, readJson, readYaml } from './locks/parse.ts'
import { isFolder, localPath } from './node-paths.ts'
import { readWorkspace, type Workspace } from './node-workspace.ts'

/** What a lock says of the repository itself: its packages, how they depend on each other, and the files that an install wants. */
export interface NodeLock extends Workspace {
  /** Where the lock lies. */
  readonly root: string
  /** The folders of its workspace's packages, the root left out. */
  readonly members: readonly string[]
  /** The repository's folders that the package in a folder depends on. */
  readonly links: ReadonlyMap<string, readonly string[]>
  /** Tarballs and folders that the lock names by their path (`file:`). */
  readonly files: readonly string[]
}

/** What makes a lock anew that cannot be read. */
const cure = (program: string): string => `Run \`${program} install\` and commit the lock.`

/** Reads what a lock tells of the repository, or a package.json without one. Throws a UserError for what is none. */
export function readNodeLock({ file, kind }: Pick<DependencySource, 'file' | 'kind'>): NodeLock {
  const root = path.dirname(file)
  const lock = read(root, { file, kind })
  return {
    ...lock, root, members: lock.members.filter((folder) => folder !== root),
    files: [...new Set(lock.files)].filter((each) => existsSync(each)).sort(),
  }
}

function read(root: string, { file, kind }: Pick<DependencySource, 'file' | 'kind'>): Workspace {
  switch (kind) {
    case 'pnpm': return pnpmLock(root, readYaml(file, cure('pnpm')))
    // Yarn's and bun's locks say of the workspace what its manifests say.
    case 'yarn': case 'bun':
      checkConflicts(file)
      return readWorkspace(root)
    case 'package': return { ...readWorkspace(root), members: [] }
    default: return npmLock(root, readJson(file, cure('npm')))
  }
}

/** The package of the lock that a folder belongs to: the nearest at or above it, as for `dist/` of a member. */
export function projectOf({ root, members }: NodeLock, folder: string): string {
  const above = [root, ...members].filter((each) => isInside(each, folder))
  return above.sort((a, b) => b.length - a.length)[0] ?? folder
}

/** The repository's folders that come along with a package of the lock, through what it links to and what these link to. */
export function shippedFolders(lock: NodeLock, project: string): readonly string[] {
  const found = new Set<string>()
  const waiting = [...lock.links.get(project) ?? []]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder) || isInside(folder, project)) continue
    found.add(folder)
    waiting.push(...lock.links.get(folder) ?? [])
  }
  return [...found].filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true).sort()
}

type Names = Readonly<Record<string, unknown>>

interface NpmPackage {
  readonly version?: string
  readonly dev?: boolean
  readonly link?: boolean
  readonly resolved?: string
  readonly dependencies?: Names
  readonly optionalDependencies?: Names
  readonly peerDependencies?: Names
}

interface NpmLock {
  readonly packages?: Readonly<Record<string, NpmPackage>>
  /** Of version 1 alone, which npm 6 wrote. */
  readonly dependencies?: Readonly<Record<string, { readonly version?: string }>>
}

/** `name==version` of what an npm lock (its text) brings to a function, sorted. */
export function lockedPackages(text: string): readonly string[] {
  const { packages = {} } = JSON.parse(text) as NpmLock
  return Object.entries(packages).flatMap(([place, { version, dev, link }]) => {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1]
    return name === undefined || version === undefined || dev === true || link === true ? [] : [`${name}==${version}`]
  }).sort()
}

function npmLock(root: string, lock: NpmLock): Workspace {
  if (lock.packages === undefined) {
    const files = Object.values(lock.dependencies ?? {}).flatMap(({ version }) => localPath(version, root))
    return { members: [], links: new Map([[root, files.filter(isFolder)]]), files }
  }
  const { packages } = lock
  const own = Object.keys(packages).filter((name) => !/(?:^|\/)node_modules\//.test(name))
  const linked = (from: string, name: string): string[] => {
    const entry = packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`] ?? packages[`node_modules/${name}`]
    return entry?.link === true && entry.resolved !== undefined ? [path.resolve(root, entry.resolved)] : []
  }
  // The root's own node_modules has every member of the workspace, asked for or not.
  const all = Object.keys(packages).filter((name) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(name))
    .flatMap((name) => linked('', name.slice('node_modules/'.length)))
  const links = own.map((name): [string, string[]] => {
    const { dependencies, optionalDependencies, peerDependencies } = packages[name] as NpmPackage
    return [path.resolve(root, name), name === '' ? all : Object.keys({
      ...dependencies, ...optionalDependencies, ...peerDependencies,
    }).flatMap((each) => linked(name, each))]
  })
  return {
    members: own.map((name) => path.resolve(root, name)), links: new Map(links),
    files: Object.values(packages).flatMap(({ resolved }) => localPath(resolved, root)),
  }
}

interface PnpmImporter {
  readonly dependencies?: Readonly<Record<string, { readonly version?: string } | string>>
  readonly optionalDependencies?: Readonly<Record<string, { readonly version?: string } | string>>
}

interface PnpmLock {
  readonly importers?: Readonly<Record<string, PnpmImporter>>
  readonly dependencies?: PnpmImporter['dependencies']
  readonly packages?: Readonly<Record<string, { readonly resolution?: { readonly tarball?: string, readonly directory?: string } }>>
  /** Up to version 6 of the lock, and from 9 on. */
  readonly patchedDependencies?: Readonly<Record<string, { readonly path?: string }>>
}

function pnpmLock(root: string, lock: PnpmLock): Workspace {
  const importers = Object.entries(lock.importers ?? { '.': lock as PnpmImporter })
  const links = importers.map(([name, { dependencies, optionalDependencies }]): [string, string[]] => {
    const folder = path.resolve(root, name)
    const versions = Object.values({ ...dependencies, ...optionalDependencies }).map((each) => (typeof each === 'string'
      ? each
      : each.version) ?? '')
    return [
      folder,
      versions.flatMap((version) => version.startsWith('link:')
        ? [path.resolve(folder, version.slice(5))]
        : localPath(version, root).filter(isFolder)),
    ]
  })
  const files = Object.values(lock.packages ?? {}).flatMap(({ resolution: { tarball, directory } = {} }) => [
    ...localPath(tarball, root), ...directory === undefined ? [] : [path.resolve(root, directory)],
  ])
  const patches = Object.values(lock.patchedDependencies ?? {}).flatMap((patch) => patch.path ?? []).map((each) => path.resolve(root, each))
  return { members: importers.map(([name]) => path.resolve(root, name)), links: new Map(links), files: [...files, ...patches] }
}
