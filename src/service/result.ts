import type { PlannedChange } from '../change.ts'
import type { Account } from './arns.ts'

/** What a run ended with: the source of the outputs, the summary and the last lines of the log. */
export interface Result {
  /** What really ran. */
  readonly command: string
  readonly service: string
  readonly stage: string
  /** Where it stands. */
  readonly account?: Account
  /** The page of the repository on GitHub; commits are linked below it. */
  readonly repositoryUrl?: string
  /** The full id of the commit that was deployed. */
  readonly commit?: string
  /** Whether anything was written to AWS; for `plan`, whether anything would be. */
  readonly changed: boolean
  /** Ends in `/<stage>`; missing after `destroy` and for a plan of a service that does not exist yet. */
  readonly invokeUrl?: string
  readonly apiId?: string
  readonly deploymentId?: string
  /** The number of the live release; for a plan, of the one that is live now. */
  readonly release?: number
  /** For a plan: the number that the release would have; beside a canary, the canary's number. */
  readonly nextRelease?: number
  /** The number of the release before the live one. */
  readonly previousRelease?: number
  /** Whether a release is a canary on the stage, beside the live one. */
  readonly releaseState?: 'live' | 'canary'
  /** What the stage remembers: a canary first, then the live one. */
  readonly releases?: readonly ReleaseResult[]
  /** What the release's smoke tests were answered, or for a plan which there are. */
  readonly smokeTests?: readonly SmokeResult[]
  readonly accessLogGroup?: string
  readonly functions: readonly FunctionResult[]
  readonly routes: readonly RouteResult[]
  readonly plan: readonly PlannedChange[]
  /** Seconds that each part of the run took, in order. */
  readonly timings: readonly { readonly part: string; readonly seconds: number }[]
  /** The previews that a sweep has looked at. */
  readonly swept?: readonly SweptPreview[]
  /** The previews of which nothing is left. */
  readonly gone?: readonly GonePreview[]
  /** Sentences for the reader: what stays after destroy, what to know. */
  readonly notes: readonly string[]
}

export interface GonePreview {
  /** With the pull request's number in its name. */
  readonly service: string
  readonly pullRequest: number
}

export interface FunctionResult {
  readonly name: string
  readonly arn?: string
  readonly version?: string
  /** The version that was live before this run, where it differs. */
  readonly previousVersion?: string
  readonly packagePath?: string
  /** Base64, as Lambda's CodeSha256. */
  readonly packageSha256?: string
  /** Bytes. */
  readonly packageSize?: number
}

export interface ReleaseResult {
  readonly number: number
  /** Short commit id, or empty. */
  readonly commit: string
  /** In seconds since the epoch; 0 where that is not known. */
  readonly wentLiveAt: number
  /** `canary`: a share of the requests get it; `held`: a rollback left it, or it was taken back. */
  readonly state: 'live' | 'canary' | 'kept' | 'held'
  /** Empty where a function of it is gone. */
  readonly versions: readonly { readonly name: string; readonly version: string }[]
}

export interface SmokeResult {
  /** As it was written: `GET /events -> 200`. */
  readonly line: string
  /** The answer of the version that was to go live, in a few words. */
  readonly before?: string
  /** The answer of the live stage. */
  readonly live?: string
}

export interface RouteResult {
  readonly method: string
  readonly path: string
  /** Missing where AWS does not show it yet. */
  readonly function?: string
  readonly url?: string
}

/** What a sweep made of one preview. */
export interface SweptPreview {
  readonly service: string
  readonly pullRequest: number
  /** `removed`, or in a dry run `stale`: it would be removed; `kept`; `unknown`: left, because something could not be read. */
  readonly state: 'removed' | 'stale' | 'kept' | 'unknown'
  /** Why, in a few words. */
  readonly reason: string
}
