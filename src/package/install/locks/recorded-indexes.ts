import type { Env } from '../../env.ts'
import { bareIndex, knownIndexes, withCredentials, withUvCredentials } from '../indexes.ts'

/** Where what has no index of its own comes from: PyPI, which an installer asks unless it is told otherwise. */
export const publicIndex = 'public'

/** An index that a lock, or the project beside it, names. */
export type RecordedIndex = OwnIndex | typeof publicIndex

interface OwnIndex {
  readonly url: string
  /** As the tool's variables for credentials spell it: `UV_INDEX_<NAME>_PASSWORD`, `POETRY_HTTP_BASIC_<NAME>_PASSWORD`. */
  readonly name?: string | undefined
}

/** PyPI's hosts as locks name them, today's and the one before. */
export const publicHosts: readonly string[] = ['pypi.org', 'pypi.python.org']

/**
 * Index options for what a lock was made from, so that private packages are found where the lock found them. What the step's settings
 * name already (with credentials, as a rule) and the public index need none. Every line of a lock has its hash, so one more index is no
 * risk.
 */
export function recordedOptions(recorded: readonly RecordedIndex[], env: Env): readonly string[] {
  const known = knownIndexes(env)
  const own = recorded.filter((each) => each !== publicIndex && /^https?:/.test(each.url) && !isPublic(each)) as OwnIndex[]
  const distinct = [...new Map(own.map((each) => [bareIndex(each.url), each])).values()]
  const unknown = distinct.filter(({ url }) => !known.includes(bareIndex(expanded(url, env))))
  // A lock that never saw the public index is installed without asking it.
  const isMain = known.length === 0 && !recorded.some(isPublic)
  return unknown.map((each, index) => `${isMain && index === 0 ? '--index-url' : '--extra-index-url'} ${authorized(each, env)}`)
}

function isPublic(index: RecordedIndex): boolean {
  return index === publicIndex || publicHosts.some((host) => bareIndex(index.url).startsWith(`https://${host}/`))
}

function authorized({ url, name }: OwnIndex, env: Env): string {
  const plain = expanded(url, env)
  if (name === undefined) return plain
  const variable = `POETRY_HTTP_BASIC_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`
  return withCredentials(withUvCredentials(name, plain, env), env[`${variable}_USERNAME`], env[`${variable}_PASSWORD`])
}

/** `${NAME}` and `$NAME`, as Pipfile and pdm's settings have them. */
function expanded(url: string, env: Env): string {
  return url.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, bare?: string) => {
    const value = env[braced ?? bare ?? '']
    return value === undefined ? whole : value.includes('%') ? value : encodeURIComponent(value)
  })
}
