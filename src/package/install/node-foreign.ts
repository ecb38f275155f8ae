import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Architecture } from '../../service/service.ts'
import { machines } from '../runtimes.ts'
import { packagesIn } from './node-modules.ts'

/**
 * Removes the packages that say by `os`, `cpu` or `libc` that they are for other machines: Yarn 1 and bun know no libc, and Yarn 1 has to
 * take those of all machines (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os).
 */
export function dropForeign(modules: string, architecture: Architecture): void {
  for (const name of packagesIn(modules)) {
    const folder = path.join(modules, name)
    if (isForeign(path.join(folder, 'package.json'), architecture)) rmSync(folder, { recursive: true, force: true })
    else dropForeign(path.join(folder, 'node_modules'), architecture)
  }
}

type Machines = string | readonly string[] | undefined

interface Manifest {
  readonly os?: Machines
  readonly cpu?: Machines
  readonly libc?: Machines
}

function isForeign(manifest: string, architecture: Architecture): boolean {
  if (!existsSync(manifest)) return false
  const { os, cpu, libc } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
  return !allows(os, 'linux') || !allows(cpu, machines[architecture].node) || !allows(libc, 'glibc')
}

/** `["linux"]`, `["!win32"]`; nothing allows all. */
function allows(listed: Machines, wanted: string): boolean {
  const all = listed === undefined ? [] : typeof listed === 'string' ? [listed] : listed
  const positive = all.filter((each) => !each.startsWith('!'))
  return !all.includes(`!${wanted}`) && (positive.length === 0 || positive.includes(wanted) || positive.includes('any'))
}
