import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import type { Architecture } from '../../service/service.ts'
import { machines } from '../runtimes.ts'
import { readManifest } from './node-manifest.ts'
import type { ProjectCopy } from './node-project.ts'
import { table } from './locks/toml.ts'

interface Narrowing {
  readonly copy: ProjectCopy
  readonly architecture: Architecture
  /** Whether dependencies' scripts may run here. */
  readonly isRun: boolean
}

/**
 * Shows Yarn and bun only what comes along: no development tools, no other members, and not what the workspace's root needs for itself.
 * Neither can be told so by an option in all its versions.
 */
export function narrowManifests({ copy, architecture, isRun }: Narrowing): void {
  const { root, project, linked } = copy
  const members = [project, ...linked].filter((folder) => folder !== root)
  for (const folder of new Set([root, project, ...linked])) {
    const file = path.join(folder, 'package.json')
    if (!existsSync(file)) continue
    const manifest = readManifest(file)
    const isOuter = folder === root && project !== root
    const kept = Object.entries(manifest).filter(([name]) => name !== 'devDependencies' && name !== 'packageManager'
      && !(isOuter && /^(?:d|optionalD|peerD)ependencies$/.test(name)))
    const workspaces = manifest['workspaces'] === undefined ? {} : {
      workspaces: {
        ...Array.isArray(manifest['workspaces']) ? {} : table(manifest, 'workspaces'),
        packages: members.map((member) => path.relative(root, member)),
      },
    }
    writeFileSync(file, JSON.stringify({ ...Object.fromEntries(kept), ...workspaces }))
  }
  writeSettings(root, { os: ['linux'], cpu: [machines[architecture].node], libc: ['glibc'] }, isRun)
}

/** The settings of Yarn from version 2 on, the user's own with ours over them. */
function writeSettings(root: string, supportedArchitectures: object, isRun: boolean): void {
  const file = path.join(root, '.yarnrc.yml')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const { nmHoistingLimits: _limits, ...own } = parse(text) as Readonly<Record<string, unknown>> | null ?? {}
  writeFileSync(file, stringify({
    ...own, supportedArchitectures, nodeLinker: 'node-modules', nmMode: 'classic', enableImmutableInstalls: false, enableTelemetry: false,
    enableProgressBars: false, enableMessageNames: true, ...(isRun ? {} : { enableScripts: false }),
  }))
}

/** Tells a pnpm without options for it which machine the packages are for. */
export function nameMachine(root: string, architecture: Architecture): void {
  const file = path.join(root, 'package.json')
  const manifest = existsSync(file) ? readManifest(file) : {}
  const supportedArchitectures = { os: ['linux'], cpu: [machines[architecture].node], libc: ['glibc'] }
  writeFileSync(file, JSON.stringify({ ...manifest, pnpm: { ...table(manifest, 'pnpm'), supportedArchitectures } }))
}

/** Yarn 2 refuses settings that came after it; what is foreign goes after the install. */
export function dropNewSettings(root: string): void {
  const file = path.join(root, '.yarnrc.yml')
  const { supportedArchitectures: _machines, nmMode: _mode, enableMessageNames: _names, ...known } = parse(readFileSync(file, 'utf8')) as
    Readonly<Record<string, unknown>>
  writeFileSync(file, stringify(known))
}
