import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
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

/** What compilers read, and nothing that runs: pip and uv put a wheel's headers into different folders below `include/`. */
const header = /\.(?:h|hh|hpp|hxx|cuh|inl|pxd)$/i

/**
 * Brings an install folder into its one form, whichever installer filled it: no notes of the installer, no scripts (`bin/` holds this
 * machine's interpreter in its first line, and its digest stands in RECORD), no headers, no bytecode of the installer's. Metadata, entry
 * points and licences stay: importlib.metadata and plugins read them.
 */
export function normalize(folder: string): readonly Distribution[] {
  rmSync(path.join(folder, 'bin'), { recursive: true, force: true })
  rmSync(path.join(folder, '.lock'), { force: true })
  dropHeaders(path.join(folder, 'include'))
  dropBytecode(folder)
  return readdirSync(folder).filter((name) => name.endsWith('.dist-info')).sort().map((name) => normalizeDistribution(folder, name))
}

/** The distributions of a folder that has its one form already. */
export function distributionsOf(folder: string): readonly Distribution[] {
  return readdirSync(folder).filter((name) => name.endsWith('.dist-info')).sort().map((info) => describe(info, recordRows(folder, info)))
}

function normalizeDistribution(folder: string, info: string): Distribution {
  for (const note of notes) rmSync(path.join(folder, info, note), { force: true })
  const rows = recordRows(folder, info).filter(({ path: file }) => existsSync(path.join(folder, file)))
  if (rows.length > 0) writeFileSync(path.join(folder, info, 'RECORD'), `${rows.map(textOf).sort().join('\n')}\n`)
  return describe(info, rows)
}

interface Row {
  readonly path: string
  readonly hash: string
  readonly size: string
}

/** RECORD's rows that lie in the folder: `path,hash,size`, the path quoted where it holds a comma. */
function recordRows(folder: string, info: string): readonly Row[] {
  const file = path.join(folder, info, 'RECORD')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split(/\r?\n/).flatMap((text) => {
    const [, quoted, bare = '', hash = '', size = ''] = /^(?:"((?:[^"]|"")*)"|([^,]*)),([^,]*),([^,]*)$/.exec(text) ?? []
    const name = path.posix.normalize((quoted?.replaceAll('""', '"') ?? bare).replaceAll('\\', '/'))
    // pip counts from the folder that it installs to before it moves all of it: `../../share/doc/x` has become `share/doc/x`.
    const place = name.replace(/^(?:\.\.\/)+/, '')
    return place === '' || place === '.' || place === '..' || path.posix.isAbsolute(place) ? [] : [{ path: place, hash, size }]
  })
}

function textOf({ path: file, hash, size }: Row): string {
  return `${/[",]/.test(file) ? `"${file.replaceAll('"', '""')}"` : file},${hash},${size}`
}

function describe(info: string, rows: readonly Row[]): Distribution {
  const [name = '', version = ''] = info.replace(/\.dist-info$/, '').split('-')
  return { name: distributionName(name), version, files: new Map(rows.map((row) => [row.path, row.hash])) }
}

function dropHeaders(folder: string): void {
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) dropHeaders(file)
    else if (header.test(entry.name)) rmSync(file)
  }
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
}

/** Bytecode that another interpreter may have made; where a library ships it in place of its sources, it is its code. */
function dropBytecode(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isDirectory() ? entry.name === '__pycache__' : entry.name.endsWith('.pyc') && existsSync(file.slice(0, -1))) rmSync(file, {
      recursive: true, force: true,
    })
  }
}
