import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../../diagnostics.ts'

interface Modules {
  readonly root: string
  readonly project: string
  /** The empty `node_modules` of the package. */
  readonly into: string
}

/** Installers' own notes: dates, paths, and links to command line tools. */
const notes = new Set(['.bin', '.package-lock.json', '.modules.yaml', '.cache', '.pnpm', '.pnpm-workspace-state-v1.json', '.pnpm-workspace-state.json', '.yarn-integrity'])

/**
 * Copies what was installed into one `node_modules`: the root's, then the workspace member's own, links to the repository's folders
 * followed. Answers `name==version` of each package, sorted.
 */
export function collectModules({ root, project, into }: Modules, diagnostics: Diagnostics): readonly string[] {
  for (const folder of new Set([path.join(root, 'node_modules'), path.join(project, 'node_modules')])) {
    for (const name of packagesIn(folder)) copyPackage(path.join(folder, name), name, { project, into, diagnostics })
  }
  return packagesIn(into).map((name) => `${name}==${versionOf(path.join(into, name)) ?? '?'}`).sort()
}

function copyPackage(from: string, name: string, { project, into, diagnostics }: Omit<Modules, 'root'> & { readonly diagnostics: Diagnostics }): void {
  const to = path.join(into, name)
  const link = lstatSync(from).isSymbolicLink()
  // The app is a member of its own workspace; its files lie at the package's root already.
  if (link && realpathSync(from) === realpathSync(project)) return
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
  mkdirSync(path.dirname(to), { recursive: true })
  const source = link ? realpathSync(from) : from
  cpSync(source, to, { recursive: true, verbatimSymlinks: true, filter: (file) => !(path.basename(path.dirname(file)) === 'node_modules' && notes.has(path.basename(file))) })
}

/** Names of the packages in a `node_modules`, scopes opened. */
export function packagesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => !name.startsWith('.')).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(folder, name)).map((inner) => `${name}/${inner}`) : [name])
}

function versionOf(folder: string): string | undefined {
  const manifest = path.join(folder, 'package.json')
  return existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version : undefined
}
