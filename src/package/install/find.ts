import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'smol-toml'
import { isInside } from '../../paths.ts'
import type { CodeSpec } from '../../service/service.ts'
import { isFile } from '../check-paths.ts'
import type { Runtime } from '../runtimes.ts'
import type { DependencyKind, DependencySource } from './dependency-source.ts'
import { uvMembers } from './locks/uv.ts'
import { readNodeLock } from './node-lock.ts'

/** Which file wins, first to last: locks before what floats. */
const pythonFiles: readonly (readonly [string, DependencyKind])[] = [
  ['uv.lock', 'uv'], ['pylock.toml', 'pylock'], ['poetry.lock', 'poetry'], ['pdm.lock', 'pdm'], ['Pipfile.lock', 'pipfile'],
  ['requirements.txt', 'requirements'], ['pyproject.toml', 'pyproject'],
]
const nodeLocks: readonly (readonly [string, DependencyKind])[] = [
  ['package-lock.json', 'npm'], ['npm-shrinkwrap.json', 'npm'], ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'], ['bun.lock', 'bun'],
]
const nodeFiles: readonly (readonly [string, DependencyKind])[] = [...nodeLocks, ['package.json', 'package']]
/** What lists dependencies without pinning them; a lock above comes first. */
const manifests: readonly string[] = ['pyproject.toml', 'package.json']
/** bun's older lock, which is no text: without it the manifest would be taken for one that nobody has locked. */
export const binaryLock = 'bun.lockb'

/** The file that lists the dependencies: the one that the user names, else the first of the order above that lies in the source folder. */
export function findDependencies(code: CodeSpec, runtime: Runtime, workspace: string): DependencySource | undefined {
  if (runtime.family === 'other') return undefined
  if (code.requirements !== undefined) return {
    file: code.requirements, kind: kindOf(code.requirements, runtime.family), why: 'the input `requirements` names it',
  }
  const files = runtime.family === 'python' ? pythonFiles : nodeFiles
  const there = files.filter(([name]) => isFile(path.join(code.source, name)) && asks(path.join(code.source, name)))
  const first = there[0]
  if (first !== undefined && !manifests.includes(first[0])) {
    const rest = there.slice(1).map(([name]) => name).filter((name) => !manifests.includes(name))
    return {
      file: path.join(code.source, first[0]), kind: first[1],
      why: rest.length === 0 ? 'it lies in the source folder' : `it comes before ${rest.join(' and ')}`,
    }
  }
  return lockAbove(code.source, runtime.family, workspace) ?? (first === undefined ? undefined
    : { file: path.join(code.source, first[0]), kind: first[1], why: 'there is no lock file beside it' })
}

/** A member of a workspace has its lock in a folder above. */
function lockAbove(source: string, family: 'python' | 'node', workspace: string): DependencySource | undefined {
  const [manifest, locks] = family === 'python'
    ? ['pyproject.toml', pythonFiles.slice(0, 1)] as const
    : ['package.json', nodeLocks] as const
  if (!existsSync(path.join(source, manifest))) return undefined
  for (let folder = path.dirname(source); isInside(workspace, folder) && folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const lock = locks.find(([name]) => existsSync(path.join(folder, name)))
    if (lock !== undefined) {
      const found = { file: path.join(folder, lock[0]), kind: lock[1], why: 'it is the lock of the workspace above' }
      return isMember(source, found) ? found : undefined
    }
  }
  return undefined
}

/** Whether a lock lists the folder as one of its own: a package.json in a folder of build output, say, makes no member. */
function isMember(source: string, { file, kind }: DependencySource): boolean {
  try {
    return (kind === 'uv' ? uvMembers(file) : readNodeLock({ file, kind }).members).includes(source)
  } catch {
    // A lock that cannot be read is said where it is read for its packages.
    return true
  }
}

function kindOf(file: string, family: 'python' | 'node'): DependencyKind {
  const name = path.basename(file)
  const known = [...pythonFiles, ...nodeFiles].find(([candidate]) => candidate === name)
  return known?.[1] ?? (/^pylock\..+\.toml$/.test(name) ? 'pylock' : family === 'python' ? 'requirements' : 'npm')
}

/** A manifest that configures tools only asks for nothing. */
function asks(file: string): boolean {
  const name = path.basename(file)
  if (name === 'package.json') return !isFile(path.join(path.dirname(file), binaryLock)) && listsPackages(file)
  // Their tools are fetched where they are not there: not for nothing.
  if (name === 'yarn.lock' || name === 'bun.lock') return listsPackages(path.join(path.dirname(file), 'package.json'))
  if (name !== 'pyproject.toml') return true
  try {
    const { project, tool } = parse(readFileSync(file, 'utf8')) as {
      project?: { dependencies?: unknown[] }
      tool?: { poetry?: { dependencies?: object } }
    }
    return (project?.dependencies?.length ?? 0) > 0 || tool?.poetry?.dependencies !== undefined
  } catch {
    return true
  }
}

function listsPackages(file: string): boolean {
  try {
    const { dependencies = {}, optionalDependencies = {} } = JSON
      .parse(readFileSync(file, 'utf8')) as Readonly<Record<string, object | undefined>>
    return Object.keys({ ...dependencies, ...optionalDependencies }).length > 0
  } catch {
    // It is said where it is read for its packages.
    return true
  }
}
