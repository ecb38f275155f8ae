import path from 'node:path'
import { UserError } from '../../../errors.ts'
import { sortRequirement, type LocalRequirement, type Wanted } from '../requirements.ts'
import { readToml, table } from './toml.ts'

/** The `[project]` table's dependencies: they float. Poetry's own table has a syntax of its own and needs its lock. */
export function readPyproject(file: string): Wanted {
  const content = readToml(file)
  const dependencies = table(content, 'project')['dependencies']
  if (!Array.isArray(dependencies) && Object.keys(table(table(content, 'tool'), 'poetry')).length > 0) {
    throw new UserError({
      what: `${file} lists its dependencies for Poetry alone, and there is no lock.`,
      cure: `Run \`poetry lock\` in ${path.dirname(file)} and commit poetry.lock, or list the dependencies in [project].`,
      place: { file },
    })
  }
  const lines = Array.isArray(dependencies) ? dependencies.filter((line): line is string => typeof line === 'string') : []
  const wanted = { lines: [] as string[], locals: [] as LocalRequirement[], repositories: [] as string[] }
  for (const line of lines) sortRequirement(line, { folder: path.dirname(file) }, wanted)
  return { ...wanted, constraints: [], options: [], buildable: [], files: [file], hashed: wanted.lines.length === 0 }
}
