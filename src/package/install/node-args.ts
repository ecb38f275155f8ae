import type { Architecture } from '../../service/service.ts'
import { machines } from '../runtimes.ts'
import type { NodeTool } from './node-tool.ts'

interface Target {
  readonly architecture: Architecture
  /** The member's folder below the lock's; empty where they are one. */
  readonly member: string
}

/** The arguments with which a tool installs what a lock pins, for the target. */
export function installArgs({ kind, version }: Pick<NodeTool, 'kind' | 'version'>, target: Target): string[] {
  const left = runsScripts(target.architecture) ? [] : ['--ignore-scripts']
  switch (kind) {
    case 'npm': return [...npmArgs(target), ...left]
    case 'pnpm': return [...pnpmArgs(target, takesMachine(version)), ...left]
    case 'yarn classic': return [...classicArgs, ...left]
    // What else it must know stands in its settings (node-narrow.ts).
    case 'yarn': return ['install']
    case 'bun': return [...bunArgs(target), ...left]
  }
}

function npmArgs({ architecture, member }: Target): string[] {
  return [
    'ci',
    '--omit=dev',
    '--include=optional',
    '--os=linux',
    `--cpu=${machines[architecture].node}`,
    '--libc=glibc',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    ...(member === '' ? [] : [`--workspace=${member}`]),
  ]
}

/** Whether this pnpm is told the machine by options, which came with 10.14 (pnpm/pnpm, changelog); an older one reads it in a manifest. */
export function takesMachine(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number)
  return version === undefined || major > 10 || (major === 10 && minor >= 14)
}

/** The hoisted layout has plain folders, as npm makes them: pnpm's own is links into a store of its own. */
function pnpmArgs({ architecture, member }: Target, machine: boolean): string[] {
  // The member with the workspace's packages that it needs, and not what the others need.
  return [
    ...(member === '' ? [] : [`--filter={${member}}...`]),
    'install',
    '--prod',
    '--frozen-lockfile',
    '--config.node-linker=hoisted',
    '--config.package-import-method=copy',
    '--config.confirm-modules-purge=false',
    ...(machine ? ['--os=linux', `--cpu=${machines[architecture].node}`, '--libc=glibc'] : []),
    '--reporter=append-only',
  ]
}

/** Install scripts build for the machine they run on, so they run only where that is the target. */
export function runsScripts(architecture: Architecture): boolean {
  return process.platform === 'linux' && process.arch === machines[architecture].node
}

/** It knows no other machine than its own: it takes the packages of all, and what is foreign goes afterwards. */
const classicArgs = ['install', '--non-interactive', '--no-progress', '--ignore-engines', '--ignore-platform']

function bunArgs({ architecture }: Target): string[] {
  return ['install', '--os=linux', `--cpu=${machines[architecture].node}`, '--linker=hoisted', '--backend=copyfile']
}
