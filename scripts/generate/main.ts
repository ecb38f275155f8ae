import { join } from 'node:path'
import { generate } from './index.ts'

/** Writes every generated file; with `--check`, says which are stale and writes nothing. */
const check = process.argv.includes('--check')
const stale = await generate({ root: join(import.meta.dirname, '../..'), check })
for (const file of stale) process.stdout.write(check ? `stale: ${file} (npm run generate writes it)\n` : `written: ${file}\n`)
if (check && stale.length > 0) process.exitCode = 1
