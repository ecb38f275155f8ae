import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { isInside } from '../../paths.ts'
import type { DependencyKind, DependencySource } from './dependency-source.ts'
import { readJson, readYaml } from './locks/parse.ts'
import { copyManifest, readManifest } from './node-manifest.ts'

/** A copy of what an installer needs: the user's own folders stay as they are. */
export interface ProjectCopy {
  /** Where the lock lies. */
  readonly root: string
  /** The app's folder below it. */
  readonly project: string
}

interface Lock {
  readonly packages?: Readonly<Record<string, { readonly link?: boolean, readonly resolved?: string }>>
}

/** What mends a lock that cannot be read. */
const cure = (program: string): string => `Run \`${program} install\` and commit the lock.`

/** The repository's folders that the lock links to: workspace members and `file:` dependencies. */
export function linkedFolders(source: DependencySource): readonly string[] {
  const root = path.dirname(source.file)
  const folders = source.kind === 'pnpm' ? pnpmMembers(source.file) : npmLinks(source.file)
  return [...new Set(folders.map((folder) => path.resolve(root, folder)))].filter((folder) => folder !== root && existsSync(folder) && statSync(folder).isDirectory()).sort()
}

function npmLinks(lock: string): string[] {
  const { packages = {} } = readJson(lock, cure('npm')) as Lock
  return Object.values(packages).flatMap((entry) => entry.link === true && entry.resolved !== undefined ? [entry.resolved] : [])
}

/** Every importer of a pnpm lock, and what they link to. */
function pnpmMembers(lock: string): string[] {
  const { importers = {} } = readYaml(lock, cure('pnpm')) as { importers?: Record<string, { dependencies?: Record<string, { version?: string }> }> }
  return Object.entries(importers).flatMap(([folder, { dependencies = {} }]) =>
    [folder, ...Object.values(dependencies).flatMap(({ version = '' }) => version.startsWith('link:') ? [path.join(folder, version.slice(5))] : [])])
}

/** The folders that a lock speaks of as its own packages, its root left out. */
export function lockMembers(lock: string, kind: DependencyKind): readonly string[] {
  const root = path.dirname(lock)
  const names = kind === 'pnpm' ? Object.keys((readYaml(lock, cure('pnpm')) as { importers?: object }).importers ?? {})
    : Object.keys((readJson(lock, cure('npm')) as Lock).packages ?? {}).filter((name) => !/(?:^|\/)node_modules\//.test(name))
  return names.filter((name) => name !== '' && name !== '.').map((name) => path.resolve(root, name))
}

/** Reads the lock and the manifests of its root and of the app, so that what cannot be read is told before anything is installed. */
export function readNodeFiles(source: DependencySource, project: string): void {
  linkedFolders(source)
  for (const folder of new Set([path.dirname(source.file), project])) if (existsSync(path.join(folder, 'package.json'))) readManifest(path.join(folder, 'package.json'))
}

/** Copies manifests (without their scripts), lock and linked folders to `into`, each at its place relative to the others. */
export function copyProject(source: DependencySource, project: string, into: string): ProjectCopy {
  const root = path.dirname(source.file)
  const linked = linkedFolders(source)
  const base = commonFolder([root, project, ...linked])
  const place = (folder: string): string => path.join(into, path.relative(base, folder))
  for (const folder of [root, project]) copyManifests(folder, place(folder))
  for (const folder of linked) {
    if (isInside(folder, project)) continue
    cpSync(folder, place(folder), { recursive: true, filter: (from) => !['node_modules', '.git'].includes(path.basename(from)) })
    copyManifest(folder, place(folder))
  }
  return { root: place(root), project: place(project) }
}

const manifests = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', '.pnpmfile.cjs', 'patches']

function copyManifests(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  copyManifest(from, to)
  for (const name of manifests.filter((candidate) => existsSync(path.join(from, candidate)))) cpSync(path.join(from, name), path.join(to, name), { recursive: true })
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let candidate = common
    while (!isInside(candidate, folder)) candidate = path.dirname(candidate)
    return candidate
  })
}
