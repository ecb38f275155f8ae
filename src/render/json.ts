/** A list as JSON that fits an output. */
export interface CappedJson {
  readonly json: string
  /** How many entries at the end did not fit. */
  readonly omitted: number
}

/** GitHub takes outputs of 1 MB each and 50 MB a run; later steps pass them on in variables, where the kernel allows 128 KB a piece. */
const outputLimit = 100 * 1024

/** A list as a JSON array of at most `limit` bytes: as many entries from its start as fit. */
export function cappedJson(items: readonly unknown[], limit: number = outputLimit): CappedJson {
  const texts = items.map((item) => JSON.stringify(item))
  let bytes = '[]'.length
  const fitting = texts.findIndex((text, index) => {
    bytes += Buffer.byteLength(text) + (index > 0 ? 1 : 0)
    return bytes > limit
  })
  const kept = fitting === -1 ? texts : texts.slice(0, fitting)
  return { json: `[${kept.join(',')}]`, omitted: texts.length - kept.length }
}
