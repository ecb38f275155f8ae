import type { Place } from '../../errors.ts'
import type { Binary } from './binary.ts'

/** A file of the package that may be native. */
export interface NativeFile {
  readonly path: string
  /** `''` for the app's own files. */
  readonly owner: string
  readonly executable: boolean
  /** Where the user finds the file: one of the app's own has a place on the disk. */
  readonly place?: Place | undefined
  /** What the file is made for; nothing where it is not native. */
  readonly binary: () => Binary | undefined
}
