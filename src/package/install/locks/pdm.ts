import path from 'node:path'
import type { LocalRequirement, Wanted } from '../requirements.ts'
import { hashesOf } from './poetry.ts'
import { readToml, requirementLine, tables, text } from './toml.ts'

/** pdm.lock: the packages of the group `default`, hashes kept. */
export function readPdmLock(file: string): Wanted {
  const wanted = { lines: [] as string[], locals: [] as LocalRequirement[], repositories: [] as string[] }
  for (const entry of tables(readToml(file)['package'])) {
    const groups = entry['groups']
    if (Array.isArray(groups) && !groups.includes('default')) continue
    const name = text(entry, 'name') ?? ''
    const marker = text(entry, 'marker')
    const where = text(entry, 'path')
    const git = text(entry, 'git')
    // An entry with extras repeats the package; pip takes name[extra]==version for the same wheel, so the plain entry is enough.
    if (Array.isArray(entry['extras'])) continue
    if (where !== undefined) wanted.locals.push({ path: path.resolve(path.dirname(file), where), extras: '', marker: marker ?? '' })
    else if (git !== undefined) wanted.repositories.push(`${name} @ git+${git}@${text(entry, 'revision') ?? ''}`)
    else wanted.lines.push(requirementLine(`${name}==${text(entry, 'version') ?? ''}`, marker, hashesOf(entry)))
  }
  return { ...wanted, constraints: [], options: [], buildable: [], files: [file], hashed: wanted.lines.every((line) => line.includes('--hash')) }
}
