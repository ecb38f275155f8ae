// Writes every generated file, or with --check says which are stale. Node runs the TypeScript itself, from version 24 on.
import { dirname } from 'node:path'
import { generate } from './generate/index.ts'

const check = process.argv.includes('--check')
const stale = await generate({ root: dirname(import.meta.dirname), check })
for (const file of stale) console.log(check ? `stale: ${file} (run: npm run generate)` : `written: ${file}`)
if (check && stale.length > 0) process.exitCode = 1
