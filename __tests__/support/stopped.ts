import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startAction, succeeded, type Step, type StepResult } from './runner.ts'
import { everything, makeService, type Deployable } from './service.ts'

type Inputs = Readonly<Record<string, string>>

/** A service with a cache of its own, whose runs are told to stop. */
export interface Stoppable {
  readonly service: Deployable
  /** A folder that builds can write to. */
  readonly mark: string
  /** What the last run has printed so far. */
  readonly output: () => string
  readonly start: (inputs?: Inputs) => Step
  readonly deploy: (inputs?: Inputs) => Promise<StepResult>
  /** What lies about in the cache of things that were never finished. */
  readonly halfBuilt: () => string[]
  readonly remove: () => void
}

export function makeStoppable(): Stoppable {
  const service = makeService({})
  const cache = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-cache-'))
  const mark = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-test-mark-'))
  const { account, workspace } = service
  let output = ''
  const start = (inputs: Inputs = {}): Step => {
    output = ''
    return startAction({
      workspace, inputs: { ...everything, stage: 'prod', ...inputs },
      aws: { endpoint: account.url, account: account.id, region: account.region },
      env: { LAMBDA_API_DEPLOY_CACHE: cache, MARK: mark },
      onOutput: (text) => (output += text),
    })
  }
  return {
    service, mark, start,
    output: () => output,
    deploy: async (inputs) => succeeded(await start(inputs).result),
    halfBuilt: () => readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((path) => /^tmp\/|\.\d+\.[0-9a-f]{8}/.test(path)),
    remove: () => {
      service.remove()
      for (const folder of [cache, mark]) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Looks until something holds, for at most ten minutes. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 600_000; Date.now() < end; await sleep(20)) if (await holds()) return
  throw new Error(`${what} did not happen`)
}

/** A package whose build never ends, and starts a program that never ends; their process ids come to stand in the folder MARK. */
export const endlessBuild = {
  'requirements.txt': './endless\n',
  'endless/pyproject.toml': '[project]\nname = "endless"\nversion = "1.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'endless/backend.py': `
import os, signal, subprocess, time
def build_wheel(*_):
    other = subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 1000"])
    with open(os.path.join(os.environ["MARK"], "new"), "w") as f:
        f.write(f"{os.getpid()} {other.pid}")
    os.rename(os.path.join(os.environ["MARK"], "new"), os.path.join(os.environ["MARK"], "pids"))
    time.sleep(1000)
prepare_metadata_for_build_wheel = build_wheel
`,
}

/** The processes of an {@link endlessBuild} that are still there. */
export function endlessProcesses(mark: string): number[] {
  return readFileSync(join(mark, 'pids'), 'utf8').split(' ').map(Number).filter((pid) => {
    try {
      process.kill(pid, 0)
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    } catch {
      return false
    }
  })
}

/** A project for Node whose one dependency lies at a registry that never answers; `nextCall` waits until it is asked once more. */
export async function deafRegistry(): Promise<{ readonly files: Readonly<Record<string, string>>; readonly nextCall: () => Promise<void>; readonly close: () => void }> {
  let calls = 0
  const server = createServer(() => void (calls += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const resolved = `http://127.0.0.1:${(server.address() as AddressInfo).port}/far/-/far-1.0.0.tgz`
  const root = { name: 'shop', version: '1.0.0', dependencies: { far: '1.0.0' } }
  const lock = { ...root, lockfileVersion: 3, requires: true, packages: { '': root, 'node_modules/far': { version: '1.0.0', resolved, integrity: `sha512-${'A'.repeat(86)}==` } } }
  return {
    files: { 'index.js': 'exports.handler = async () => ({ statusCode: 200 })\n', 'package.json': JSON.stringify(root), 'package-lock.json': JSON.stringify(lock) },
    nextCall: () => {
      const before = calls
      return until('a call of the registry', () => calls > before)
    },
    close: () => void (server.closeAllConnections(), server.close()),
  }
}
