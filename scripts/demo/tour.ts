import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from '../lib/lifetime.mjs'
import { root } from '../lib/requirements.mjs'
import type { LocalJob } from '../../local-aws/environment.ts'
import { accessLogLine, get } from './calls.ts'
import { deploy, showStep, type Demo } from './deploy.ts'
import { heading, say, summaryLines } from './show.ts'

/** Deploys examples/greeting three times: from nothing, unchanged, and with one line changed. Throws when something is not as it should be. */
export async function tour(job: LocalJob, runtime: string): Promise<void> {
  const demo = greeting(runtime)
  const first = await deploy(demo, job, 'Deploying examples/greeting with the built action, as this step would')
  const url = first.outputs['invoke-url'] ?? ''

  heading('Calling it')
  await expectAnswer(`${url}/greeting`, 'Hello, world!')
  await expectAnswer(`${url}/greeting/Ada`, 'Hello, Ada!')
  heading('The access-log line that the call left in CloudWatch Logs')
  say(`   ${await accessLogLine(job, first.outputs['access-log-group'] ?? '', '/greeting/{name}')}`)
  heading('The job summary')
  say(...summaryLines(first.summary))

  const second = await deploy(demo, job, 'Deploying again: nothing changed, so nothing is written')
  expectEqual('changed', second.outputs['changed'], 'false')

  changeOneLine(demo)
  const third = await deploy(demo, job, 'Deploying with one line changed: one new version, the same API deployment')
  expectEqual('changed', third.outputs['changed'], 'true')
  expectEqual('function-version', third.outputs['function-version'], String(Number(first.outputs['function-version']) + 1))
  expectEqual('api-deployment-id', third.outputs['api-deployment-id'], first.outputs['api-deployment-id'])
  await expectAnswer(`${url}/greeting/Ada`, 'Welcome, Ada!')
}

/** A copy of the example in a workspace of its own: the demo changes it, and the clone stays clean. */
function greeting(runtime: string): Demo {
  const workspace = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-demo-'))
  atEnd(() => rmSync(workspace, { recursive: true, force: true }))
  cpSync(join(root, 'examples', 'greeting'), join(workspace, 'greeting'), { recursive: true })
  const demo = {
    workspace,
    repository: 'acme/demo',
    env: {},
    inputs: {
      'function-name': 'greeting',
      source: 'greeting',
      handler: 'greeting.lambda_handler',
      runtime,
      exclude: 'test_*.py\nREADME.md',
      'cloudwatch-role': 'create',
      routes: 'GET /greeting\nGET /greeting/{name}',
    },
  }
  showStep(demo)
  return demo
}

function changeOneLine({ workspace }: Demo): void {
  const path = join(workspace, 'greeting', 'greeting.py')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace('else "Hello"', 'else "Welcome"'))
  if (readFileSync(path, 'utf8') === text) throw new Error('examples/greeting/greeting.py has no line left that the demo knows how to change')
}

async function expectAnswer(url: string, message: string): Promise<void> {
  const { status, body } = await get(url)
  say(`   GET ${url}`, `   ${status} ${body}`)
  expectEqual('the status', String(status), '200')
  expectEqual('the message', (JSON.parse(body) as { message?: string }).message, message)
}

function expectEqual(what: string, found: string | undefined, wanted: string | undefined): void {
  if (found !== wanted) throw new Error(`${what} should be ${JSON.stringify(wanted)}, and is ${JSON.stringify(found)}`)
}
