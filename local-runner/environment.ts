import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The event that started the workflow. */
export interface WorkflowEvent {
  readonly name: string
  readonly payload: unknown
}

export interface JobOptions {
  /** GITHUB_WORKSPACE and the working folder. */
  readonly workspace: string
  /** An empty folder of this run: RUNNER_TEMP. */
  readonly temp: string
  readonly event?: WorkflowEvent
  readonly repository?: string
  /** GITHUB_SHA */
  readonly sha?: string
  /** GITHUB_REF */
  readonly ref?: string
  /** Where the action itself lies. */
  readonly actionPath: string
  /** The step's `env:` and what earlier steps exported; wins over everything here. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** The files through which an action talks to the runner. */
export const commandFiles = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const
export type CommandFiles = Readonly<Record<(typeof commandFiles)[number], string>>

/**
 * What a machine needs so that pip, npm and git work on it at all; a runner has these too.
 * Nothing about AWS or GitHub comes from the machine.
 */
const machine = /^(PATH|HOME|LANG|LC_.*|TZ|TMPDIR|.*_PROXY|.*_proxy|SSL_CERT_.*|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|PIP_.*|UV_.*|PYENV_.*|npm_config_(registry|cafile|cache)|XDG_CACHE_HOME)$/

/** Makes the empty command files and the event's file below `temp`, as the runner does before each step. */
export function makeCommandFiles(temp: string): CommandFiles {
  const folder = join(temp, '_runner_file_commands')
  mkdirSync(folder, { recursive: true })
  const entries = commandFiles.map((name) => [name, join(folder, name.toLowerCase())] as const)
  for (const [, path] of entries) writeFileSync(path, '')
  return Object.fromEntries(entries) as CommandFiles
}

/** The variables of a job on a Linux runner, apart from inputs and command files. */
export function jobEnvironment(options: JobOptions, host: NodeJS.ProcessEnv): Record<string, string> {
  const event = options.event ?? { name: 'push', payload: { ref: 'refs/heads/main' } }
  const eventPath = join(options.temp, '_github_workflow', 'event.json')
  mkdirSync(join(eventPath, '..'), { recursive: true })
  writeFileSync(eventPath, JSON.stringify(event.payload))
  const repository = options.repository ?? 'acme/demo'
  const ref = options.ref ?? 'refs/heads/main'
  const variables: Record<string, string | undefined> = {
    ...Object.fromEntries(Object.entries(host).filter(([name]) => machine.test(name))),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_PATH: options.actionPath,
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9/graphql',
    GITHUB_JOB: 'deploy',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_OWNER: repository.split('/')[0],
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: options.sha ?? '0'.repeat(40),
    GITHUB_WORKFLOW: 'deploy',
    GITHUB_WORKSPACE: options.workspace,
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_NAME: 'local',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: options.temp,
    RUNNER_TOOL_CACHE: join(options.temp, '_tool'),
    // Whatever profile the developer has stays out of it.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...options.env,
  }
  return Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
