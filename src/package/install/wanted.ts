import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { Diagnostics } from '../../diagnostics.ts'
import type { Env } from '../env.ts'
import { digestEntries } from '../tree/digest.ts'
import { walk } from '../tree/walk.ts'
import type { DependencyKind, DependencySource } from './dependency-source.ts'
import { checkListFile } from './list-file.ts'
import { notOfPackage } from './local-folder.ts'
import { readPylock } from './locks/pylock.ts'
import { readPoetryLock } from './locks/poetry.ts'
import { readPdmLock } from './locks/pdm.ts'
import { readPipfileLock } from './locks/pipfile.ts'
import { readPyproject } from './locks/pyproject.ts'
import { recordedOptions } from './locks/recorded-indexes.ts'
import { uvIndexes, uvLocalFolders } from './locks/uv.ts'
import { readRequirements, type LocalRequirement, type Wanted } from './requirements.ts'
import { gitState, namedOutside } from './surroundings.ts'

/**
 * Reads the file that lists the dependencies; `uv` is the exception, whose lock only uv itself turns into requirements (see
 * locks/uv.ts).
 */
export function readWanted(source: DependencySource, env: Env): Wanted {
  checkListFile(source.file, source.file, env)
  const wanted = read(source, env)
  const allowed = (env['PIP_NO_BINARY'] ?? '').split(/[\s,]+/).filter((name) => name !== '')
  return { ...wanted, buildable: [...wanted.buildable, ...allowed] }
}

function read(source: DependencySource, env: Env): Wanted {
  switch (source.kind) {
    case 'requirements': return readRequirements(source.file, env)
    case 'pylock': return readPylock(source.file, env)
    case 'poetry': return readPoetryLock(source.file, env)
    case 'pdm': return readPdmLock(source.file, env)
    case 'pipfile': return readPipfileLock(source.file, env)
    case 'uv': return {
      lines: [], locals: uvLocalFolders(source.file), repositories: [], constraints: [],
      options: recordedOptions(uvIndexes(source.file), env), buildable: [], files: [source.file], hashed: true,
    }
    case 'pyproject': return readPyproject(source.file)
    default: throw new Error(`${source.kind} is no list of Python packages`)
  }
}

/**
 * Whether the same files always give the same packages: every line for an index has its hash, and repositories their commit. A requirements
 * file of folders and repositories alone says nothing of what these need in turn, so that is looked for on every run.
 */
export function isPinned(wanted: Wanted, kind: DependencyKind): boolean {
  const built = wanted.locals.length + wanted.repositories.length
  const closed = kind !== 'requirements' && kind !== 'pyproject' || wanted.lines.length > 0 || built === 0
  return closed && wanted.hashed && wanted.constraints.length === 0
    && wanted.repositories.every((line) => /@[0-9a-f]{40}(?:#|\s|$)/.test(line))
}

/** Hex digest over all that decides what is installed, as far as it lies in the repository. */
export function digestWanted(wanted: Wanted, source: DependencySource, folder: string): string {
  const hash = createHash('sha256').update(
    `${source.kind}\0${path.relative(path.dirname(source.file), folder)}\0${wanted.buildable.join(',')}\n`,
  )
  for (const file of wanted.files) hash.update(readFileSync(file, 'utf8').replace(/\r\n/g, '\n')).update('\0')
  for (const local of wanted.locals) hash.update(digestLocal(local)).update('\0')
  return hash.digest('hex')
}

/** Hex digest of a folder or file that is built, and of what its build reads outside of it. */
export function digestLocal(local: Pick<LocalRequirement, 'path'>): string {
  if (!existsSync(local.path) || !statSync(local.path).isDirectory()) return digestPlace(local.path)
  const outside = namedOutside(local.path).map((place) => `${path.relative(local.path, place)} ${digestPlace(place)}`)
  const hash = createHash('sha256').update(digestPlace(local.path))
  for (const each of [...outside, gitState(local.path)]) hash.update(`\n${each}`)
  return hash.digest('hex')
}

function digestPlace(place: string): string {
  if (!existsSync(place)) return 'missing'
  if (!statSync(place).isDirectory()) return createHash('sha256').update(readFileSync(place)).digest('hex')
  const workspace = path.parse(place).root
  // A link counts as what it leads to, wherever that lies: builds read through it.
  return digestEntries(walk(
    place, { rules: notOfPackage, never: [], workspace, keepLinks: false, owner: '', diagnostics: new Diagnostics() }
  ))
}
