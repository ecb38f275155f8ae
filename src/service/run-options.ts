/** What the inputs say about the run itself, apart from the service. */
export interface RunOptions {
  readonly command: Command
  readonly region: string
  /** Empty means any. */
  readonly allowedAccountIds: readonly string[]
  readonly deleteLogs: boolean
  /** Whether edits of others that nobody has deployed are deployed along. */
  readonly allowForeignChanges: boolean
  /** The stage whose release `promote` puts on this one; missing where it ends a canary. */
  readonly fromStage?: string
  /** The release that `rollback` leads to; missing means the one before the live one. */
  readonly to?: string
  /** Whether a release that is held is deployed all the same. */
  readonly force: boolean
  /** Whether a commit is deployed that is an ancestor of the live one. */
  readonly allowOlder: boolean
  /** For GitHub's API. */
  readonly githubToken?: string
  /** Whether a pull request gets a comment. */
  readonly comment: boolean
  /** The environment of GitHub that shows what is deployed. */
  readonly githubEnvironment?: string
  /** Of a preview: the pull request's number; the service, functions and API then bear it already. */
  readonly preview?: number
  /** Whether there are no credentials to be had, as for a pull request from a fork: then AWS is not asked. */
  readonly isOffline: boolean
  /** How `sweep` works. */
  readonly sweep: SweepOptions
}

export interface SweepOptions {
  /** Milliseconds; a preview whose last deploy is longer ago goes, whatever its pull request is. */
  readonly maxAge?: number
  /** Whether it only tells what would go. */
  readonly isDryRun: boolean
  /** The service, as the config names it, whose previews alone are meant. */
  readonly service?: string
}

export type Command = 'deploy' | 'plan' | 'promote' | 'rollback' | 'destroy' | 'sweep'
