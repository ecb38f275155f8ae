import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Progress } from '../../progress.ts'
import type { Env } from '../env.ts'
import { pipConfigFiles } from './pip-config.ts'

/** The variables with which the installers are told of indexes. */
const urlVariables = new RegExp(`^(?:${[
  'PIP_(?:EXTRA_)?INDEX_URL|PIP_FIND_LINKS|PIP_PROXY',
  'UV_(?:EXTRA_|DEFAULT_)?INDEX(?:_URL)?|UV_FIND_LINKS',
  'npm_config_registry',
  'HTTPS?_PROXY|https?_proxy|ALL_PROXY|all_proxy',
].join('|')})$`)
const passwordVariables = /^(?:UV_INDEX_.+_PASSWORD|POETRY_HTTP_BASIC_.+_PASSWORD|POETRY_PYPI_TOKEN_.+|NODE_AUTH_TOKEN|NPM_TOKEN)$/

/** A mask of three letters would blot out half the log. */
const shortest = 4

/** What stands for a credential in a text of ours. */
export const hidden = '***'

/**
 * Hides the credentials of private indexes before an installer runs: whole URLs and their parts, as written and decoded, because installers
 * print a user with an empty password (a token) openly (pip issue 9973), and the URL of a direct requirement whole. Answers a function that
 * takes them out of a text, for places that the runner does not scrub (a comment on a pull request).
 * `texts` are lines that may hold URLs; `files` are settings of tools, read where they exist.
 */
export function hideCredentials(
  given: { readonly env: Env, readonly texts: readonly string[], readonly files: readonly string[] },
  progress: Progress
): (text: string) => string {
  const secrets = [...new Set([
    ...Object.entries(given.env).flatMap(([name, value = '']) => urlVariables.test(name)
      ? inUrls(value)
      : passwordVariables.test(name) ? [value] : []),
    ...given.texts.flatMap(inUrls),
    ...given.files.filter((file) => existsSync(file)).flatMap((file) => inFile(file, given.env)),
  ])].filter((secret) => secret.length >= shortest).sort((a, b) => b.length - a.length)
  for (const secret of secrets) progress.mask(secret)
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, hidden), text)
}

/** Where Python's installers keep credentials, apart from the environment and the requirements. */
export function pythonCredentialFiles(env: Env): readonly string[] {
  const home = env['HOME'] ?? '/'
  const config = env['XDG_CONFIG_HOME'] ?? path.join(home, '.config')
  return [...pipConfigFiles(env), env['NETRC'] ?? path.join(home, '.netrc'), env['UV_CONFIG_FILE'] ?? path.join(config, 'uv', 'uv.toml')]
}

/** Where the installers of Node's packages keep credentials; `folders` are the project's. */
export function nodeCredentialFiles(env: Env, folders: readonly string[]): readonly string[] {
  const user = env['NPM_CONFIG_USERCONFIG'] ?? env['npm_config_userconfig'] ?? path.join(env['HOME'] ?? '/', '.npmrc')
  const home = env['HOME'] ?? '/'
  const names = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml']
  return [
    user, ...['.yarnrc', '.yarnrc.yml', '.bunfig.toml'].map((name) => path.join(home, name)),
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
  ]
}

function inFile(file: string, env: Env): string[] {
  const text = readFileSync(file, 'utf8').replace(/\$\{?([A-Za-z_]\w*)\??\}?/g, (whole, name: string) => env[name] ?? whole)
  if (/netrc$/.test(file)) return [...text.matchAll(/\bpassword\s+(\S+)/g)].map((match) => match[1] as string)
  const token = /(?::?_(?:authToken|auth|password)\s*=|\bnpmAuth(?:Token|Ident)["']?\s*:|\b(?:token|password)\s*=)\s*["']?([^\s"']+)/g
  const tokens = [...text.matchAll(token)].map((match) => match[1] as string)
  // npm keeps `_auth` and `_password` in base64, and sends user and password together in base64, which a registry may echo.
  const plain = tokens.map((token) => Buffer.from(token, 'base64').toString('utf8')).filter((each) => /^[\x20-\x7e]+$/.test(each))
  const users = [...text.matchAll(/:?\busername\s*=\s*"?([^\s"]+)/g)].map((match) => match[1] as string)
  return [
    ...inUrls(text), ...tokens, ...plain,
    ...users.flatMap((user) => [...tokens, ...plain].map((password) => basic(`${user}:${password}`))),
  ]
}

/** The credentials in a text's URLs: the URL, its user with the password, the password (a lone user is a token), raw and decoded. */
function inUrls(text: string): string[] {
  return [...text.matchAll(/[a-z][a-z0-9+.-]*:\/\/([^/\s]+)@[^\s"',;]+/gi)].flatMap(([url, userinfo]) => {
    const [user = '', ...password] = (userinfo as string).split(':')
    // The user of an SSH URL is no secret.
    if (password.length === 0 && /^(?:git\+)?ssh:/i.test(url)) return []
    const secret = password.join(':') === '' ? user : password.join(':')
    return [...[url, userinfo as string, secret].flatMap((part) => [part, decoded(part)]), basic(decoded(userinfo as string))]
  })
}

/** As the header of a request bears it (`Authorization: Basic ...`, RFC 7617). */
function basic(userinfo: string): string {
  return Buffer.from(userinfo).toString('base64')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
