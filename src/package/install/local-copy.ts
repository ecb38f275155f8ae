import { spawnSync } from 'node:child_process'
import {
  constants, copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { isInside } from '../../paths.ts'
import type { Job } from './job.ts'
import { isOfPackage } from './local-folder.ts'
import type { LocalRequirement } from './requirements.ts'

/** A requirement for a copy of the folder: building in place would leave `build/` and `*.egg-info` in the user's tree. */
export function localLine(local: LocalRequirement, job: Job): string {
  return `${copyOf(local.path, job)}${local.extras}${local.marker === '' ? '' : ` ; ${local.marker}`}`
}

/** What a path in a copy is the copy of. */
export function originalOf(place: string, job: Job): string {
  const [copy, original] = [...job.copies].find(([each]) => isInside(each, place)) ?? []
  return copy === undefined || original === undefined ? place : path.join(original, path.relative(copy, place))
}

/** The folder or file in a copy, which is made once for a job; where its build may look around it lies in a copy of the repository. */
function copyOf(local: string, job: Job): string {
  const isFolder = statSync(local).isDirectory()
  const root = isFolder && looksAround(local) ? rootOf(local, job.workspace) : local
  const known = [...job.copies].find(([, original]) => original === root)?.[0]
  const copy = known ?? path.join(job.folder, 'local', String(job.copies.size), path.basename(root))
  const place = path.join(copy, path.relative(root, local))
  if (known === undefined) {
    mkdirSync(path.dirname(copy), { recursive: true })
    job.copies.set(copy, root)
    if (!isFolder) cpSync(local, copy)
    else if (root !== local) copyRepository(root, copy, job)
  }
  if (isFolder && (root !== local || known === undefined)) {
    // What git ignores (generated code) is part of the package, too.
    cpSync(local, place, { recursive: true, filter: (from) => from === local || isOfPackage(from, local) })
    pointToGit(root, place, copy)
  }
  return place
}

/** What names things outside of the folder: neighbours, a version out of git, a workspace; a setup.py may do anything. */
function looksAround(folder: string): boolean {
  if (existsSync(path.join(folder, 'setup.py')) || existsSync(path.join(folder, 'Cargo.toml'))) return true
  const settings = ['pyproject.toml', 'setup.cfg'].map((name) => path.join(folder, name)).filter((file) => existsSync(file))
  return settings.some((file) => /\.\.|\bgit|scm|vcs|\bpbr\b|dynamic|root:|workspace/i.test(readFileSync(file, 'utf8')))
}

/** The workspace; for a folder outside of it the repository that it lies in, if any. */
function rootOf(local: string, workspace: string): string {
  if (isInside(workspace, local)) return workspace
  for (let folder = local; path.dirname(folder) !== folder; folder = path.dirname(folder))
    if (existsSync(path.join(folder, '.git'))) return folder
  return local
}

/** What git knows of, or would take; without git all but what tools put there. */
function copyRepository(root: string, copy: string, job: Job): void {
  const listed = spawnSync(
    'git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, env: job.env, encoding: 'utf8', maxBuffer: 1 << 28 }
  )
  const files = listed.status === 0 ? listed.stdout.split('\0').filter((file) => file !== '') : walkAll(root, '')
  for (const file of new Set(files)) {
    const from = path.join(root, file)
    const stat = lstatSync(from, { throwIfNoEntry: false })
    if (stat?.isFile() !== true && stat?.isSymbolicLink() !== true) continue
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
    if (stat.isSymbolicLink()) cpSync(from, path.join(copy, file), { verbatimSymlinks: true })
    else copyFileSync(from, path.join(copy, file), constants.COPYFILE_FICLONE)
  }
}

const ofTools = /^(?:\.git|\.venv|venv|node_modules|\.tox|\.nox|__pycache__)$/

function walkAll(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    return ofTools.test(entry.name) ? [] : entry.isDirectory() ? walkAll(root, file) : [file]
  })
}

/**
 * Lets git find the repository from the copy: versions are made of its tags, and lists of files of its index. Nothing is written there
 * (GIT_OPTIONAL_LOCKS).
 */
function pointToGit(root: string, place: string, copy: string): void {
  for (let folder = place; isInside(copy, folder); folder = path.dirname(folder)) {
    const git = path.join(root, path.relative(copy, folder), '.git')
    if (!existsSync(git)) continue
    const target = statSync(git).isDirectory()
      ? git
      : path.resolve(path.dirname(git), readFileSync(git, 'utf8').replace(/^gitdir:/, '').trim())
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, '.git'), `gitdir: ${target}\n`)
  }
}
