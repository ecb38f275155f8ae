import { join, relative, resolve } from 'node:path'
import type { Findings } from './findings.ts'
import type { Context } from './kinds/kind.ts'
import { emptyFile, layersOf } from './layers.ts'
import type { FileConfig } from './layers.ts'
import { parseYaml } from './yaml.ts'
import { misspelt } from '../suggest.ts'

/** The names of what lies in a folder; none where it cannot be looked into. */
export type ListFolder = (path: string) => Promise<readonly string[]>

/** How the config file is found and read. */
export interface Files {
  readonly readFile: ReadFile
  readonly listFolder: ListFolder
}

/** A file's text, or undefined where there is no such file. */
export type ReadFile = (path: string) => Promise<string | undefined>

export interface FoundFile {
  readonly config: FileConfig
  /** From the workspace; missing where no file was found. */
  readonly name?: string
  /** Whether the file is there as asked for and could be read; without it, what it lacks is not worth a complaint. */
  readonly usable: boolean
  /** Every mistake in it that can be told without knowing what its values mean. */
  readonly findings: Findings
}

const names = ['lambda-api.yml', 'lambda-api.yaml']

/** The config file that `config-file` names, or the one at the workspace's root. Having none is no mistake. */
export async function readConfigFile(named: string | undefined, { readFile, listFolder }: Files, context: Context): Promise<FoundFile> {
  const { findings } = context
  const found = await Promise.all((named === undefined ? names : [named]).map((name) => readOne(name, readFile, context)))
  const files = found.filter((file) => file !== undefined)
  const [file, other] = files
  if (file === undefined) {
    if (named !== undefined) rejectMissing(named, context)
    else await warnOfNearNames(listFolder, context)
    return { config: emptyFile, usable: named === undefined, findings }
  }
  if (other !== undefined) {
    const cure = 'Take one of them out, or name one with the input config-file.'
    findings.error({ what: `There are two config files: ${file.name} and ${other.name}.`, cure, place: { file: other.name } })
  }
  const root = parseYaml(file.text, file.name, findings)
  if (root === undefined) return { config: emptyFile, name: file.name, usable: false, findings }
  // A file without a word has a root without a value, and means the same as no file.
  const usable = root.kind === 'map' || (root.kind === 'scalar' && root.value === null)
  return { config: layersOf(root, findings), name: file.name, usable, findings }
}

/** A file's name, from the workspace, and its text. */
interface NamedText {
  readonly name: string
  readonly text: string
}

async function readOne(name: string, readFile: ReadFile, { workspace }: Context): Promise<NamedText | undefined> {
  const path = resolve(workspace, name)
  const text = await readFile(path)
  return text === undefined ? undefined : { name: relative(workspace, path) || name, text }
}

/** A file of a name that is almost the config file's is not read, and whoever wrote it would not know. */
async function warnOfNearNames(listFolder: ListFolder, { workspace, findings }: Context): Promise<void> {
  const list = async (folder: string): Promise<string[]> => (await listFolder(join(workspace, folder))).map((name) => join(folder, name))
  const found = await Promise.all(['', '.github'].map(list))
  for (const name of found.flat().filter(isNearName).sort()) {
    const what = `${name} is not read: the config file is ${names.join(' or ')}, at the top of the workspace.`
    findings.warning({ what, cure: `Rename it to ${names[0]}, or give the input config-file: ${name}.`, place: { file: name } })
  }
}

/** `lambda_api.yml`, `.lambda-api.yaml`, `lambda-api.yml.txt`, `lamda-api.yml`, `.github/lambda-api.yml`; not a copy or a schema. */
function isNearName(path: string): boolean {
  const [, stem, ending] = /^(?:.*\/)?\.?([\w-]+?)\.(ya?ml|ya?ml\.txt|json)$/i.exec(path) ?? []
  if (stem === undefined || ending === undefined) return false
  return misspelt(stem, ['lambda-api', 'lambda-api-deploy', 'lambda-api-config']) !== undefined && /api/i.test(stem)
}

function rejectMissing(name: string, { findings }: Context): void {
  findings.error({
    what: `input "config-file": there is no file ${JSON.stringify(name)}.`,
    why: 'The path starts at the workspace.',
    cure: 'Check the path, and that actions/checkout runs before this step.',
  })
}
