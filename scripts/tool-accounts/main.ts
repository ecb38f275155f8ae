import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startLocalAws } from '../../local-aws/server.ts'
import { root } from '../lib/requirements.mjs'
import type { ToolAccount } from './account.ts'
import { startRecorder } from './recorder.ts'
import { install, tools, type Tool } from './tools.ts'

const usage = `Usage: node scripts/tool-accounts/main.ts [${Object.keys(tools).join('] [')}]
  Installs each tool in its pinned version below .cache/tool-accounts, lets it deploy a small app to a local AWS of its own, and writes what
  it has made, as calls, to __tests__/support/tool-accounts/. The tests make the accounts from these files; nothing else needs this.`

const account = '246813579024'
const names = process.argv.slice(2)
if (names.some((name) => !(name in tools))) console.log(usage)
else for (const name of names.length === 0 ? Object.keys(tools) : names) await record(name, tools[name] as Tool)

async function record(name: string, tool: Tool): Promise<void> {
  const folder = join(root, '.cache/tool-accounts', name)
  const environment = install(tool, folder)
  const app = join(folder, 'app')
  rmSync(app, { recursive: true, force: true })
  for (const [file, text] of Object.entries(tool.app)) {
    mkdirSync(dirname(join(app, file)), { recursive: true })
    writeFileSync(join(app, file), text)
  }
  const local = await startLocalAws({ port: 0, clockRate: 20 })
  const recorder = await startRecorder(local.url, account)
  try {
    await play(tool, app, { ...environment, AWS_ENDPOINT_URL: recorder.url })
    const before = recorder.calls(tool.standIn)
    const { packages: _packages, from: _from, app: _app, command: _command, afterwards, endsEarly: _early, ...described } = tool
    const made: ToolAccount = { ...described, calls: [...before, ...(afterwards?.(app, before) ?? [])] }
    writeFileSync(join(root, `__tests__/support/tool-accounts/${name}.json`), `${JSON.stringify(made, null, 1)}\n`)
    console.log(`${tool.tool}: ${made.calls.length} calls`)
  } finally {
    recorder.stop()
    await local.stop()
  }
}

/** Runs the tool's command; the modules that an app of Node requires stand beside it, as an installation leaves them. */
async function play(tool: Tool, app: string, environment: Readonly<Record<string, string>>): Promise<void> {
  if (tool.from === 'npm' && tool.packages.some((each) => each.startsWith('claudia-api-builder'))) {
    cpSync(join(app, '../tool/node_modules/claudia-api-builder'), join(app, 'node_modules/claudia-api-builder'), { recursive: true })
  }
  const [command = '', ...args] = tool.command
  const env = { ...process.env, ...environment, AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' }
  const code = await new Promise((resolve) => spawn(command, args, { cwd: app, env, stdio: ['ignore', 'inherit', 'inherit'] }).on('close', resolve))
  if (code !== 0 && tool.endsEarly !== true) throw new Error(`${command} ended with ${String(code)}`)
}
