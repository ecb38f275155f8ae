import { root } from '../lib/requirements.mjs'
import { readSources } from './imports.ts'
import { breaches } from './rules.ts'

/** Says where the code breaks the rules of the house: floors, circles, closed rooms, file length. */
const found = breaches(readSources(root, ['src', 'local-aws']))
for (const line of found) process.stderr.write(`${line}\n`)
process.exitCode = found.length > 0 ? 1 : 0
