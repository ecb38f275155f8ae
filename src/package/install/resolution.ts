import type { Installed } from './installed.ts'

/** What dependencies that float come to now; known before anything is installed. */
export interface Resolution {
  /** Hex; equal for equal packages. */
  readonly key: string
  /** `name==version`, or where a package comes from. */
  readonly packages: readonly string[]
  /** Installs just that, or finds it in the cache. */
  readonly install: () => Promise<Installed>
}
