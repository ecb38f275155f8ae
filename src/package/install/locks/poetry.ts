import path from 'node:path'
import type { Env } from '../../env.ts'
import { lockedPath } from '../local-path.ts'
import type { LocalRequirement, Wanted } from '../requirements.ts'
import { reachable } from './poetry1.ts'
import { publicIndex, recordedOptions, type RecordedIndex } from './recorded-indexes.ts'
import { repositoryLine } from './repository.ts'
import { readToml, requirementLine, table, tables, text } from './toml.ts'

/** The first lock that tells groups and markers for each package (Poetry 2.0). */
const tellsMarkersSince = 2.1

/** poetry.lock: the packages of the group `main`, without extras, hashes kept. */
export function readPoetryLock(file: string, env: Env): Wanted {
  const lock = readToml(file)
  const tells = Number(text(table(lock, 'metadata'), 'lock-version') ?? 0) >= tellsMarkersSince
  const chosen = tells ? tables(lock['package']).filter(isMain).map((entry) => ({
    entry, marker: markerOf(entry) ?? '',
  })) : reachable(lock, file)
  const wanted = { lines: [] as string[], locals: [] as LocalRequirement[], repositories: [] as string[] }
  const indexes: RecordedIndex[] = []
  for (const { entry, marker } of chosen) add(entry, marker)
  return {
    ...wanted, constraints: [], options: recordedOptions(indexes, env), buildable: [],
    files: tells ? [file] : [file, path.join(path.dirname(file), 'pyproject.toml')],
    hashed: wanted.lines.every((line) => line.includes('--hash')),
  }

  function add(entry: Readonly<Record<string, unknown>>, marker: string): void {
    const name = text(entry, 'name') ?? ''
    const source = table(entry, 'source')
    const url = text(source, 'url') ?? ''
    const kind = text(source, 'type')
    if (kind === 'directory' || kind === 'file' || url.startsWith('file:')) wanted.locals.push({
      path: lockedPath(url, file), extras: '', marker,
    })
    else if (kind === 'git') wanted.repositories.push(repositoryLine({
      name, kind, url, revision: text(source, 'resolved_reference') ?? '', subdirectory: text(source, 'subdirectory'),
    }))
    else if (kind === 'url') wanted.lines.push(requirementLine(`${name} @ ${url}`, marker, hashesOf(entry)))
    else {
      indexes.push(kind === 'legacy' ? { url, name: text(source, 'reference') } : publicIndex)
      wanted.lines.push(requirementLine(`${name}==${text(entry, 'version') ?? ''}`, marker, hashesOf(entry)))
    }
  }
}

function isMain(entry: Readonly<Record<string, unknown>>): boolean {
  return entry['optional'] !== true && Array.isArray(entry['groups']) && entry['groups'].includes('main')
}

/** One text for all groups, or a table with one text a group. */
function markerOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  return text(entry, 'markers') ?? text(table(entry, 'markers'), 'main')
}

/** The hashes of `files`, as poetry.lock and pdm.lock list them. */
export function hashesOf(entry: Readonly<Record<string, unknown>>): string[] {
  return tables(entry['files']).map((found) => text(found, 'hash') ?? '').filter((hash) => hash !== '').sort()
}
