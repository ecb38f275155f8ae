import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from '../lib/children.mjs'
import { root } from '../lib/requirements.mjs'

/** The committed bundle that GitHub's runner starts. */
export const dist = join(root, 'dist')

const ncc = join(root, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js')

/**
 * Bundles src/index.ts and its dependencies into `folder`.
 * Unminified: minifying saves no start-up time and nobody could review the result.
 * @throws Error with ncc's words when it fails, or when the result cannot be what is meant
 */
export async function bundle(folder: string): Promise<void> {
  const args = [ncc, 'build', 'src/index.ts', '-o', folder, '--license', 'licenses.txt', '--no-cache']
  const { code, output } = await run(process.execPath, args, { cwd: root })
  if (code !== 0) throw new Error(`ncc failed:\n${output.trim()}`)
  for (const [name, bytes] of contents(folder)) refuseTraps(name, bytes.toString('utf8'))
}

/** Every file of a bundle by its path. */
export function contents(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]))
}

/** One line for each file of `built` and `committed` that is not the same in both. */
export function differences(built: ReadonlyMap<string, Buffer>, committed: ReadonlyMap<string, Buffer>): string[] {
  const names = [...new Set([...built.keys(), ...committed.keys()])].sort()
  return names.flatMap((name) => {
    const [fresh, old] = [built.get(name), committed.get(name)]
    if (fresh === undefined) return [`dist/${name} is not part of the build any more`]
    if (old === undefined) return [`dist/${name} is missing`]
    return fresh.equals(old) ? [] : [`dist/${name} differs from what src/ gives now`]
  })
}

function refuseTraps(name: string, text: string): void {
  // ncc ends with exit code 0 when it could not resolve a module; the bundle then dies on its start.
  if (text.includes('webpackMissingModule')) throw new Error(`${name}: a module could not be resolved`)
  for (const path of [root, homedir()]) {
    if (path.length > 1 && text.includes(`${path}/`)) throw new Error(`${name} holds the path ${path}: it would differ from machine to machine`)
  }
}
