import path from 'node:path'
import type { Diagnostics } from '../diagnostics.ts'
import { UserError } from '../errors.ts'
import { isFile } from './check-paths.ts'
import { binaryLock } from './install/find.ts'
import { readToml, table } from './install/locks/toml.ts'
import { readManifest } from './install/node-manifest.ts'
import type { Runtime } from './runtimes.ts'

/** Dependencies that a project has where no file lists them in a way that can be installed: it would ship without them. */
export function checkUnlisted(source: string, family: Runtime['family'], diagnostics: Diagnostics): void {
  try {
    if (family === 'node') checkManifest(source, diagnostics)
    if (family === 'python') checkPython(source, diagnostics)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    diagnostics.error(error.text)
  }
}

/** A lock that cannot be read: what it pins would not be installed. */
function checkManifest(source: string, diagnostics: Diagnostics): void {
  const file = path.join(source, 'package.json')
  const isLocked = isFile(path.join(source, binaryLock))
  if (!isLocked || !isFile(file) || Object.keys(table(readManifest(file), 'dependencies')).length === 0) return
  diagnostics.error({
    what: `${file} lists dependencies, and their lock ${binaryLock} is not read.`,
    why: 'It is the binary form that bun wrote before version 1.2.',
    cure: 'Run `bun install --save-text-lockfile --frozen-lockfile --lockfile-only` and commit bun.lock in its place.',
    docs: 'packaging.md#node',
    place: { file },
  })
}

/** Only warnings: an app may import none of them, or find them in a layer. */
function checkPython(source: string, diagnostics: Diagnostics): void {
  const [pipfile, project] = [path.join(source, 'Pipfile'), path.join(source, 'pyproject.toml')]
  const docs = 'packaging.md#python-dependencies'
  if (isFile(pipfile) && Object.keys(table(readToml(pipfile), 'packages')).length > 0) {
    diagnostics.warning({
      what: `${pipfile} lists packages, and there is no Pipfile.lock: none of them is installed.`,
      cure: 'Run `pipenv lock` and commit Pipfile.lock.', docs, place: { file: pipfile },
    })
  }
  const dynamic = isFile(project) ? table(readToml(project), 'project')['dynamic'] : undefined
  if (Array.isArray(dynamic) && dynamic.includes('dependencies')) {
    diagnostics.warning({
      what: `${project} leaves its dependencies to the build, and there is no other list: none is installed.`,
      why: 'Its `dynamic` names "dependencies".',
      cure:
        'Name the file that lists them as `requirements`, commit a lock, or write a requirements.txt with the line `.`, ' +
        'which builds the project.',
      docs,
      place: { file: project },
    })
  }
}
