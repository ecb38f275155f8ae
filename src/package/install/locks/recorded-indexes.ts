import { bareIndex, knownIndexes, withCredentials, withUvCredentials } from '../indexes.ts'

type Env = Readonly<Record<string, string | undefined>>

/** An index that a lock, or the project beside it, names. */
export interface RecordedIndex {
  readonly url: string
  /** As the tool's variables for credentials spell it: `UV_INDEX_<NAME>_PASSWORD`, `POETRY_HTTP_BASIC_<NAME>_PASSWORD`. */
  readonly name?: string | undefined
}

/** What has no index of its own comes from here. */
export const publicIndex: RecordedIndex = { url: 'https://pypi.org/simple' }

const isPublic = /^https:\/\/(?:pypi\.org|pypi\.python\.org)(?:\/|$)/

/**
 * Index options for what a lock was made from, so that private packages are found where the lock found them. What the step's settings
 * name already (with credentials, as a rule) and the public index need none. Every line of a lock has its hash, so one more index is no risk.
 */
export function recordedOptions(recorded: readonly RecordedIndex[], env: Env): readonly string[] {
  const known = knownIndexes(env)
  const distinct = [...new Map(recorded.filter(({ url }) => /^https?:/.test(url)).map((each) => [bareIndex(each.url), each])).values()]
  const unknown = distinct.filter(({ url }) => !isPublic.test(url) && !known.includes(bareIndex(expanded(url, env))))
  // A lock that never saw the public index is installed without asking it.
  const isMain = known.length === 0 && unknown.length === distinct.length
  return unknown.map((each, index) => `${isMain && index === 0 ? '--index-url' : '--extra-index-url'} ${authorized(each, env)}`)
}

function authorized({ url, name }: RecordedIndex, env: Env): string {
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
