import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { run } from '../../../scripts/lib/children.mjs'
import { withLock } from '../../../scripts/lib/lock.mjs'
import { findPython, root } from '../../../scripts/lib/requirements.mjs'
import type { FreshAccount } from '../../testing.ts'

const folder = join(root, '.cache', 'life')
const venv = join(folder, 'venv')
const vendored = join(folder, 'greeting')
const mark = join(folder, 'installed-from')
const clients = join(import.meta.dirname, 'requirements.txt')
const greeting = join(root, 'examples', 'greeting')

/** Installs boto3 and the AWS CLI, and what the example needs, unless exactly these are there. Fails with pip's words. */
export async function installClients(): Promise<void> {
  const { command, version } = await findPython()
  const wanted = createHash('sha256').update(readFileSync(clients)).update(readFileSync(join(greeting, 'requirements.txt'))).update(`${command} ${version}`).digest('hex')
  await withLock(join(folder, 'lock'), async () => {
    if (installed() === wanted) return
    rmSync(venv, { recursive: true, force: true })
    rmSync(vendored, { recursive: true, force: true })
    await well(command, ['-m', 'venv', venv])
    await pip(['-r', clients])
    await pip(['--target', vendored, '-r', join(greeting, 'requirements.txt')])
    writeFileSync(mark, wanted)
  })
}

/** Runs a program of the clients' environment with one account of local AWS around it, and returns what it printed, which must be JSON. */
export async function live(account: FreshAccount, program: string, args: readonly string[]): Promise<unknown> {
  const path = `${join(venv, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`
  const { code, output, stdout } = await run(program, args, {
    cwd: root,
    // Nothing of the machine's own AWS settings may reach the clients.
    env: { PATH: path, HOME: folder, TMPDIR: tmpdir(), GREETING: greeting, VENDORED: vendored, ...account.environment, AWS_DEFAULT_REGION: account.region, AWS_MAX_ATTEMPTS: '1', AWS_PAGER: '' },
    limitMs: 300_000,
  })
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`)
  return JSON.parse(stdout) as unknown
}

const pip = (args: readonly string[]): Promise<void> => well(join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--require-hashes', '--only-binary', ':all:', ...args])

async function well(command: string, args: readonly string[]): Promise<void> {
  const { code, output } = await run(command, args)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`)
}

function installed(): string | undefined {
  try {
    return readFileSync(mark, 'utf8')
  } catch {
    return undefined
  }
}
