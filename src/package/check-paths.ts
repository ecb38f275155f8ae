import { accessSync, constants, readdirSync, realpathSync, statSync, type Dirent } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../diagnostics.ts'
import { isInside } from '../paths.ts'
import type { CodeSpec } from '../service/service.ts'
import { misspelt } from '../suggest.ts'
import type { Env } from './env.ts'
import { megabytes, unzippedLimit } from './inspect/limits.ts'
import { workspaceOf } from './tree/app.ts'

interface Checked {
  readonly functionName: string
  readonly env: Env
}

/** Whether what the settings name is there, and where it may be. False where there is nothing to look into. */
export function checkPaths(code: CodeSpec, { functionName, env }: Checked, diagnostics: Diagnostics): boolean {
  const before = diagnostics.errors.length
  const no = (what: string, cure: string, setting: keyof CodeSpec['places']): void => diagnostics
    .error({ what, cure, ...place(code, setting) })
  if (code.package !== undefined) {
    if (!isFile(code.package))
      no(
        `The package ${code.package} of ${functionName} does not exist or cannot be read.`,
        'Name the zip that an earlier step made, or take the setting out.',
        'package',
      )
    else checkZipSize(code.package, functionName, diagnostics)
    return diagnostics.errors.length === before
  }
  if (isEmptyFolder(workspaceOf(code.source, env))) {
    diagnostics.error({
      what: 'The workspace is empty.', why: 'No file of the repository is there.',
      cure:
        'In a workflow run actions/checkout in this job, before this step; where it has a `path`, name the folder with `source`. ' +
        'Elsewhere put the code into that folder.',
    })
    return false
  }
  if (!(statSync(code.source, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    no(`The source folder ${code.source} of ${functionName} does not exist.`, sourceCure(code.source), 'source')
  } else {
    checkWhereSourceLies(code, { functionName, env }, diagnostics)
    checkReadByName(code.source, diagnostics)
  }
  const isReadable = diagnostics.errors.length === before
  // A list that is missing hides nothing of what is wrong with the source.
  if (lacksList(code)) {
    no(
      `The requirements file ${code.requirements} of ${functionName} does not exist or cannot be read.`,
      'Fix the path, or take the setting out: then the source folder is searched.',
      'requirements',
    )
  }
  return isReadable
}

/** A folder of almost that name beside it is the one that was meant. */
function sourceCure(source: string): string {
  const beside = readdirIfThere(path.dirname(source)).filter((each) => each.isDirectory()).map(({ name }) => name)
  const meant = misspelt(path.basename(source), beside)
  return meant === undefined ? 'Name the folder that holds the handler\'s module.' : `Did you mean "${meant}"?`
}

function readdirIfThere(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** Whether the settings name a requirements file that is not there. */
export function lacksList({ requirements }: Pick<CodeSpec, 'requirements'>): boolean {
  return requirements !== undefined && !isFile(requirements)
}

function isEmptyFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch {
    return false
  }
}

/** What is read where it lies in the source folder. A pipe would be waited for, for ever. */
const readByName = [
  '.lambdaignore', 'package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock',
  'requirements.txt', 'uv.lock', 'pylock.toml', 'poetry.lock', 'pdm.lock', 'Pipfile', 'Pipfile.lock', 'pyproject.toml',
]

function checkReadByName(source: string, diagnostics: Diagnostics): void {
  for (const file of readByName.map((name) => path.join(source, name))) {
    const stats = statSync(file, { throwIfNoEntry: false })
    if (stats === undefined || stats.isFile()) continue
    const why = stats.isDirectory()
      ? 'It is a folder, and a file of this name is read.'
      : 'It is a socket, pipe or device, and a file of this name is read.'
    diagnostics.error({
      what: `${file} is no file.`, why, cure: 'Delete or rename it.', docs: 'packaging.md#links-and-special-files',
      place: { file },
    })
  }
}

/** Compressed or not, so much cannot become little enough; and no buffer holds any size. */
function checkZipSize(zip: string, functionName: string, diagnostics: Diagnostics): void {
  const { size } = statSync(zip)
  if (size <= 2 * unzippedLimit) return
  diagnostics.error({
    what: `The package ${zip} of ${functionName} has ${megabytes(size)}; Lambda takes less than ${megabytes(unzippedLimit)} unpacked.`,
    cure: 'Take out what the handler does not need.', place: { file: zip }, docs: 'packaging.md#sizes',
  })
}

/** A link on the way to the folder may lead to anything on the machine, which is as far out as a link in the folder. */
function checkWhereSourceLies(code: CodeSpec, { functionName, env }: Checked, diagnostics: Diagnostics): void {
  const real = realpathSync(code.source)
  if (isInside(realpathSync(workspaceOf(code.source, env)), real)) return
  diagnostics.error({
    what: `The source folder ${code.source} of ${functionName} leads through a link to ${real}, which lies outside the workspace.`,
    why: 'Only what was checked out is deployed.',
    cure: 'Copy the folder into the workspace in an earlier step, or name one that lies there.',
    docs: 'packaging.md#links-and-special-files',
    ...place(code, 'source'),
  })
}

function place(code: CodeSpec, name: keyof CodeSpec['places']): object {
  return code.places[name] === undefined ? {} : { place: code.places[name] }
}

/** A file that can be read. */
export function isFile(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
