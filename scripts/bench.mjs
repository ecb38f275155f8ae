import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/requirements.mjs'
import { runTypeScript } from './lib/typescript.mjs'

const [name, ...args] = process.argv.slice(2)
const benches = readdirSync(join(root, 'bench'), { withFileTypes: true }).filter((each) => each.isFile()).map((each) => each.name.replace(/\.ts$/, ''))
if (name === undefined || !benches.includes(name)) {
  process.stderr.write(`Say which one: npm run bench -- <${benches.join(' | ')}>\n`)
  process.exit(1)
}
await runTypeScript(`bench/${name}.ts`, args)
