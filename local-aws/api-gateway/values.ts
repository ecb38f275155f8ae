/** A parameter as text: a string as it is, an absent one as the fallback, anything else as JSON. */
export function text(value: unknown, fallback = ''): string {
  if (value === undefined || value === null) return fallback
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A copy of an object without some of its members. */
export function without<T extends object, K extends keyof T>(object: T, ...keys: readonly K[]): Omit<T, K> {
  const copy = { ...object }
  for (const key of keys) delete copy[key]
  return copy
}
