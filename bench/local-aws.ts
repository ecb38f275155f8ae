import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childClock, connect } from '../local-aws/client.ts'
import { start } from '../scripts/lib/children.mjs'
import { root } from '../scripts/lib/requirements.mjs'
import { awsEnvironment } from '../local-aws/environment.ts'
import { startStep } from '../local-runner/run.ts'

/** How much faster than real time local AWS and the action live. */
const clockRate = 20
const region = 'eu-west-1'

/** Numbers of routes, and the real seconds that a first deploy of so many may take. */
const targets: readonly (readonly [routes: number, seconds: number])[] = [[1, 3], [150, 10]]

const child = start(process.execPath, [join(root, 'local-aws', 'main.ts'), '--port', '0', '--clock-rate', String(clockRate)], { cwd: root, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
const died = child.ended.then(() => Promise.reject(new Error('Local AWS ended; its own words stand above.')))
const [{ url: endpoint }] = (await Promise.race([once(child.process, 'message'), died])) as [{ readonly url: string }]
died.catch(() => undefined)
// Python and the action's file are read from the disk once before anything is measured.
await deploy(1, '100000000000')
console.log(`First deploy into an empty account: default windows and documented rates, in virtual time at ${clockRate} times the speed.`)
let missed = 0
for (const [routes, target] of targets) {
  const { seconds, calls, throttled } = await deploy(routes, String(100_000_000_000 + routes))
  if (seconds > target) missed += 1
  console.log(`${String(routes).padStart(3)} routes: ${seconds.toFixed(2)} s, ${(seconds * clockRate).toFixed(0)} virtual s, ${calls} calls, ${throttled} throttled; target ${target} s${seconds > target ? ' MISSED' : ''}`)
}
// Local AWS ends with this process.
process.exit(missed === 0 ? 0 : 1)

/** Deploys a function with this many routes, each with a resource of its own, and roles, access log and stage. */
async function deploy(routes: number, account: string): Promise<{ seconds: number; calls: number; throttled: number }> {
  const workspace = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-bench-'))
  const control = connect(endpoint, account)
  const time = childClock(control)
  try {
    writeFileSync(join(workspace, 'lambda_function.py'), 'def lambda_handler(event, context):\n    return {"statusCode": 200, "body": "here"}\n')
    const lines = Array.from({ length: routes }, (_each, index) => `GET /item${index}`).join('\n')
    const result = await startStep({
      workspace,
      inputs: { 'function-name': 'bench', runtime: 'python3.13', 'cloudwatch-role': 'create', routes: lines },
      nodeOptions: time.nodeArgs,
      env: { ...awsEnvironment({ endpoint, account, region }), ...time.environment, LAMBDA_API_DEPLOY_CACHE: join(workspace, '.cache') },
    }).result
    if (result.exitCode !== 0) throw new Error(result.log.join('\n'))
    const journal = await control.journal()
    return { seconds: result.durationMs / 1000, calls: journal.length, throttled: journal.filter((call) => call.status === 429).length }
  } finally {
    rmSync(workspace, { recursive: true, force: true })
  }
}
