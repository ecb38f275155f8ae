import { Cancelled } from '../cancellation.ts'
import type { ErrorText } from '../errors.ts'
import type { Progress } from '../progress.ts'
import {
  deployingComment, failureComment, goneComment, resultComment, saysTheSame, tellsLive, type CommentHead,
} from '../render/index.ts'
import { previewStage } from '../service/preview.ts'
import type { GonePreview, Result } from '../service/result.ts'
import type { ServiceId } from '../service/service.ts'
import type { GitHub, Unknown } from './client.ts'
import { GitHubDeployment, deploymentTask, retireDeployments, type DeploymentSubject } from './deployments.ts'
import { PullRequestComment, type Compose } from './pull-request-comment.ts'
import { fitting } from './summary.ts'

/** GitHub takes no longer comment (docs.github.com names no limit; its refusal does: "maximum is 65536 characters"). */
const longestComment = 65_536
/** What the marker before the text may take of it. */
const markerRoom = 500

/** Where a run is announced, besides its log and summary. */
export interface Announced {
  readonly head: CommentHead
  /** The pull request whose comment tells of it; missing where none does. */
  readonly pullRequest?: number | undefined
  /** Missing where no Deployment goes with it. */
  readonly deployment?: DeploymentSubject | undefined
  readonly runUrl?: string | undefined
  /** How previews that are gone are told. */
  readonly previews: { readonly comment: boolean; readonly environment: string }
  /** When the run began, in milliseconds since the epoch. */
  readonly begun: number
}

const subjectOf = ({ name, stage }: Pick<ServiceId, 'name' | 'stage'>): string => `${name}/${stage}`

/** A run that is told to stop asks GitHub nothing more; the next one tells how things stand. */
async function unlessCancelled<T>(question: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await question
  } catch (error) {
    if (error instanceof Cancelled) return undefined
    throw error
  }
}

/** How a failed run is told. */
export interface FailureNews {
  readonly errors: readonly ErrorText[]
  readonly docsUrl?: string | undefined
}

/**
 * Tells a pull request and GitHub's Deployments how a run goes. Never throws, and never waits for what a deploy needs: what GitHub refuses
 * is one notice, with the permission that is missing.
 */
export class Announcement {
  readonly #github: GitHub
  readonly #announced: Announced
  readonly #progress: Progress
  readonly #comment: PullRequestComment | undefined
  readonly #deployment: GitHubDeployment | undefined
  readonly #told = new Set<string>()
  #begun: Promise<void> = Promise.resolve()

  constructor(github: GitHub, announced: Announced, progress: Progress) {
    this.#github = github
    this.#announced = announced
    this.#progress = progress
    const { pullRequest: number, head, begun, deployment } = announced
    const subject = subjectOf({ name: head.service, stage: head.stage })
    this.#comment = number === undefined ? undefined : new PullRequestComment(github, { number, subject }, begun)
    this.#deployment = deployment === undefined ? undefined : new GitHubDeployment(github, deployment)
  }

  /** Tells that a deploy is on its way, while it is. */
  begin(): void {
    const { head } = this.#announced
    const isLive = (text: string | undefined): boolean => text !== undefined && tellsLive(text, head)
    const text: Compose = (before) => (isLive(before?.text) ? undefined : deployingComment(head, before?.text))
    this.#begun = this.#all(this.#write(text), this.#deployment?.begin())
  }

  /** Tells what it has come to. A preview whose pull request is closed by then is gone. */
  async succeed(result: Result, seconds: number): Promise<void> {
    await this.#begun
    const { head, runUrl } = this.#announced
    for (const each of result.gone ?? []) await this.#retire(each, result.notes)
    if (result.command === 'destroy' || result.command === 'sweep') return
    const text: Compose = (before) => {
      // Nothing has changed since this commit went live: what the comment tells of that holds.
      if (!result.changed && before !== undefined && tellsLive(before.text, head)) return undefined
      const made = resultComment(head, result, { seconds, runUrl })
      return before !== undefined && saysTheSame(made, before.text) ? undefined : made
    }
    await this.#all(this.#write(text), this.#deployment?.end({ state: 'success', url: result.invokeUrl }))
  }

  async fail({ errors, docsUrl }: FailureNews, seconds: number): Promise<void> {
    await this.#begun
    const { head, runUrl } = this.#announced
    const text: Compose = (before) => failureComment(head, errors, { before: before?.text, docsUrl, seconds, runUrl })
    await this.#all(this.#write(text), this.#deployment?.end({ state: 'failure' }))
  }

  async #retire({ service: name, pullRequest: number }: GonePreview, notes: readonly string[]): Promise<void> {
    const { begun, previews: { comment: isTold, environment } } = this.#announced
    const id = { name, stage: previewStage }
    const comment = new PullRequestComment(this.#github, { number, subject: subjectOf(id) }, begun)
    // Who never had a preview need not be told that it is gone.
    const text: Compose = (before) => (before === undefined ? undefined : goneComment({ service: name, stage: previewStage }, notes))
    await this.#all(isTold ? comment.write(text) : undefined, retireDeployments(this.#github, { environment, task: deploymentTask(id) }))
  }

  #write(compose: Compose): Promise<Unknown | undefined> | undefined {
    return this.#comment?.write((before) => {
      const text = compose(before)
      return text === undefined ? undefined : fitting(text, longestComment - markerRoom)
    })
  }

  async #all(comment: Promise<Unknown | undefined> | undefined, deployment: Promise<Unknown | undefined> | undefined): Promise<void> {
    const [told, deployed] = await Promise.all([comment, deployment].map(unlessCancelled))
    this.#notice('The comment on the pull request is not written', 'pull-requests', told)
    this.#notice('No Deployment of GitHub goes with this run', 'deployments', deployed)
  }

  #notice(what: string, permission: string, why: Unknown | undefined): void {
    if (why === undefined || this.#told.has(what)) return
    this.#told.add(what)
    const isMissing = why.status === 403 || why.status === 404
    const cure = isMissing ? ` Give the job \`permissions: ${permission}: write\`.` : ''
    this.#progress.notice(`${what}: ${why.unknown}.${cure}`)
  }
}
