// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { start } from './children.mjs'
import { root, SetUpError } from './requirements.mjs'

/**
 * Installs what package-lock.json names, unless exactly that is installed.
 * npm's own record of what it installed is the witness: it is written last, so that an installation cut short is done again.
 */
export async function installPackages() {
  if (isInstalled()) return
  process.stderr.write('Installing the npm packages of package-lock.json ...\n')
  // No package here needs its install script, and npm 12 refuses them anyway.
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { code } = await start('npm', args, { cwd: root, stdio: ['ignore', 2, 2] }).ended.catch(() => ({ code: 127 }))
  if (code === 127) throw new SetUpError('npm was not found in PATH. It comes with Node: install that from https://nodejs.org.')
  if (code !== 0) throw new SetUpError('`npm ci` failed; its own words stand above. Check the network and the registry, then start again.')
}

/** @returns {boolean} whether node_modules holds what package-lock.json asks for on this platform */
export function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = read(join(root, 'package-lock.json'))
  const present = read(record)
  const matches = Object.entries(wanted).every(([path, entry]) => {
    const installed = present[path]
    return path === '' || (installed === undefined ? entry.optional === true : installed.integrity === entry.integrity)
  })
  return matches && Object.keys(present).every((path) => path in wanted)
}

/**
 * @param {string} path
 * @returns {Record<string, { integrity?: string, optional?: boolean }>} packages by their place below the project
 */
const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages
