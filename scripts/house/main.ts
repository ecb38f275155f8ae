import { root } from '../lib/requirements.mjs'
import { deadExports, readTexts } from './exports.ts'
import { readSources } from './imports.ts'
import { breaches } from './rules.ts'

/**
 * Says where the code breaks the rules of the house: floors, circles, closed rooms, length of files and lines, effects where there must
 * be none, exports that nothing uses.
 */
const isTest = /^local-aws\/(__tests__\/|scripts\/|testing\.ts$)/
const sources = readSources(root, ['src', 'local-aws']).filter(({ path }) => !isTest.test(path))
const pathsOf = (folders: readonly string[]): string[] => readSources(root, folders).map((source) => source.path)
const own = sources.map((source) => source.path)
const found = [...breaches(sources), ...deadExports(readTexts(root, own), readTexts(root, pathsOf(['scripts', 'bench'])))]
for (const line of found) process.stderr.write(`${line}\n`)
process.exitCode = found.length > 0 ? 1 : 0
