import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stringify } from 'yaml'
import { commonFolder } from '../../paths.ts'
import { defaultExcludes } from '../tree/defaults.ts'
import { compileRules } from '../tree/ignore.ts'
import { copyFolder } from './copy-folder.ts'
import type { DependencySource } from './dependency-source.ts'
import { readYaml } from './locks/parse.ts'
import { projectOf, readNodeLock, shippedFolders, type NodeLock } from './node-lock.ts'
import { copyManifest, readManifest } from './node-manifest.ts'

/** A copy of what an installer needs: the user's own folders stay as they are. */
export interface ProjectCopy {
  /** Where the lock lies. */
  readonly root: string
  /** The app's folder below it. */
  readonly project: string
  /** The repository's folders that come along. */
  readonly linked: readonly string[]
}

/** What a linked folder ships without: what an app's own folder does, and what is installed into it anew. */
export const linkedExcludes = compileRules([...defaultExcludes, 'node_modules'])

/** Reads the lock and the manifests of its root and of the app, so that what cannot be read is told before anything is installed. */
export function readNodeFiles(source: DependencySource, folder: string): NodeLock {
  const lock = readNodeLock(source)
  for (const each of new Set([lock.root, projectOf(lock, folder), folder])) if (existsSync(path
    .join(each, 'package.json'))) readManifest(path.join(each, 'package.json'))
  return lock
}

interface Copied {
  readonly lock: NodeLock
  readonly kind: DependencySource['kind']
  readonly project: string
  /** The checked-out repository. */
  readonly workspace: string
}

/** Copies manifests (without their scripts), lock, linked folders and local files to `into`, each at its place relative to the others. */
export function copyProject({ lock, kind, project, workspace }: Copied, into: string): ProjectCopy {
  const linked = shippedFolders(lock, project)
  const base = commonFolder(lock.root, project, ...lock.members, ...linked, ...lock.files)
  const place = (file: string): string => path.join(into, path.relative(base, file))
  // npm wants to know every member of the workspace; the others install all that they know, so they are shown what comes along.
  const known = kind === 'npm' || kind === 'package' ? lock.members : linked
  for (const folder of known) copyManifest(folder, place(folder))
  for (const folder of new Set([lock.root, project])) copyManifests(folder, place(folder))
  if (kind === 'pnpm' && project !== lock.root) narrow(lock.root, { to: place(lock.root), kept: [project, ...linked] })
  for (const folder of linked) {
    copyFolder({ from: folder, to: place(folder), rules: linkedExcludes, workspace })
    copyManifest(folder, place(folder))
  }
  for (const file of lock.files.filter((each) => !statSync(each).isDirectory())) {
    mkdirSync(path.dirname(place(file)), { recursive: true })
    cpSync(file, place(file))
  }
  return { root: place(lock.root), project: place(project), linked: linked.map(place) }
}

/** Takes the workspace's root and other members out of a copied pnpm workspace, which installs what all of them need. */
function narrow(root: string, { to, kept }: { readonly to: string, readonly kept: readonly string[] }): void {
  const lock = readYaml(path.join(root, 'pnpm-lock.yaml'), '') as { readonly importers?: Readonly<Record<string, unknown>> }
  const importers = Object.entries(lock.importers ?? {}).filter(([name]) => kept.includes(path.resolve(root, name)))
  writeFileSync(path.join(to, 'pnpm-lock.yaml'), stringify({ ...lock, importers: { '.': {}, ...Object.fromEntries(importers) } }))
  if (!existsSync(path.join(root, 'package.json'))) return
  const manifest = readManifest(path.join(root, 'package.json'))
  const own = Object.fromEntries(Object.entries(manifest).filter(([name]) => !/dependencies$/i.test(name) && name !== 'scripts'))
  writeFileSync(path.join(to, 'package.json'), JSON.stringify(own))
}

/** Settings of installers that decide what is installed. */
export const settingFiles: readonly string[] = ['.npmrc', 'pnpm-workspace.yaml', '.yarnrc', '.yarnrc.yml', 'bunfig.toml']

const manifests = [
  ...settingFiles, 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', '.pnpmfile.cjs', 'patches',
  '.yarn/patches', '.yarn/plugins', '.yarn/releases',
]

function copyManifests(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  copyManifest(from, to)
  for (const name of manifests.filter((candidate) => existsSync(path.join(from, candidate)))) cpSync(path.join(from, name), path
    .join(to, name), { recursive: true })
}
