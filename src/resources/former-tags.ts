/** Begins the key of a tag that keeps what another tag was before we set it. */
const prefix = 'lambda-api-deploy:was:'

/** A tag's key takes 128 characters (Lambda API reference, TagResource). */
const keyLimit = 128

type Tags = Readonly<Record<string, string>>

/**
 * What somebody's own tags were that are to have other values of ours: tags beside them, for the time when ours go. `managed-by` is such a
 * key that others use, too.
 * @param standing the tags of a thing that we have not made
 * @param isOurs whether an earlier run has set the tag of a key
 */
export function formerTags(standing: Tags, wanted: Tags, isOurs: (key: string) => boolean): Record<string, string> {
  const replaced = Object.entries(standing).filter(([key, value]) => wanted[key] !== undefined && wanted[key] !== value && !isOurs(key))
  const kept = replaced.map(([key, value]) => [`${prefix}${key}`, value] as const)
  return Object.fromEntries(kept.filter(([key]) => key.length <= keyLimit && standing[key] === undefined))
}

/** Whether a tag keeps what another one was. */
export function isFormerTag(key: string): boolean {
  return key.startsWith(prefix)
}

/** What becomes of the tags when some of ours go: those that get back their former values, and the keys that go. */
export function withoutOurs(standing: Tags, keys: readonly string[]): { readonly set: Tags; readonly gone: readonly string[] } {
  const back = keys.filter((key) => standing[`${prefix}${key}`] !== undefined)
  return {
    set: Object.fromEntries(back.map((key) => [key, standing[`${prefix}${key}`] ?? ''])),
    gone: [...keys.filter((key) => !back.includes(key)), ...back.map((key) => `${prefix}${key}`)],
  }
}
