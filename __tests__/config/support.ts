import type { EventSource } from '../../src/config/event.ts'
import { loadConfig } from '../../src/config/index.ts'
import type { Config, ConfigSource } from '../../src/config/index.ts'
import { DiagnosticsError, type Diagnostics } from '../../src/diagnostics.ts'
import type { Diagnostic } from '../../src/diagnostics.ts'

export const workspace = '/home/runner/work/shop'

/** What a step on GitHub has at least. */
export const runner = { GITHUB_REPOSITORY: 'octo/shop', AWS_REGION: 'eu-central-1' }

export interface Source {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** The text of lambda-api.yml; missing means no file. */
  readonly file?: string
  /** Other files, by their path from the workspace. */
  readonly files?: Readonly<Record<string, string>>
  /** The names of what lies at the top of the workspace. */
  readonly folder?: readonly string[]
  readonly event?: EventSource
}

/** Inputs that are enough for a service with one function. */
export const greeting = { 'function-name': 'greeting', runtime: 'python3.13' }

/** A config that can be used, and its warnings. */
export interface Loaded extends Config {
  readonly diagnostics: Diagnostics
}

/** @throws DiagnosticsError as the action does */
export async function loadWell(source: ConfigSource): Promise<Loaded> {
  const { config, findings } = await loadConfig(source)
  findings.refuse()
  if (config === undefined) throw new Error('no config')
  return { ...config, diagnostics: findings }
}

export function load({ inputs = {}, env = runner, file, files = {}, folder = [], event }: Source): Promise<Loaded> {
  const known: Record<string, string> = { ...files, ...(file === undefined ? {} : { 'lambda-api.yml': file }) }
  return loadWell({
    ...(event === undefined ? {} : { event }),
    inputs: (name) => inputs[name] ?? '',
    env,
    workspace,
    commit: 'a'.repeat(40),
    readFile: (path) => Promise.resolve(known[path.slice(workspace.length + 1)]),
    listFolder: (path) => Promise.resolve(path === workspace || path === `${workspace}/` ? folder : []),
  })
}

/** The errors of a config; none where it can be used. */
export async function errorsOf(source: Source): Promise<readonly Diagnostic[]> {
  try {
    await load(source)
    return []
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error
    return error.diagnostics.filter((one) => one.severity === 'error')
  }
}

/** A diagnostic as one line: what, cure and `line:column`, for tables of expectations. */
export function shortForm({ what, cure, place }: Diagnostic): string {
  return `${what} -> ${cure ?? ''}${place === undefined ? '' : ` @${place.line ?? 0}:${place.column ?? 0}`}`
}
