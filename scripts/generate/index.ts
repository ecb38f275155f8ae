import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { actionYaml } from './action.ts'
import { policySection } from './permissions.ts'
import { inputsTable, outputsTable } from './readme.ts'
import { fileSchema } from './schema.ts'

/** One generated file, or one part of a file that people write the rest of. */
export interface Generator {
  /** From the project's root. */
  readonly file: string
  /** The part between `<!-- NAME:start -->` and `<!-- NAME:end -->`; missing for a whole file. */
  readonly marker?: string
  readonly content: () => string
}

/** What is generated. A new one is one line here. */
export const generators: readonly Generator[] = [
  { file: 'action.yml', content: actionYaml },
  { file: 'lambda-api.schema.json', content: () => `${JSON.stringify(fileSchema(), null, 2)}\n` },
  { file: 'README.md', marker: 'inputs', content: inputsTable },
  { file: 'README.md', marker: 'outputs', content: outputsTable },
  { file: 'docs/permissions.md', marker: 'policy', content: policySection },
]

interface Order {
  /** The project's root. */
  readonly root: string
  /** Only tell what is stale; write nothing. */
  readonly check: boolean
}

/** Brings all generated files up to date. Returns those that were not. */
export async function generate({ root, check }: Order): Promise<string[]> {
  const stale = new Set<string>()
  for (const generator of generators) {
    const path = join(root, generator.file)
    const before = await readFile(path, 'utf8').catch(() => '')
    const after = generator.marker === undefined ? generator.content() : between(before, generator.marker, generator)
    if (after === before) continue
    stale.add(generator.file)
    if (!check) await writeFile(path, after)
  }
  return [...stale]
}

function between(text: string, marker: string, generator: Generator): string {
  const start = `<!-- ${marker}:start -->\n`
  const end = `<!-- ${marker}:end -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end, from)
  if (from < 0 || to < 0) throw new Error(`${generator.file} lacks the lines ${start.trim()} and ${end}.`)
  return `${text.slice(0, from + start.length)}${generator.content()}${text.slice(to)}`
}
