import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { LocalJob } from '../../local-aws/environment.ts'
import { get, functionLog } from './calls.ts'
import { deploy, showStep, type Demo } from './deploy.ts'
import { guessHandler } from './handler.ts'
import { heading, say, summaryLines } from './show.ts'
import { watchFolder } from './watch.ts'

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

interface Deployed {
  readonly summary: string
  readonly url: string
  readonly routes: readonly Route[]
  readonly functions: readonly string[]
}

interface Route {
  readonly method: string
  readonly path: string
}

/** Deploys a folder of the user's own, calls it, says how to call it, and deploys again whenever a file of it changes. */
export async function ownFolder(job: LocalJob, workspace: string, runtime: string): Promise<void> {
  showStep(demoOf(workspace, runtime))
  const { summary, ...deployed } = await firstDeploy(job, workspace, runtime)
  heading('The job summary')
  say(...summaryLines(summary))
  // Watched before the invitation to change something is printed.
  watchFolder(workspace, async (path) => {
    try {
      await deployAndCall(job, { workspace, runtime }, `${path} has changed: deploying again`)
    } catch {
      say('', '   The action failed; what is served is the release before. Its words stand above.')
    }
  })
  heading(`Serving until Ctrl-C: ${deployed.url}`)
  for (const route of deployed.routes) say(`   ${route.method} ${deployed.url}${route.path}`)
  say('   A change of a file is deployed at once.')
}

/** Says of a deploy that failed where settings are written, for the action's own words speak of a workflow's step. */
async function firstDeploy(job: LocalJob, workspace: string, runtime: string): Promise<Deployed> {
  try {
    return await deployAndCall(job, { workspace, runtime }, `Deploying ${workspace} with the built action`)
  } catch (error) {
    say('', ...settingHints(workspace, runtime).map((line) => `   ${line}`))
    throw error
  }
}

function settingHints(workspace: string, runtime: string): string[] {
  const shell = 'What a variable takes from-env comes from your shell: NAME=value npm start -- path/to/folder'
  const name = basename(workspace).replaceAll(/[^A-Za-z0-9-_]+/g, '-')
  if (configFiles.some((each) => existsSync(join(workspace, each)))) return [`Settings are read from ${join(workspace, 'lambda-api.yml')}. ${shell}`]
  return [
    `Settings, such as the handler, stand in ${join(workspace, 'lambda-api.yml')}, which is not there yet. It may say:`,
    `  service: ${name}`, `  defaults: { runtime: ${runtime}, handler: app.handler }`, shell,
  ]
}

async function deployAndCall(job: LocalJob, { workspace, runtime }: { workspace: string; runtime: string }, title: string): Promise<Deployed> {
  const { outputs, summary } = await deploy(demoOf(workspace, runtime), job, title)
  const deployed = {
    summary,
    url: outputs['invoke-url'] ?? '',
    routes: JSON.parse(outputs['routes'] ?? '[]') as readonly Route[],
    functions: (JSON.parse(outputs['functions'] ?? '[]') as readonly { name: string }[]).map(({ name }) => name),
  }
  await callFirst(job, deployed)
  return deployed
}

/** What API Gateway says nothing of to the caller (developer guide, "Output format of a Lambda function for proxy integration"). */
const malformed = [
  'Where the log shows no error, the handler has returned something that API Gateway does not take. It takes an object with',
  'statusCode, a whole number, and body, a text: {"statusCode": 200, "body": json.dumps(data)}. A dict or a list as body is 502, too.',
]

/** Calls the first route that a browser could open, and shows what the functions have logged where the answer is a failure. */
async function callFirst(job: LocalJob, { url, routes, functions }: Deployed): Promise<void> {
  const route = routes.find(({ method, path }) => (method === 'GET' || method === 'ANY') && !path.includes('{'))
  if (route === undefined) return
  heading(`Calling GET ${url}${route.path}`)
  const { status, body } = await get(url + route.path)
  say(`   ${status} ${body.length > 500 ? `${body.slice(0, 500)}…` : body}`)
  if (status < 500) return
  for (const name of functions) {
    heading(`The log of ${name}`)
    say(...(await functionLog(job, name)).map((line) => `   ${line}`))
  }
  if (status === 502) say('', ...malformed.map((line) => `   ${line}`))
}

/** Its own config file decides; without one the folder's name, the default handler, this machine's runtime and all routes do. */
function demoOf(workspace: string, runtime: string): Demo {
  const repository = `local/${basename(workspace)}`
  const file = configFiles.map((name) => join(workspace, name)).find((each) => existsSync(each))
  if (file !== undefined) return { workspace, repository, inputs: account, env: namedVariables(readFileSync(file, 'utf8')) }
  const name = basename(workspace).replaceAll(/[^A-Za-z0-9-_]+/g, '-')
  const { family, handler } = guessHandler(workspace)
  const inputs = { ...account, 'function-name': name, runtime: family === 'node' ? 'nodejs24.x' : runtime, ...(handler === undefined ? {} : { handler }) }
  return { workspace, repository, inputs, env: {} }
}

/** What the config takes `from-env` comes from the user's shell, as it would from the step's `env:`; nothing else does. */
function namedVariables(config: string): Record<string, string | undefined> {
  const names = [...config.matchAll(/from-env:\s*["']?([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => match[1] ?? '')
  return Object.fromEntries(names.map((name) => [name, process.env[name]]))
}
