/** A pull request, as the event that started the run tells of it. */
export interface PullRequest {
  readonly number: number
  /** What has happened to it: `opened`, `synchronize`, `reopened`, `labeled`, `closed`, ... */
  readonly action: string
  readonly title: string
  /** The newest commit of its branch, not the merge commit that GITHUB_SHA names. */
  readonly headSha: string
  readonly headRef: string
  /** `owner/name`; missing where the fork that it came from is gone. */
  readonly headRepository?: string
  readonly baseSha: string
  readonly baseRef: string
  /** Whether its commits come from another repository, whose authors this one need not trust. */
  readonly isFork: boolean
  readonly isDraft: boolean
  /** The login of whoever opened it. */
  readonly author: string
}
