// Starts the one local AWS that all test files of a run share; they are isolated by account id.
import { fork } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const startsWithinMs = 600_000

export default async function setUp() {
  const main = fileURLToPath(new URL('../../local-aws/main.ts', import.meta.url))
  // The channel is what ends it when jest is killed: it closes however jest dies.
  const rules = process.env.LOCAL_AWS_DOCUMENTED_ONLY === 'true' ? ['--documented-only'] : []
  // Time stands still unless a test, or what the product waits for, moves it: no test depends on how fast the machine is.
  const clock = ['--clock-rate', '0']
  const { env, execArgv } = coverage(process.env.LOCAL_AWS_COVERAGE)
  const child = fork(main, ['--port', '0', ...clock, ...rules], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', ...execArgv],
    env: { ...process.env, ...env },
  })
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Local AWS did not start within ${startsWithinMs / 1000} s.`)), startsWithinMs)
    child.once('message', (message) => resolve(message.url))
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`Local AWS ended before it served (${signal ?? `exit code ${code}`}).`)))
    child.once('message', () => clearTimeout(timer))
    child.once('exit', () => clearTimeout(timer))
  })
  // Workers inherit the environment.
  process.env.LOCAL_AWS_URL = url
  // One cache of packages for the run, and a new one for each: what an older build of the action left must not be found.
  process.env.TEST_PACKAGE_CACHE = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-cache-'))
  process.env.TEST_COMPILE_CACHE = join(process.env.TEST_PACKAGE_CACHE, 'compiled')
  globalThis.localAws = child
}

/** Where a run asks which lines of local AWS its tests reached (see local-aws/scripts/refusals), that one process writes it into the folder; its children do not. */
function coverage(folder) {
  if (folder === undefined) return { env: {}, execArgv: [] }
  return { env: { NODE_V8_COVERAGE: folder }, execArgv: ['--import', new URL('own-coverage.mjs', import.meta.url).href] }
}
