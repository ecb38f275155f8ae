import type { Diagnostic } from '../../diagnostics.ts'

/** Dependencies as they lie in the cache, in their one form. */
export interface Installed {
  /** The folder whose content goes to the zip's root. */
  readonly folder: string
  /** Hex; equal for equal content. */
  readonly key: string
  /** `name==version`, sorted. */
  readonly resolved: readonly string[]
  readonly warnings: readonly Diagnostic[]
}
