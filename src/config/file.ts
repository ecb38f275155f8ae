import { relative, resolve } from 'node:path'
import type { Context } from './kinds/kind.ts'
import { emptyFile, layersOf } from './layers.ts'
import type { FileConfig } from './layers.ts'
import { parseYaml } from './yaml.ts'

/** A file's text, or undefined where there is no such file. */
export type ReadFile = (path: string) => Promise<string | undefined>

export interface FoundFile {
  readonly config: FileConfig
  /** From the workspace; missing where no file was found. */
  readonly name?: string
  /** Whether the file is there as asked for and could be read; without it, what it lacks is not worth a complaint. */
  readonly usable: boolean
}

const names = ['lambda-api.yml', 'lambda-api.yaml']

/** The config file that `config-file` names, or the one at the workspace's root. Having none is no mistake. */
export async function readConfigFile(named: string | undefined, readFile: ReadFile, context: Context): Promise<FoundFile> {
  const found = await Promise.all((named === undefined ? names : [named]).map((name) => readOne(name, readFile, context)))
  const files = found.filter((file) => file !== undefined)
  const [file, other] = files
  if (file === undefined) {
    if (named !== undefined) rejectMissing(named, context)
    return { config: emptyFile, usable: named === undefined }
  }
  if (other !== undefined) {
    const cure = 'Take one of them out, or name one with the input config-file.'
    context.findings.error({ what: `There are two config files: ${file.name} and ${other.name}.`, cure, place: { file: other.name } })
  }
  const root = parseYaml(file.text, file.name, context.findings)
  if (root === undefined) return { config: emptyFile, name: file.name, usable: false }
  // A file without a word has a root without a value, and means the same as no file.
  const usable = root.kind === 'map' || (root.kind === 'scalar' && root.value === null)
  return { config: layersOf(root, context.findings), name: file.name, usable }
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

function rejectMissing(name: string, { findings }: Context): void {
  findings.error({
    what: `input "config-file": there is no file ${JSON.stringify(name)}.`,
    why: 'The path starts at the workspace.',
    cure: 'Check the path, and that actions/checkout runs before this step.',
  })
}
