import type { Architecture } from '../../service/service.ts'
import type { Env } from '../env.ts'
import type { PythonRuntime } from '../runtimes.ts'
import type { PackageOptions } from '../options.ts'
import type { Tool } from './tool.ts'

export interface PythonTarget {
  readonly runtime: PythonRuntime
  readonly architecture: Architecture
}

/** One job of the installer: what for, with what, and where it may write. */
export interface Job {
  readonly target: PythonTarget
  readonly tool: Tool
  /** A Python of the runtime's own minor, for building from source; where there is none, uv takes what it finds. */
  readonly python: string | undefined
  /** Whether no Python is here at all, so that uv fetches one to work with. */
  readonly fetchesPython: boolean
  /** A scratch folder of its own. */
  readonly folder: string
  /** The installer's environment. */
  readonly env: Env
  /** Takes credentials out of what the installer says. */
  readonly hide: (text: string) => string
  readonly options: Pick<PackageOptions, 'env' | 'progress'>
  /** The checked-out repository. */
  readonly workspace: string
  /** Copies of the user's folders and files that were made to be built, and what they are copies of. */
  readonly copies: Map<string, string>
}
