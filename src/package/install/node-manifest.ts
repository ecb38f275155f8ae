import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../../diagnostics.ts'
import { readJson } from './locks/parse.ts'
import { table, text } from './locks/toml.ts'

/** What npm and pnpm run of a project when they install it. `prepare` and its kin are for those who work on it. */
const installScripts = ['preinstall', 'install', 'postinstall']

/** Copies a folder's package.json without its scripts: they want development tools and the project's other files, and neither is there. */
export function copyManifest(from: string, to: string): void {
  const file = path.join(from, 'package.json')
  if (!existsSync(file)) return
  const manifest = readManifest(file)
  mkdirSync(to, { recursive: true })
  writeFileSync(path.join(to, 'package.json'), `${JSON.stringify({ ...manifest, scripts: undefined }, null, 2)}\n`)
}

/** The folders whose packages are among what was installed (`name==version`). */
export function installedFolders(folders: readonly string[], resolved: readonly string[]): readonly string[] {
  const names = new Set(resolved.map((each) => each.slice(0, each.lastIndexOf('=='))))
  return folders.filter((folder) => existsSync(path.join(folder, 'package.json'))
    && names.has(text(readManifest(path.join(folder, 'package.json')), 'name') ?? ''))
}

/** Tells of scripts that other installs of the project run. */
export function warnOfScripts(folders: readonly string[], diagnostics: Diagnostics): void {
  for (const file of [...new Set(folders)].map((folder) => path.join(folder, 'package.json'))
    .filter((candidate) => existsSync(candidate))) {
    const scripts = table(readManifest(file), 'scripts')
    const left = installScripts.filter((name) => scripts[name] !== undefined)
    if (left.length === 0) continue
    diagnostics.warning({
      what: `The script${left.length === 1 ? '' : 's'} ${left.join(' and ')} of ${file} ${left.length === 1 ? 'is' : 'are'} not run.`,
      why: 'Dependencies are installed apart from the project, without its development tools and other files; their own scripts are run.',
      cure: 'Run what the code needs in a step before this one, or deploy a prebuilt package.',
      place: { file }, docs: 'packaging.md#node',
    })
  }
}

/** A package.json; what is none is a UserError. */
export function readManifest(file: string): Readonly<Record<string, unknown>> {
  return readJson(file, 'Fix the file.')
}
