import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { LocalJob } from '../../local-aws/environment.ts'
import { deploy, showStep, type Demo } from './deploy.ts'
import { heading, say, summaryLines } from './show.ts'

/** The local account is as empty as a new one of AWS: nobody has given API Gateway a role for its logs yet. */
const account = { 'cloudwatch-role': 'create' }

const configFiles = ['lambda-api.yml', 'lambda-api.yaml']

/**
 * The folder that the user means, relative to where the user stands.
 * @throws Error when it is none
 */
export function folderOf(path: string): string {
  // npm starts scripts in the project's folder and says here where it was called.
  const folder = resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder
  throw new Error(`${folder} is not a folder. Name one that holds a lambda-api.yml or a handler.`)
}

/** Deploys a folder of the user's own, and says how to call it. */
export async function ownFolder(job: LocalJob, workspace: string, runtime: string): Promise<void> {
  const demo = demoOf(workspace, runtime)
  showStep(demo)
  const { outputs, summary } = await deploy(demo, job, `Deploying ${workspace} with the built action`)
  heading('The job summary')
  say(...summaryLines(summary))
  const routes = JSON.parse(outputs['routes'] ?? '[]') as readonly { method: string; path: string }[]
  heading(`Serving until Ctrl-C: ${outputs['invoke-url']}`)
  for (const route of routes) say(`   ${route.method} ${outputs['invoke-url']}${route.path}`)
}

/** Its own config file decides; without one the folder's name, the default handler, this machine's runtime and all routes do. */
function demoOf(workspace: string, runtime: string): Demo {
  const repository = `local/${basename(workspace)}`
  const file = configFiles.map((name) => join(workspace, name)).find((each) => existsSync(each))
  if (file !== undefined) return { workspace, repository, inputs: account, env: namedVariables(readFileSync(file, 'utf8')) }
  const name = basename(workspace).replaceAll(/[^A-Za-z0-9-_]+/g, '-')
  return { workspace, repository, inputs: { ...account, 'function-name': name, runtime: isNode(workspace) ? 'nodejs24.x' : runtime }, env: {} }
}

/** A Node handler and no Python one: both at their default place. */
function isNode(workspace: string): boolean {
  const names = readdirSync(workspace)
  return !names.includes('lambda_function.py') && names.some((name) => /^index\.[cm]?js$/.test(name))
}

/** What the config takes `from-env` comes from the user's shell, as it would from the step's `env:`; nothing else does. */
function namedVariables(config: string): Record<string, string | undefined> {
  const names = [...config.matchAll(/from-env:\s*["']?([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => match[1] ?? '')
  return Object.fromEntries(names.map((name) => [name, process.env[name]]))
}
