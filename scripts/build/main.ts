import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { atEnd, end, endWithParent } from '../lib/lifetime.mjs'
import { root } from '../lib/requirements.mjs'
import { bundle, contents, differences, dist } from './bundle.ts'

/** `npm run build` writes dist/; `npm run build -- --check` says whether dist/ is what src/ gives now. */
async function main(check: boolean): Promise<number> {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache', 'build-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  await bundle(folder)
  if (!check) {
    rmSync(dist, { recursive: true, force: true })
    // mkdtemp makes folders that nobody else may read.
    chmodSync(folder, 0o755)
    renameSync(folder, dist)
    return 0
  }
  const differing = differences(contents(folder), contents(dist))
  for (const line of differing) process.stderr.write(`${line}\n`)
  if (differing.length > 0) process.stderr.write('Run `npm run build` and commit dist/.\n')
  return differing.length > 0 ? 1 : 0
}

endWithParent()
try {
  await end(await main(process.argv.includes('--check')))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  await end(1)
}
