import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../../diagnostics.ts'
import { copyFolder } from './copy-folder.ts'
import type { ProjectCopy } from './node-project.ts'

interface Modules extends ProjectCopy {
  /** The empty `node_modules` of the package. */
  readonly into: string
  /** The user's own `node_modules`, for what an earlier step has generated there. */
  readonly own: readonly string[]
  /** The checked-out repository. */
  readonly workspace: string
}

/** Installers' own notes: dates, paths, and links to command line tools; and caches of tools. */
const notes = new Set([
  '.bin',
  '.package-lock.json',
  '.modules.yaml',
  '.cache',
  '.pnpm',
  '.pnpm-workspace-state-v1.json',
  '.pnpm-workspace-state.json',
  '.yarn-integrity',
  '.yarn-state.yml',
  '.store',
  '.vite',
  '.vite-temp',
  '.vitest',
])

/**
 * Copies what was installed into one `node_modules`: the root's, then the workspace member's own, links to the repository's folders
 * followed where these come along, and what code generators have put there. Answers `name==version` of each package, sorted.
 */
export function collectModules({ root, project, linked, into, own, workspace }: Modules, diagnostics: Diagnostics): readonly string[] {
  const shipped = new Set(linked.map((folder) => realpathSync(folder)))
  const installed = [...new Set([path.join(root, 'node_modules'), path.join(project, 'node_modules')])]
  for (const folder of installed) {
    for (const name of packagesIn(folder)) copyPackage(path.join(folder, name), name, { shipped, into, diagnostics })
  }
  // What the user's own step has generated comes after what an install script has, which is often a stub.
  for (const folder of [...installed, ...own])
    for (const name of generatedIn(folder)) copyFolder({ from: path.join(folder, name), to: path.join(into, name), rules: [], workspace })
  return resolvedIn(into)
}

/** `name==version` of each package in a `node_modules`, sorted. */
export function resolvedIn(folder: string): readonly string[] {
  return packagesIn(folder).map((name) => `${name}==${versionOf(path.join(folder, name)) ?? '?'}`).sort()
}

interface Copying {
  readonly shipped: ReadonlySet<string>
  readonly into: string
  readonly diagnostics: Diagnostics
}

function copyPackage(from: string, name: string, { shipped, into, diagnostics }: Copying): void {
  const to = path.join(into, name)
  const link = lstatSync(from).isSymbolicLink()
  // The app is a member of its own workspace, and lies at the package's root already; other members are not asked for.
  if (link && !shipped.has(realpathSync(from))) return
  if (existsSync(to)) {
    if (versionOf(to) !== versionOf(from)) {
      diagnostics.error({
        what: `The workspace has ${name} ${versionOf(to) ?? ''} at its root and ${versionOf(from) ?? ''} in the app.`,
        why: 'A package for Lambda has one node_modules, and libraries at its root need theirs.',
        cure: 'Ask for one version in the whole workspace, or bundle the app (esbuild, rollup) and deploy the bundle.',
        docs: 'packaging.md#node',
      })
    }
    rmSync(to, { recursive: true, force: true })
  }
  copyTree(link ? realpathSync(from) : from, to)
}

function copyTree(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true })
  const isNote = (file: string): boolean => path.basename(path.dirname(file)) === 'node_modules' && notes.has(path.basename(file))
  cpSync(from, to, { recursive: true, force: true, verbatimSymlinks: true, filter: (file) => !isNote(file) })
}

/** Names of the packages in a `node_modules`, scopes opened. */
export function packagesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => !name.startsWith('.')).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(folder, name)).map((inner) => `${name}/${inner}`) : [name])
}

/** Folders whose name begins with a dot and that hold code: what generators write for their library, as `prisma generate` does. */
export function generatedIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const dotted = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name.startsWith('.') && !notes.has(entry.name),
  )
  return dotted
    .map(({ name }) => name)
    .filter((name) =>
      [name, ...readdirSync(path.join(folder, name)).map((inner) => `${name}/${inner}`)].some((each) =>
        holdsCode(path.join(folder, each)),
      ),
    )
}

function holdsCode(folder: string): boolean {
  return ['package.json', 'index.js', 'index.mjs', 'index.cjs'].some((name) => existsSync(path.join(folder, name)))
}

function versionOf(folder: string): string | undefined {
  const manifest = path.join(folder, 'package.json')
  return existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version : undefined
}
