import path from 'node:path'
import { UserError } from '../../../errors.ts'
import type { LocalRequirement, Wanted } from '../requirements.ts'
import { publicIndex, recordedOptions, type RecordedIndex } from './recorded-indexes.ts'
import { repositoryLine } from './repository.ts'
import { readToml, requirementLine, table, tables, text } from './toml.ts'

/** The first lock that tells groups and markers for each package (Poetry 2.0). */
const tellsMarkersSince = 2.1

/** poetry.lock: the packages of the group `main`, without extras, hashes kept. */
export function readPoetryLock(file: string, env: Readonly<Record<string, string | undefined>>): Wanted {
  const lock = readToml(file)
  const version = Number(text(table(lock, 'metadata'), 'lock-version') ?? 0)
  if (!(version >= tellsMarkersSince)) {
    throw new UserError({
      what: `${file} has the format ${version}, which does not say what each package is for.`,
      why: `Poetry writes groups and markers into the lock since version 2.0 (format ${tellsMarkersSince}).`,
      cure: 'Run `poetry lock` with Poetry 2 and commit the lock, or export one: `poetry export -o requirements.txt` and the input `requirements`.',
      place: { file },
    })
  }
  const wanted = { lines: [] as string[], locals: [] as LocalRequirement[], repositories: [] as string[] }
  const indexes: RecordedIndex[] = []
  for (const entry of tables(lock['package'])) if (isMain(entry)) add(entry)
  return { ...wanted, constraints: [], options: recordedOptions(indexes, env), buildable: [], files: [file], hashed: wanted.lines.every((line) => line.includes('--hash')) }

  function add(entry: Readonly<Record<string, unknown>>): void {
    const name = text(entry, 'name') ?? ''
    const marker = markerOf(entry)
    const source = table(entry, 'source')
    const url = text(source, 'url') ?? ''
    const kind = text(source, 'type')
    if (kind === 'directory' || kind === 'file') wanted.locals.push({ path: path.resolve(path.dirname(file), url), extras: '', marker: marker ?? '' })
    else if (kind === 'git') wanted.repositories.push(repositoryLine({ name, kind, url, revision: text(source, 'resolved_reference') ?? '', subdirectory: text(source, 'subdirectory') }))
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
