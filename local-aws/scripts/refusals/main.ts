import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../scripts/lib/requirements.mjs'
import { unreached } from './coverage.ts'
import { refusalSites } from './sites.ts'

/** Lists the refusals of local AWS that no test led to. The argument is the folder into which local AWS wrote its coverage (LOCAL_AWS_COVERAGE of the tests). */
const [folder] = process.argv.slice(2)
if (folder === undefined || readdirSync(folder).length === 0) throw new Error(`Local AWS has written no coverage into "${folder ?? ''}": run its tests with LOCAL_AWS_COVERAGE=<folder>, and let it end by itself.`)

const isTest = /^(__tests__|scripts)\//
const paths = readdirSync(join(root, 'local-aws'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !isTest.test(path))
const sites = refusalSites(paths.sort().map((path) => ({ path: `local-aws/${path}`, text: readFileSync(join(root, 'local-aws', path), 'utf8') })))
const missing = unreached(sites, root, folder)
for (const { path, line, text } of missing) process.stdout.write(`${path}:${line}: ${text}\n`)
process.stdout.write(`${sites.length} refusals of local AWS, ${missing.length} without a test\n`)
process.exitCode = missing.length > 0 ? 1 : 0
