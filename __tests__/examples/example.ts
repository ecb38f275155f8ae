import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshAccount } from '../../local-aws/testing.ts'
import { runActionWell, type StepResult } from '../support/runner.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Deployed extends AsyncDisposable {
  readonly result: StepResult
  /** The invoke URL, without a slash at its end. */
  readonly url: string
}

/** Deploys a copy of one of examples/ into an empty account; `prefix` is where the copy lies in the workspace. */
export async function deployExample(name: string, step: { readonly prefix?: string; readonly inputs?: Readonly<Record<string, string>> } = {}): Promise<Deployed> {
  const workspace = mkdtempSync(join(tmpdir(), `example-${name}-`))
  cpSync(join(root, 'examples', name), join(workspace, step.prefix ?? ''), { recursive: true })
  const account = freshAccount()
  const env = { LAMBDA_API_DEPLOY_CACHE: join(root, '.cache', 'dependencies') }
  const inputs = { 'cloudwatch-role': 'create', ...step.inputs }
  const result = await runActionWell({ workspace, inputs, env, aws: { endpoint: account.url, account: account.id } })
  const remove = async (): Promise<void> => {
    await account.control.reset()
    rmSync(workspace, { recursive: true, force: true })
  }
  return { result, url: result.outputs['invoke-url'] ?? '', [Symbol.asyncDispose]: remove }
}

/** `METHOD /path` of each route that the run says it deployed. */
export function routesOf({ outputs }: StepResult): string[] {
  const routes = JSON.parse(outputs['routes'] ?? '[]') as readonly { readonly method: string; readonly path: string }[]
  return routes.map(({ method, path }) => `${method} ${path}`).sort()
}

/** One call over HTTP: its status, and the JSON or text that came back. */
export async function call(method: string, url: string, body?: unknown): Promise<readonly [number, unknown]> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await response.text()
  return [response.status, text.startsWith('{') || text.startsWith('[') || text.startsWith('"') ? (JSON.parse(text) as unknown) : text]
}
