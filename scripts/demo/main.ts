import { end, endWithParent, isEnding } from '../lib/lifetime.mjs'
import { findPython } from '../lib/requirements.mjs'
import { startLocalAws } from './local-aws.ts'
import { folderOf, ownFolder } from './own-folder.ts'
import { heading, say } from './show.ts'
import { tour } from './tour.ts'

/** The newest Python runtime that is known to Lambda; a newer interpreter on this machine stands in for it. */
const newestPython = 14

/** `npm start` shows the example from nothing to a live API and back; `npm start -- PATH` does it for one's own folder, and keeps serving. */
async function main(path: string | undefined): Promise<void> {
  const started = performance.now()
  const folder = path === undefined ? undefined : folderOf(path)
  heading('Starting local AWS')
  const { url, ended } = await startLocalAws()
  say(`   ${url}`)
  const job = { endpoint: url, account: '123456789012' }
  const runtime = await machineRuntime()
  if (folder !== undefined) {
    await ownFolder(job, folder, runtime)
    await ended
  }
  await tour(job, runtime)
  heading(`All as it should be, in ${((performance.now() - started) / 1000).toFixed(1)} s. Your own folder: npm start -- path/to/folder`)
  await end(0)
}

async function machineRuntime(): Promise<string> {
  const minor = Number((await findPython()).version.split('.')[1])
  return `python3.${Math.min(minor, newestPython)}`
}

endWithParent()
try {
  await main(process.argv[2])
} catch (error) {
  if (!isEnding()) process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`)
  await end(1)
}
