type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Moments and random ids that AWS makes up, which two equal accounts do not share. */
const madeUp = new Set(['createdDate', 'lastUpdatedDate', 'CreateDate', 'RoleId', 'creationTime', 'LastModified', 'RevisionId', 'revisionId', 'lastModified'])

/** The whole state of an account with every id replaced by what it stands for, so that two accounts can be compared field by field. */
export function withoutIds(state: unknown, account: string): unknown {
  const names = new Map<string, string>([[account, '<account>']])
  collect(state as Json, names)
  let text = JSON.stringify(clean(state as Json))
  for (const [id, name] of names) text = text.replaceAll(id, name)
  text = text.replace(/lambda-api-deploy-[0-9a-f]{24}\b/g, '<statement>')
  text = text.replace(/("lambda-api-deploy:run(?::[^"]*)?":)"[^"]*"/g, '$1"<run>"')
  // When a release went live stands in its record: number, deployment, definition, functions, commit, time, versions.
  text = text.replace(/"(\d+:[^":]*:[0-9a-f]{16}:[0-9a-f]{6}:[^":]*):\d+(-held)?(-unverified)?:/g, '"$1:<time>$2$3:')
  return JSON.parse(text) as unknown
}

function collect(value: Json, names: Map<string, string>): void {
  if (Array.isArray(value)) return value.forEach((each: Json) => collect(each, names))
  if (value === null || typeof value !== 'object') return
  const { id, rootResourceId, path, schema, name, createdDate, snapshot, apis, ...rest } = value as { readonly [key: string]: Json }
  if (typeof id === 'string') {
    if (typeof rootResourceId === 'string') names.set(id, `<api ${names.size}>`)
    else if (typeof path === 'string') names.set(id, `<resource ${path}>`)
    else if (typeof schema === 'string') names.set(id, `<model ${String(name)}>`)
    else if (createdDate !== undefined) names.set(id, `<deployment ${[...names.values()].filter((each) => each.startsWith('<deployment')).length + 1}>`)
  }
  for (const each of [apis, snapshot, ...Object.values(rest)]) if (each !== undefined) collect(each, names)
}

function clean(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(clean)
    const byPath = (item: Json): string => (item !== null && typeof item === 'object' && !Array.isArray(item) && 'path' in item ? String(item['path']) : '')
    return items.every((item) => byPath(item) !== '') ? [...items].sort((a, b) => (byPath(a) < byPath(b) ? -1 : 1)) : items
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !madeUp.has(key)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, clean(each)]))
}
