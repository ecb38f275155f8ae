/** A repository as a lock describes it. */
export interface LockedRepository {
  readonly name: string
  /** `git`, `hg`, ... */
  readonly kind: string
  readonly url: string
  /** The full commit, where the lock has it. */
  readonly revision: string
  readonly subdirectory?: string | undefined
}

/** `name @ git+https://...@revision#subdirectory=...`. */
export function repositoryLine({ name, kind, url, revision, subdirectory }: LockedRepository): string {
  // `git@host:owner/name` is ssh in git's own spelling, which is no URL.
  const spelled = url.replace(/^([\w.-]+@[\w.-]+):(?!\/\/)/, 'ssh://$1/')
  const scheme = spelled.startsWith(`${kind}+`) ? '' : `${kind}+`
  const commit = revision === '' ? '' : `@${revision}`
  const folder = subdirectory === undefined ? '' : `#subdirectory=${subdirectory}`
  return `${name} @ ${scheme}${spelled}${commit}${folder}`
}
