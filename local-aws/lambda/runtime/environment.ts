import path from 'node:path'
import { handlerToken } from '../../kernel/policy/caller.ts'
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
  /** /var/runtime, as far as it holds the SDK. */
  readonly runtime: string
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
  readonly initialization: Initialization
}

/** AWS_LAMBDA_INITIALIZATION_TYPE (developer guide, defined runtime environment variables). */
export type Initialization = 'on-demand' | 'provisioned-concurrency' | 'snap-start'

interface Setting {
  readonly configuration: Configuration
  readonly interpreter: Interpreter
  readonly folders: Folders
  readonly identity: Identity
}

/**
 * The whole environment of a handler, and nothing of this process's: what Lambda sets (recorded by test_introspection_invoke),
 * with the folders as they are here, and the function's own variables. What is not as on AWS: TMPDIR keeps temporary files out
 * of the machine's /tmp, AWS_ENDPOINT_URL, once {@link sendHandlersTo} was told, makes a handler's SDK talk to local AWS, and the
 * files in which the developer of this machine keeps settings for AWS (which may send a client elsewhere) are empty for it.
 */
export function environmentOf({ configuration, interpreter, folders, identity }: Setting): Record<string, string> {
  const { task, layers, temporary } = folders
  const own = configuration.Environment?.Variables
  const { account, region, name, version, logGroup, logStream, initialization } = identity
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
    AWS_SESSION_TOKEN: handlerToken,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: initialization,
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...(LogFormat === 'JSON' && { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: ApplicationLogLevel }),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    SHLVL: '0',
    PATH: ['/usr/local/bin', '/usr/bin', '/bin', path.join(layers, 'bin')].join(':'),
    LD_LIBRARY_PATH: [task, path.join(task, 'lib'), path.join(layers, 'lib')].join(':'),
    ...languageVariables(interpreter, folders),
    ...endpoint(),
    ...own,
    ...(interpreter.language === 'node' && own?.['NODE_PATH'] !== undefined && { NODE_PATH: moved(own['NODE_PATH'], folders).join(':') }),
  }
}

/**
 * The folders that come before the standard library on sys.path: the zip, PYTHONPATH, layers, the runtime's own (developer guide,
 * dependency search path in Python).
 */
export function pythonPath({ configuration, interpreter, folders }: Omit<Setting, 'identity'>): string[] {
  const { task, layers, runtime } = folders
  const own = moved(configuration.Environment?.Variables['PYTHONPATH'] ?? '', folders)
  return [
    task,
    ...own,
    path.join(layers, 'python/lib', `python3.${interpreter.release}`, 'site-packages'),
    path.join(layers, 'python'),
    runtime,
  ]
}

function languageVariables(interpreter: Interpreter, { task, layers, runtime }: Folders): Record<string, string> {
  if (interpreter.language === 'python') return { LC_CTYPE: 'C.UTF-8', PYTHONPATH: '/var/runtime' }
  const modules = [
    path.join(layers, `nodejs/node${interpreter.release}/node_modules`),
    path.join(layers, 'nodejs/node_modules'),
    path.join(runtime, 'node_modules'),
    runtime,
    task,
  ]
  return { NODE_PATH: modules.join(':') }
}

/** The folders of a search path, as they are here. */
function moved(folders: string, { task, layers, runtime }: Folders): string[] {
  const places = { '/var/task': task, '/opt': layers, '/var/runtime': runtime }
  return folders.split(':').filter(Boolean).map((folder) => {
    const place = Object.entries(places).find(([there]) => folder === there || folder.startsWith(`${there}/`))
    return place === undefined ? folder : place[1] + folder.slice(place[0].length)
  })
}

function endpoint(): Record<string, string> {
  return {
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...(endpointUrl !== undefined && { AWS_ENDPOINT_URL: endpointUrl }),
  }
}
