/** What a package.json says of how its files are loaded. */
export interface NodePackage {
  readonly name?: string
  readonly type?: string
  readonly main?: string
  readonly exports?: unknown
  readonly imports?: unknown
}

/** Reads the fields that say how files are loaded; nothing where the text is no JSON object. */
export function readNodePackage(text: string): NodePackage | undefined {
  try {
    const { name, type, main, exports, imports } = JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>
    const words = Object.fromEntries(Object.entries({ name, type, main }).filter(([, value]) => typeof value === 'string'))
    return { ...words, ...(exports === undefined || exports === null ? {} : { exports }), ...(imports === undefined ? {} : { imports }) }
  } catch {
    return undefined
  }
}

/**
 * The file below a package that `.` or `./sub` of it leads to by its `exports`; undefined where they have none. By Node's own algorithm
 * (https://nodejs.org/api/esm.html#resolution-algorithm-specification, PACKAGE_EXPORTS_RESOLVE and what it calls).
 */
export function exportedFile(exports: unknown, subpath: string, by: 'import' | 'require'): string | undefined {
  const isMap = typeof exports === 'object' && exports !== null && !Array.isArray(exports)
    && Object.keys(exports).some((key) => key.startsWith('.'))
  return targetIn(isMap ? exports as Record<string, unknown> : { '.': exports }, subpath, {
    conditions: new Set(['node', 'node-addons', by, 'default']), takesPackages: false,
  }) ?? undefined
}

/**
 * What `#name` leads to by a package's `imports`: a file below it (`./x`) or another package
 * (https://nodejs.org/api/esm.html#resolution-algorithm-specification, PACKAGE_IMPORTS_RESOLVE).
 */
export function importedTarget(imports: unknown, name: string, by: 'import' | 'require'): string | undefined {
  if (typeof imports !== 'object' || imports === null) return undefined
  return targetIn(imports as Record<string, unknown>, name, {
    conditions: new Set(['node', 'node-addons', by, 'default']), takesPackages: true,
  }) ?? undefined
}

function targetIn(map: Readonly<Record<string, unknown>>, subpath: string, how: Choice): string | null | undefined {
  if (Object.hasOwn(map, subpath) && !subpath.includes('*')) return target(map[subpath], how, '')
  const patterns = Object.keys(map).filter((key) => key.split('*').length === 2).sort(byLength)
  for (const pattern of patterns) {
    const [before = '', behind = ''] = pattern.split('*')
    if (subpath === before || !subpath.startsWith(before) || !subpath.endsWith(behind) || subpath.length < pattern.length) continue
    return target(map[pattern], how, subpath.slice(before.length, subpath.length - behind.length))
  }
  return undefined
}

/** The pattern with the longest part before its star comes first (PATTERN_KEY_COMPARE). */
function byLength(a: string, b: string): number {
  return b.indexOf('*') - a.indexOf('*') || b.length - a.length
}

interface Choice {
  readonly conditions: ReadonlySet<string>
  /** `imports` may lead to another package, `exports` may not. */
  readonly takesPackages: boolean
}

/** PACKAGE_TARGET_RESOLVE: a condition whose own target leads nowhere is passed over; null is an end. */
function target(value: unknown, how: Choice, star: string): string | null | undefined {
  const isPath = typeof value === 'string' && value.startsWith('./')
  if (typeof value === 'string') return isPath || how.takesPackages ? value.replaceAll('*', star) : undefined
  if (value === null) return null
  const candidates = Array.isArray(value) ? value as unknown[]
    : typeof value === 'object' ? Object.entries(value).filter(([key]) => how.conditions.has(key)).map(([, each]) => each as unknown) : []
  for (const each of candidates) {
    const found = target(each, how, star)
    if (found !== undefined && !(found === null && Array.isArray(value))) return found
  }
  return undefined
}
