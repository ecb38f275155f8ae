import path from 'node:path'
import type { Entry } from './entry.ts'

/** What an installer's record says of one file. */
export interface RecordedFile {
  /** The distribution that it came with. */
  readonly owner: string
  /** Base64url without padding, as it was installed. */
  readonly sha256: string | undefined
}

const recordPath = /(?:^|\/)([^/]+?)-[^/-]+\.dist-info\/RECORD$/
const row = /^(?:"((?:[^"]|"")*)"|([^,]*)),(?:sha256=([^,]*))?/

/**
 * The files that installers' records name which lie among the app's own (`pip install --target .`), wherever they were installed to; by
 * their paths in the package. https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
export function recordedFiles(
  entries: readonly Pick<Entry, 'path'>[], text: (path: string) => string | undefined,
): ReadonlyMap<string, RecordedFile> {
  const records = entries.flatMap((entry) => {
    const owner = recordPath.exec(entry.path)?.[1]
    return owner === undefined ? [] : [{ owner, record: entry.path }]
  })
  return new Map(records.flatMap(({ owner, record }) => {
    const folder = path.posix.dirname(path.posix.dirname(record))
    return (text(record) ?? '').split(/\r?\n/).flatMap((line): [string, RecordedFile][] => {
      const [, quoted, plain, sha256] = row.exec(line) ?? []
      const name = quoted?.replaceAll('""', '"') ?? plain ?? ''
      return name === '' ? [] : [[path.posix.join(folder, name), { owner, sha256 }]]
    })
  }))
}
