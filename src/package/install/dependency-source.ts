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
