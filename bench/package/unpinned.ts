import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../local-aws/client.ts'
import { awsEnvironment } from '../../local-aws/environment.ts'
import { startStep } from '../../local-runner/run.ts'
import { startLocalAws } from '../../scripts/demo/local-aws.ts'

const account = '100000000001'

/** What the runs after the first took, whose caches are warm. */
export interface UnchangedRuns {
  /** Seconds of the whole action, each run's. */
  readonly seconds: readonly number[]
  /** Calls that wrote, of all these runs. */
  readonly writes: number
}

/** Deploys a function that lists `requests` without a version, and then some times again. Runs dist/index.js and needs the package index. */
export async function unchangedRuns(rounds: number): Promise<UnchangedRuns> {
  const { url: endpoint } = await startLocalAws()
  const control = connect(endpoint, account)
  const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-bench-'))
  try {
    writeFileSync(join(folder, 'app.py'), 'import requests\n\n\ndef handler(event, context):\n    return requests.__version__\n')
    writeFileSync(join(folder, 'requirements.txt'), 'requests\n')
    await deploy()
    await control.clearJournal()
    const seconds: number[] = []
    for (let round = 0; round < rounds; round++) seconds.push(await deploy())
    return { seconds, writes: (await control.journal()).filter((call) => call.writes).length }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }

  async function deploy(): Promise<number> {
    const result = await startStep({
      workspace: folder,
      inputs: { 'function-name': 'shop', source: '.', handler: 'app.handler', runtime: 'python3.13', 'cloudwatch-role': 'create' },
      env: { ...awsEnvironment({ endpoint, account, region: 'eu-west-1' }), LAMBDA_API_DEPLOY_CACHE: join(folder, '.cache') },
    }).result
    if (result.exitCode !== 0) throw new Error(result.log.join('\n'))
    return result.durationMs / 1000
  }
}
