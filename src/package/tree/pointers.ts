import type { Diagnostics } from '../../diagnostics.ts'
import type { Entry } from './entry.ts'

type PossiblePointer = Pick<Entry, 'path' | 'content'> & { readonly isPointer: boolean }

/** Pointers of Git LFS would ship in place of the files that they stand for. */
export function checkPointers(files: readonly PossiblePointer[], diagnostics: Diagnostics): void {
  const pointers = files.filter((file) => file.isPointer)
  const [first] = pointers
  if (first === undefined) return
  const names = pointers.slice(0, 5).map((file) => file.path).join(', ')
  const more = pointers.length > 5 ? `, and ${pointers.length - 5} more` : ''
  diagnostics.warning({
    what: `${names}${more}: only the pointer of Git LFS is there, not the file.`,
    why: 'The checkout did not fetch large files, and the pointer would ship in their place.',
    cure: 'Give actions/checkout `lfs: true`, or exclude what the handler does not need.',
    docs: 'packaging.md#what-ships',
    place: first.content.kind === 'disk' ? { file: first.content.file } : undefined,
  })
}
