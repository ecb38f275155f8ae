import type { Env } from '../env.ts'
import { readPipConfig } from './pip-config.ts'

/** The indexes that the step's settings name, whichever tool they were written for. */
interface Indexes {
  readonly main: string | undefined
  readonly extra: readonly string[]
  readonly links: readonly string[]
  readonly trusted: readonly string[]
}

/** The same in both tools' words: uv reads no pip.conf and no PIP_*, pip no UV_*, and a user does not choose which of the two runs. */
export function indexEnv(tool: 'pip' | 'uv', env: Env): Readonly<Record<string, string>> {
  const [theirs, others] = tool === 'uv' ? [uvIndexes(env), pipIndexes(env)] : [pipIndexes(env), uvIndexes(env)]
  // Settings that speak to the tool itself are the user's last word: nothing is mixed into them.
  if (theirs.main !== undefined || theirs.extra.length > 0) return {}
  return tool === 'uv' ? inUvWords(others, env) : inPipWords(others)
}

/** URLs without their credentials of every index that the step's settings name. */
export function knownIndexes(env: Env): readonly string[] {
  return [pipIndexes(env), uvIndexes(env)].flatMap(({ main, extra }) => [...(main === undefined ? [] : [main]), ...extra]).map(bareIndex)
}

/** An index's URL as it is compared: no credentials, no slash at the end. */
export function bareIndex(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/]+@/i, '$1').replace(/\/+$/, '')
}

/** `url` with the credentials that UV_INDEX_<NAME>_USERNAME and _PASSWORD have for it. */
export function withUvCredentials(name: string, url: string, env: Env): string {
  const variable = `UV_INDEX_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`
  return withCredentials(url, env[`${variable}_USERNAME`], env[`${variable}_PASSWORD`])
}

/** `url` with a user and password, percent-encoded; as it is where it has credentials already or there are none. */
export function withCredentials(url: string, user: string | undefined, password: string | undefined): string {
  if (user === undefined && password === undefined || /^[a-z]+:\/\/[^/]*@/i.test(url)) return url
  const userinfo = [user ?? '', ...(password === undefined ? [] : [password])].map(encodeURIComponent).join(':')
  return url.replace(/^([a-z]+:\/\/)/i, `$1${userinfo}@`)
}

function pipIndexes(env: Env): Indexes {
  const file = readPipConfig(env)
  const get = (name: string): string | undefined => env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`] ?? file.get(name)
  return {
    main: get('index-url'), extra: words(get('extra-index-url')), links: words(get('find-links')),
    trusted: words(get('trusted-host')),
  }
}

function uvIndexes(env: Env): Indexes {
  const named = (word: string): string => {
    const [, name, url] = /^([A-Za-z0-9_.-]+)=(.+)$/.exec(word) ?? []
    return name === undefined || url === undefined ? word : withUvCredentials(name, url, env)
  }
  const main = env['UV_DEFAULT_INDEX'] ?? env['UV_INDEX_URL']
  return {
    main: main === undefined || main === '' ? undefined : named(main),
    extra: [
      ...words(env['UV_INDEX']), ...words(env['UV_EXTRA_INDEX_URL']),
    ].map(named), links: words(env['UV_FIND_LINKS']?.replaceAll(',', ' ')),
    trusted: words(env['UV_INSECURE_HOST']),
  }
}

function inUvWords({ main, extra, links, trusted }: Indexes, env: Env): Record<string, string> {
  return given({
    UV_DEFAULT_INDEX: main, UV_INDEX: extra.join(' '), UV_FIND_LINKS: env['UV_FIND_LINKS'] === undefined ? links.join(',') : undefined,
    UV_INSECURE_HOST: env['UV_INSECURE_HOST'] === undefined ? trusted.join(' ') : undefined,
  })
}

function inPipWords({ main, extra, links, trusted }: Indexes): Record<string, string> {
  return given({
    PIP_INDEX_URL: main, PIP_EXTRA_INDEX_URL: extra.join(' '), PIP_FIND_LINKS: links.join(' '),
    PIP_TRUSTED_HOST: trusted.join(' '),
  })
}

function given(variables: Env): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => value === undefined || value === '' ? [] : [[
    name, value,
  ]]))
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '')
}
