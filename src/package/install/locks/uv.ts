import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UserError, type ErrorText } from '../../../errors.ts'
import { lastLines } from '../failure.ts'
import type { Job } from '../job.ts'
import { run } from '../process.ts'
import { joined, uvDownloads } from '../python.ts'
import { readRequirements, type LocalRequirement, type Wanted } from '../requirements.ts'
import { bareIndex } from '../indexes.ts'
import type { RecordedIndex } from './recorded-indexes.ts'
import { readToml, table, tables, text } from './toml.ts'

/** The folders and files of the repository that a uv.lock refers to, apart from the project itself. */
export function uvLocalFolders(lock: string): readonly LocalRequirement[] {
  return tables(readToml(lock)['package']).flatMap((entry) => {
    const source = table(entry, 'source')
    const where = text(source, 'editable') ?? text(source, 'directory') ?? text(source, 'path')
    return where === undefined || where === '.' ? [] : [{ path: path.resolve(path.dirname(lock), where), extras: '', marker: '' }]
  })
}

/** The folders of the workspace that a uv.lock locks. */
export function uvMembers(lock: string): readonly string[] {
  return tables(readToml(lock)['package']).map((entry) => table(entry, 'source'))
    .flatMap((source) => text(source, 'editable') ?? text(source, 'virtual') ?? []).map((where) => path.resolve(path.dirname(lock), where))
}

/** The indexes that a uv.lock was made from, with the names that the project's `[[tool.uv.index]]` gives them. */
export function uvIndexes(lock: string): readonly RecordedIndex[] {
  const project = path.join(path.dirname(lock), 'pyproject.toml')
  const settings = existsSync(project) ? table(table(readToml(project), 'tool'), 'uv') : {}
  const names = new Map(tables(settings['index']).map((index) => [bareIndex(text(index, 'url') ?? ''), text(index, 'name')]))
  return tables(readToml(lock)['package']).flatMap((entry) => {
    const url = text(table(entry, 'source'), 'registry')
    return url === undefined ? [] : [{ url, name: names.get(bareIndex(url)) }]
  })
}

/**
 * uv.lock as requirements, by uv itself: frozen (never locked anew), without the project, its development groups and editable installs,
 * hashes kept. `project` is the folder of the member whose dependencies are wanted.
 */
export async function exportUvLock(lock: string, project: string, job: Job): Promise<Wanted> {
  const args = [
    'export', '--frozen', '--no-dev', '--no-default-groups', '--no-editable', '--no-emit-project', '--no-header',
    '--no-annotate', '--format', 'requirements-txt', '--quiet', ...uvDownloads(job),
  ]
  const { code, stdout, stderr } = await run(job.tool.program, args, { cwd: project, env: job.env, hide: job.hide })
  if (code !== 0) {
    throw new UserError({
      what: `uv cannot read ${lock}.`, why: lastLines(stderr),
      ...(cureFor(stderr, lock) ?? { cure: 'Run `uv lock` and commit the lock file.', place: { file: lock } }),
    })
  }
  const file = path.join(job.folder, 'exported.txt')
  // Paths in the export are as in the lock: relative to its folder, wherever uv ran.
  const lines = joined(stdout).map((line) => line.replace(
    /^(\.{1,2}\/[^\s;]*)/, (_whole, relative: string) => path.resolve(path.dirname(lock), relative)
  ))
  writeFileSync(file, `${lines.join('\n')}\n`)
  return { ...readRequirements(file, {}), files: [lock] }
}

/** The project may ask for a uv of its own choice (`required-version` of [tool.uv]). */
function cureFor(said: string, lock: string): Pick<ErrorText, 'cure' | 'place'> | undefined {
  const wanted = /[Rr]equired (?:uv )?version `?([^`\n]+?)`? does not match/.exec(said)?.[1]
  if (wanted === undefined) return undefined
  const project = path.join(path.dirname(lock), 'pyproject.toml')
  return {
    cure: `Put that uv on PATH in a step before this one: astral-sh/setup-uv with \`version: "${wanted}"\`; `
      + 'or change `required-version`.',
    ...(existsSync(project) ? { place: { file: project } } : {}),
  }
}
