import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { isInside } from '../../paths.ts'
import type { DependencyKind, DependencySource } from '../types.ts'
import { copyManifest } from './node-manifest.ts'

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

/** The repository's folders that the lock links to: workspace members and `file:` dependencies. */
export function linkedFolders(source: DependencySource): readonly string[] {
  const root = path.dirname(source.file)
  const folders = source.kind === 'pnpm' ? pnpmMembers(source.file) : npmLinks(source.file)
  return [...new Set(folders.map((folder) => path.resolve(root, folder)))].filter((folder) => folder !== root && existsSync(folder) && statSync(folder).isDirectory()).sort()
}

function npmLinks(lock: string): string[] {
  const { packages = {} } = JSON.parse(readFileSync(lock, 'utf8')) as Lock
  return Object.values(packages).flatMap((entry) => entry.link === true && entry.resolved !== undefined ? [entry.resolved] : [])
}

/** Every importer of a pnpm lock, and what they link to. */
function pnpmMembers(lock: string): string[] {
  const { importers = {} } = parse(readFileSync(lock, 'utf8')) as { importers?: Record<string, { dependencies?: Record<string, { version?: string }> }> }
  return Object.entries(importers).flatMap(([folder, { dependencies = {} }]) =>
    [folder, ...Object.values(dependencies).flatMap(({ version = '' }) => version.startsWith('link:') ? [path.join(folder, version.slice(5))] : [])])
}

/** The folders that a lock speaks of as its own packages, its root left out. */
export function lockMembers(lock: string, kind: DependencyKind): readonly string[] {
  const root = path.dirname(lock)
  const names = kind === 'pnpm' ? Object.keys((parse(readFileSync(lock, 'utf8')) as { importers?: object } | null)?.importers ?? {})
    : Object.keys((JSON.parse(readFileSync(lock, 'utf8')) as Lock).packages ?? {}).filter((name) => !/(?:^|\/)node_modules\//.test(name))
  return names.filter((name) => name !== '' && name !== '.').map((name) => path.resolve(root, name))
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
