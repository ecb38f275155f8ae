import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Env } from '../../env.ts'
import { lockedPath } from '../local-path.ts'
import type { LocalRequirement, Wanted } from '../requirements.ts'
import { hashesOf } from './poetry.ts'
import { publicIndex, recordedOptions, type RecordedIndex } from './recorded-indexes.ts'
import { repositoryLine } from './repository.ts'
import { readToml, requirementLine, table, tables, text } from './toml.ts'

/** pdm.lock: the packages of the group `default`, hashes kept. */
export function readPdmLock(file: string, env: Env): Wanted {
  const wanted = { lines: [] as string[], locals: [] as LocalRequirement[], repositories: [] as string[] }
  for (const entry of tables(readToml(file)['package'])) {
    const groups = entry['groups']
    if (Array.isArray(groups) && !groups.includes('default')) continue
    const name = text(entry, 'name') ?? ''
    const marker = text(entry, 'marker')
    const where = text(entry, 'path')
    const git = text(entry, 'git')
    const url = text(entry, 'url')
    // An entry with extras repeats the package; pip takes name[extra]==version for the same wheel, so the plain entry is enough.
    if (Array.isArray(entry['extras'])) continue
    const local = where ?? (url?.startsWith('file:') === true ? url : undefined)
    if (local !== undefined) wanted.locals.push({ path: lockedPath(local, file), extras: '', marker: marker ?? '' })
    else if (git !== undefined) wanted.repositories.push(repositoryLine({
      name, kind: 'git', url: git, revision: text(entry, 'revision') ?? '', subdirectory: text(entry, 'subdirectory'),
    }))
    else if (url !== undefined) wanted.lines.push(requirementLine(`${name} @ ${url.replace(/#.*$/, '')}`, marker, hashesOf(entry)))
    else wanted.lines.push(requirementLine(`${name}==${text(entry, 'version') ?? ''}`, marker, hashesOf(entry)))
  }
  return {
    ...wanted, constraints: [], options: recordedOptions(sourcesOf(file), env), buildable: [], files: [file],
    hashed: wanted.lines.every((line) => line.includes('--hash')),
  }
}

/** The lock names no index: the project's `[[tool.pdm.source]]` do; one called `pypi` takes the public one's place. */
function sourcesOf(lock: string): readonly RecordedIndex[] {
  const project = path.join(path.dirname(lock), 'pyproject.toml')
  const settings = existsSync(project) ? table(table(readToml(project), 'tool'), 'pdm') : {}
  const sources = tables(settings['source']).map((source) => ({ url: text(source, 'url') ?? '', name: text(source, 'name') }))
  return sources.some(({ name }) => name === 'pypi') ? sources : [publicIndex, ...sources]
}
