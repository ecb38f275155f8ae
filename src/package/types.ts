import type { Progress } from '../progress.ts'

/** What a package is built with, apart from the code's own description. */
export interface PackageOptions {
  readonly functionName: string
  /** ARNs of layer versions; what they hold is unknown, so imports that only they can satisfy are warnings. */
  readonly layers: readonly string[]
  /** Zipped bytes of those layers whose size AWS has told; unpacked they are larger. */
  readonly layerBytes?: number
  /** Kept between runs: installed dependencies and finished zips. */
  readonly cacheDir: string
  /** The run's own folder; the zip that is uploaded lies here. */
  readonly workDir: string
  readonly progress: Progress
  /** The environment of the step; installers get it without its secrets. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Names of variables that functions take by `from-env`: they are the handlers' alone. */
  readonly secrets?: readonly string[]
}

/** The file that lists the dependencies, and why it was the one. */
export interface DependencySource {
  /** Absolute path. */
  readonly file: string
  readonly kind: DependencyKind
  /** One sentence part for the log: `the input names it`. */
  readonly why: string
}

export type DependencyKind =
  | 'requirements' | 'uv' | 'pylock' | 'poetry' | 'pdm' | 'pipfile' | 'pyproject'
  | 'npm' | 'pnpm'

/** What the package will be made from. */
export interface InputDigest {
  /** Hex, behind the number of the scheme: `p2-...`. */
  readonly digest: string
  /** False: the dependencies float, so the digest is final only after the build. */
  readonly pinned: boolean
  readonly dependencies?: DependencySource
}

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

export interface SizedName {
  readonly name: string
  readonly bytes: number
}
