import path from 'node:path'
import { UserError } from '../../../errors.ts'
import type { Wanted } from '../requirements.ts'
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
  const repositories = lines.filter((line) => /@\s*(?:git|hg|svn|bzr)\+/.test(line))
  const rest = lines.filter((line) => !repositories.includes(line))
  return { lines: rest, locals: [], repositories, constraints: [], options: [], buildable: [], files: [file], hashed: rest.length === 0 }
}
