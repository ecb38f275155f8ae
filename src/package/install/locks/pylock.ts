import type { Env } from '../../env.ts'
import { lockedPath } from '../local-path.ts'
import type { LocalRequirement, Wanted } from '../requirements.ts'
import { publicIndex, recordedOptions, type RecordedIndex } from './recorded-indexes.ts'
import { repositoryLine } from './repository.ts'
import { readToml, requirementLine, table, tables, text } from './toml.ts'

/** pylock.toml (PEP 751): the packages of the default groups, without extras, hashes kept. */
export function readPylock(file: string, env: Env): Wanted {
  const lock = readToml(file)
  const groups = Array.isArray(lock['default-groups']) ? lock['default-groups'].map(String) : []
  const wanted = { lines: [] as string[], locals: [] as LocalRequirement[], repositories: [] as string[] }
  const indexes: RecordedIndex[] = []
  for (const entry of tables(lock['packages'])) add(entry, decideGroups(text(entry, 'marker'), groups))
  return {
    ...wanted, constraints: [], options: recordedOptions(indexes, env), buildable: [], files: [file],
    hashed: wanted.lines.every((line) => line.includes('--hash')),
  }

  function add(entry: Readonly<Record<string, unknown>>, marker: string | undefined): void {
    const name = text(entry, 'name') ?? ''
    const vcs = table(entry, 'vcs')
    const archive = table(entry, 'archive')
    const url = text(archive, 'url')
    const folder = text(table(entry, 'directory'), 'path') ?? text(archive, 'path') ?? localIn(url) ?? localFile(entry)
    if (folder !== undefined) wanted.locals.push({ path: lockedPath(folder, file), extras: '', marker: marker ?? '' })
    else if (text(vcs, 'type') !== undefined) wanted.repositories.push(repositoryLine({
      name, kind: text(vcs, 'type') ?? 'git', url: text(vcs, 'url') ?? text(vcs, 'path') ?? '',
      revision: text(vcs, 'commit-id') ?? '', subdirectory: text(vcs, 'subdirectory'),
    }))
    else if (url !== undefined) wanted.lines.push(requirementLine(`${name} @ ${url}`, marker, hashes([archive])))
    else {
      const index = text(entry, 'index')
      indexes.push(index === undefined ? publicIndex : { url: index })
      wanted.lines.push(requirementLine(
        `${name}==${text(entry, 'version') ?? ''}`, marker, hashes([...tables(entry['wheels']), table(entry, 'sdist')])
      ))
    }
  }
}

function localIn(url: string | undefined): string | undefined {
  return url?.startsWith('file:') === true ? url : undefined
}

/** A wheel or a source archive in the repository, where the lock has it from nowhere else. */
function localFile(entry: Readonly<Record<string, unknown>>): string | undefined {
  const files = [...tables(entry['wheels']), table(entry, 'sdist')]
  return files.some((each) => text(each, 'url')?.startsWith('file:') === false)
    ? undefined
    : files.map((each) => text(each, 'path') ?? localIn(text(each, 'url'))).find((each) => each !== undefined)
}

/** No installer but a new one knows `extras` and `dependency_groups`: what they say is decided here, as always true or never. */
function decideGroups(marker: string | undefined, groups: readonly string[]): string | undefined {
  return marker?.replace(/(["'])([^"']*)\1\s+(not\s+)?in\s+(extras|dependency_groups)/g, (...match: readonly string[]) =>
    (match[4] === 'dependency_groups' && groups.includes(match[2] ?? '')) !== (match[3] !== undefined)
      ? 'python_version >= "3"'
      : 'python_version < "3"')
}

function hashes(files: readonly unknown[]): string[] {
  return files
    .flatMap((found) => Object.entries(table(found, 'hashes')).map(([algorithm, value]) => `${algorithm}:${String(value)}`))
    .sort()
}
