import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { distributionName } from '../python-name.ts'

/** One installed distribution, from its dist-info folder. */
export interface Distribution {
  readonly name: string
  readonly version: string
  /** POSIX paths of its files below the install folder, with the digest that its RECORD gives (`sha256=...`, or empty). */
  readonly files: ReadonlyMap<string, string>
}

/** Installer's own notes: who installed, whether asked for, and a path of this machine. */
const notes = ['INSTALLER', 'REQUESTED', 'direct_url.json', 'uv_cache.json', 'uv_build.json']

/**
 * Brings an install folder into its one form: no notes of the installer, no scripts (`bin/` holds this machine's interpreter in its first
 * line, and its digest stands in RECORD), no bytecode of the installer's. Metadata, entry points and licences stay: importlib.metadata
 * and plugins read them.
 */
export function normalize(folder: string): readonly Distribution[] {
  rmSync(path.join(folder, 'bin'), { recursive: true, force: true })
  rmSync(path.join(folder, '.lock'), { force: true })
  dropBytecode(folder)
  return readdirSync(folder).filter((name) => name.endsWith('.dist-info')).sort().map((name) => normalizeDistribution(folder, name))
}

/** The distributions of a folder that has its one form already. */
export function distributionsOf(folder: string): readonly Distribution[] {
  return readdirSync(folder).filter((name) => name.endsWith('.dist-info')).sort().map((info) => describe(info, recordRows(folder, info)))
}

function normalizeDistribution(folder: string, info: string): Distribution {
  for (const note of notes) rmSync(path.join(folder, info, note), { force: true })
  const rows = recordRows(folder, info).filter(({ path: file }) => file !== '' && existsSync(path.join(folder, file)))
  if (rows.length > 0) writeFileSync(path.join(folder, info, 'RECORD'), `${rows.map((row) => row.text).sort().join('\n')}\n`)
  return describe(info, rows)
}

interface Row {
  readonly path: string
  readonly hash: string
  readonly text: string
}

/** RECORD's rows that lie in the folder: `path,hash,size`, the path quoted where it holds a comma. */
function recordRows(folder: string, info: string): readonly Row[] {
  const file = path.join(folder, info, 'RECORD')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split(/\r?\n/).filter((line) => line !== '').flatMap((text) => {
    const match = /^(?:"((?:[^"]|"")*)"|([^,]*)),([^,]*),/.exec(text)
    const name = path.posix.normalize((match?.[1]?.replaceAll('""', '"') ?? match?.[2] ?? '').replaceAll('\\', '/'))
    return name.startsWith('..') || path.posix.isAbsolute(name) ? [] : [{ path: name, hash: match?.[3] ?? '', text }]
  })
}

function describe(info: string, rows: readonly Row[]): Distribution {
  const [name = '', version = ''] = info.replace(/\.dist-info$/, '').split('-')
  return { name: distributionName(name), version, files: new Map(rows.map((row) => [row.path, row.hash])) }
}

function dropBytecode(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isDirectory() ? entry.name === '__pycache__' : entry.name.endsWith('.pyc')) rmSync(file, { recursive: true, force: true })
  }
}
