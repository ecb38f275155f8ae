/** What stands behind a route that names no function yet, and a clause that says which key it stands for where nobody can know it. */
export interface RouteTarget {
  readonly key: string
  readonly hint: string
}

/** Stands for a key where a cure cannot know which function is meant. */
const anyKey = '<key>'

/** The key of the only function, or of the first one, or what stands for a key. `keys` are those of the file. */
export function routeTarget(keys: readonly string[]): RouteTarget {
  const [only, ...more] = keys
  if (only === undefined) return { key: anyKey, hint: `, with the key of a function for ${anyKey}` }
  return { key: only, hint: more.length === 0 ? '' : `, with the right function behind it (${listed(keys)})` }
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
