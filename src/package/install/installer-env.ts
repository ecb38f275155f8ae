import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Env } from '../env.ts'
import { nodeCredentialFiles, pythonCredentialFiles } from './credentials.ts'

/** What decides about the secrets of the step. */
export interface Told {
  /** Settings of the user's, in which a variable may be named. */
  readonly texts?: readonly string[]
  /** Variables that functions take by `from-env`. */
  readonly secrets?: readonly string[] | undefined
}

/** Variables that would turn an installer away from what it is told, and files through which a step speaks to the runner. */
const pipSettings = [
  'USER|TARGET|PREFIX|ROOT|REQUIRE_VIRTUALENV|NO_BINARY|ONLY_BINARY|REQUIREMENT|CONSTRAINT|PLATFORM|PYTHON|PYTHON_VERSION',
  'ABI|IMPLEMENTATION|EDITABLE|DRY_RUN|REPORT|NO_DEPS|CONFIG_SETTINGS|QUIET|VERBOSE|LOG',
].join('|')
const uvSettings = [
  'PYTHON|TARGET|PREFIX|NO_BINARY|NO_BUILD|NO_BINARY_PACKAGE|NO_BUILD_PACKAGE|REQUIRE_HASHES|CONSTRAINT|OVERRIDE',
  'COMPILE_BYTECODE|LINK_MODE|PROJECT|WORKING_DIR(?:ECTORY)?|RESOLUTION|PRERELEASE|PROJECT_ENVIRONMENT',
].join('|')
const withheld = [
  /^GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/,
  new RegExp(`^PIP_(?:${pipSettings})$`),
  /^PYTHON(?:PATH|HOME|STARTUP|USERBASE|OPTIMIZE|DONTWRITEBYTECODE|HASHSEED)$/,
  /^VIRTUAL_ENV$/,
  new RegExp(`^UV_(?:${uvSettings})$`),
  /^npm_(?:config_(?:omit|include|os|cpu|libc|global|prefix|production|only|dry_run)|lifecycle|package|command|execpath)/i,
  /^NODE_(?:OPTIONS|ENV|PATH)$/,
  /^YARN_(?:PRODUCTION|NODE_LINKER|NM_\w+|MODULES_FOLDER|(?:LOCKFILE|RC)_FILENAME|FROZEN_LOCKFILE|ENABLE_(?:IMMUTABLE_INSTALLS|SCRIPTS))$/,
]

/**
 * The step's secrets. Packages run code of strangers while they are installed, and that has no business in the account or the
 * repository.
 */
const aws = /^AWS_(?!(?:DEFAULT_)?REGION$|CA_BUNDLE$|EC2_METADATA_DISABLED$)/
const github = /^(?:GITHUB|GH)_(?:ENTERPRISE_)?TOKEN$/
const runner = /^(?:INPUT|STATE|ACTIONS)_/

/** The installers' own settings, in which a variable may be named, too. */
const settings = /^(?:PIP|UV|POETRY|PDM|PIPENV|npm_config|pnpm_config|YARN|BUN|GIT)_/i
/** What every program needs, or the runner tells everyone: no secret, also where a function takes it. */
const common = new RegExp([
  '^(?:PATH|HOME|USER|SHELL|LANG|TZ|TMPDIR|TEMP|TMP|CI|NETRC|NODE_AUTH_TOKEN|pythonLocation)$',
  '^(?:REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$',
  '^(?:LC|XDG|SSL|SSH|PYENV|RUNNER|GITHUB)_|_PROXY$',
].join('|'), 'i')

/**
 * Programs that are asked for an index's or a repository's credentials, and that may need those of the account (CodeArtifact,
 * CodeCommit) or of gh.
 */
const asksKeyring = /keyring[-_]provider\s*[=:]\s*["']?(?:subprocess|import)\b|(?:^|:)tokenHelper\s*=/im
const asksAws = /\baws(?:\.exe)? codecommit\b/
const asksGh = /\bgh(?:\.exe)? auth git-credential\b|(?:^|:)tokenHelper\s*=/m

/**
 * The environment for an installer: the step's own (proxies, index settings, credentials for private indexes) without what is withheld.
 * A secret passes where the user's settings name it, or a program of theirs needs it.
 */
export function installerEnv(env: Env, { texts = [], secrets = [] }: Told = {}): Record<string, string | undefined> {
  const all = [...texts, ...Object.entries(env).flatMap(([name, value = '']) => settings.test(name) ? [`${name}=${value}`] : [])].join('\n')
  const named = new Set([...all.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1] as string))
  const keepsAws = asksKeyring.test(all) || asksAws.test(all)
  const isSecret = (name: string): boolean => aws.test(name) && !keepsAws || github.test(name) && !asksGh.test(all) || runner.test(name)
    || secrets.includes(name) && !aws.test(name) && !settings.test(name) && !common.test(name)
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.some((pattern) => pattern.test(name))
      && (named.has(name) || !isSecret(name)))),
    // Messages that we read must not depend on the runner's language; UTF-8 for file names.
    LC_ALL: 'C.UTF-8', PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8', PYTHONNOUSERSITE: '1',
    // Nobody sits there to be asked for a password.
    GIT_TERMINAL_PROMPT: '0',
  }
}

/** What the user's settings for Python's installers say. */
export function pythonSettings(env: Env, files: readonly string[] = []): readonly string[] {
  return contents([...pythonCredentialFiles(env), ...gitSettings(env), ...files])
}

/** What the user's settings for the installers of Node's packages say; `folders` are the project's. */
export function nodeSettings(env: Env, folders: readonly string[]): readonly string[] {
  return contents([
    ...nodeCredentialFiles(env, folders), ...gitSettings(env),
    ...folders.flatMap((folder) => ['.pnpmfile.cjs', 'pnpm-workspace.yaml'].map((name) => path.join(folder, name))),
  ])
}

function gitSettings(env: Env): readonly string[] {
  const home = env['HOME'] ?? '/'
  return [
    env['GIT_CONFIG_GLOBAL'] ?? path.join(home, '.gitconfig'),
    path.join(env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'git', 'config'),
  ]
}

function contents(files: readonly string[]): string[] {
  return files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'))
}
