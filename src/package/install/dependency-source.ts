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
  | NodeKind

/** `package` is a package.json that no lock pins. */
export type NodeKind = 'npm' | 'pnpm' | 'yarn' | 'bun' | 'package'

/** Whether a file lists what Node's installers install. */
export function isForNode(kind: DependencyKind): kind is NodeKind {
  return nodeKinds.has(kind)
}

const nodeKinds: ReadonlySet<DependencyKind> = new Set<NodeKind>(['npm', 'pnpm', 'yarn', 'bun', 'package'])
