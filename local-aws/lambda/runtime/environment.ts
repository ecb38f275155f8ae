import path from 'node:path'
import type { Configuration } from '../configuration.ts'
import type { Interpreter } from './interpreters.ts'

let endpointUrl: string | undefined

/** Makes the SDK in handlers talk to this endpoint instead of AWS. */
export function sendHandlersTo(url: string): void {
  endpointUrl = url
}

/** Where a version's files are, and where they would be on AWS. */
export interface Folders {
  /** /var/task */
  readonly task: string
  /** /opt */
  readonly layers: string
  /** /tmp */
  readonly temporary: string
}

/** Whom an instance runs as. */
export interface Identity {
  readonly account: string
  readonly region: string
  readonly name: string
  readonly version: string
  readonly logGroup: string
  readonly logStream: string
}

interface Setting {
  readonly configuration: Configuration
  readonly interpreter: Interpreter
  readonly folders: Folders
  readonly identity: Identity
}

/**
 * The whole environment of a handler, and nothing of this process's: what Lambda sets (recorded by test_introspection_invoke),
 * with the folders as they are here, and the function's own variables. Two things are not as on AWS: TMPDIR keeps temporary files out
 * of the machine's /tmp, and AWS_ENDPOINT_URL, once {@link sendHandlersTo} was told, makes a handler's SDK talk to local AWS.
 */
export function environmentOf({ configuration, interpreter, folders, identity }: Setting): Record<string, string> {
  const { task, layers, temporary } = folders
  const { account, region, name, version, logGroup, logStream } = identity
  const runtime = configuration.Runtime ?? ''
  const { LogFormat, ApplicationLogLevel = 'INFO' } = configuration.LoggingConfig
  return {
    _HANDLER: configuration.Handler ?? '',
    LAMBDA_TASK_ROOT: task,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    PWD: task,
    TMPDIR: temporary,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...(LogFormat === 'JSON' && { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: ApplicationLogLevel }),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    SHLVL: '0',
    PATH: ['/usr/local/bin', '/usr/bin', '/bin', path.join(layers, 'bin')].join(':'),
    LD_LIBRARY_PATH: [task, path.join(task, 'lib'), path.join(layers, 'lib')].join(':'),
    ...languageVariables({ interpreter, layers, task }),
    ...endpoint(),
    ...configuration.Environment?.Variables,
  }
}

/** The folders that come before the standard library on sys.path, in the order of Lambda's Python runtimes. */
export function pythonPath({ configuration, interpreter, folders }: Omit<Setting, 'identity'>): string[] {
  const { task, layers } = folders
  const own = configuration.Environment?.Variables['PYTHONPATH']?.split(':') ?? []
  const moved = own.map((folder) => folder.replace(/^\/var\/task(?=\/|$)/, task).replace(/^\/opt(?=\/|$)/, layers))
  return [task, ...moved, path.join(layers, 'python/lib', `python3.${interpreter.release}`, 'site-packages'), path.join(layers, 'python')]
}

function languageVariables({ interpreter, layers, task }: { interpreter: Interpreter; layers: string; task: string }): Record<string, string> {
  if (interpreter.language === 'python') return { LC_CTYPE: 'C.UTF-8', PYTHONPATH: '/var/runtime' }
  const modules = [path.join(layers, `nodejs/node${interpreter.release}/node_modules`), path.join(layers, 'nodejs/node_modules'), task]
  return { NODE_PATH: modules.join(':') }
}

function endpoint(): Record<string, string> {
  return endpointUrl === undefined ? {} : { AWS_ENDPOINT_URL: endpointUrl }
}
