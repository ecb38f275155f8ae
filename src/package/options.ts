import type { Progress } from '../progress.ts'
import type { Env } from './env.ts'
import type { Sources } from './tree/sources.ts'

/** What a package is built with, apart from the code's own description. */
export interface PackageOptions {
  readonly functionName: string
  /** ARNs of layer versions; what they hold is unknown, so imports that only they can satisfy are warnings. */
  readonly layers: readonly string[]
  /** Zipped bytes of those layers whose size AWS has told; unpacked they are larger. */
  readonly layerBytes?: number
  /** What was read of the repository. */
  readonly sources: Sources
  /** Kept between runs: installed dependencies and finished zips. */
  readonly cacheDir: string
  /** The run's own folder; the zip that is uploaded lies here. */
  readonly workDir: string
  readonly progress: Progress
  /** The environment of the step; installers get it without its secrets. */
  readonly env: Env
  /** Names of variables that functions take by `from-env`: they are the handlers' alone. */
  readonly secrets?: readonly string[]
}
