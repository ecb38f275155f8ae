import type { SizedName } from './inspect/largest.ts'

/** A finished zip. */
export interface Package {
  readonly path: string
  /** Base64, as Lambda's CodeSha256. */
  readonly sha256: string
  /** Bytes of the zip. */
  readonly size: number
  /** Bytes as Lambda unpacks it, without layers. */
  readonly unzippedSize: number
  readonly files: number
  /** The digest of the inputs with everything that floated resolved. */
  readonly inputDigest: string
  /** The ten largest top-level parts. */
  readonly largest: readonly SizedName[]
  /** `name==version`, sorted. */
  readonly resolved: readonly string[]
  /** The zip came from the cache. */
  readonly reused: boolean
}
