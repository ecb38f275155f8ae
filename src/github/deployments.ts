import type { ServiceId } from '../service/service.ts'
import { isUnknown, type GitHub, type Unknown } from './client.ts'

/** What a GitHub Deployment is of. */
export interface DeploymentSubject {
  readonly environment: string
  /** Tells the Deployments of one environment apart: each pull request has a task of its own in one environment for all previews. */
  readonly task: string
  /** The commit. */
  readonly sha: string
  /** Whether the environment goes again: that of a preview does. */
  readonly isTransient: boolean
  /** The run's log. */
  readonly logUrl?: string | undefined
}

/** The task of a service on a stage; a preview has the pull request's number in its name. */
export function deploymentTask({ name, stage }: Pick<ServiceId, 'name' | 'stage'>): string {
  return `deploy:${name}/${stage}`
}

type State = 'queued' | 'in_progress' | 'success' | 'failure' | 'inactive'
/** Of what a status says; GitHub shows `url` as the link to what was deployed. */
interface Status {
  readonly state: State
  readonly url?: string | undefined
}

/**
 * The GitHub Deployment of one run. One environment serves all pull requests, because the token of a job cannot delete environments; so a
 * success leaves the others as they are (`auto_inactive: false`), and what this one follows is taken away by its task.
 * Source: docs.github.com, REST API endpoints for deployments and deployment statuses.
 */
export class GitHubDeployment {
  readonly #github: GitHub
  readonly #subject: DeploymentSubject
  #id: number | undefined

  constructor(github: GitHub, subject: DeploymentSubject) {
    this.#github = github
    this.#subject = subject
  }

  /** Makes it, and says that the run is at work. Never throws; what GitHub refuses is the answer. */
  async begin(): Promise<Unknown | undefined> {
    const { environment, task, sha, isTransient } = this.#subject
    const made = await this.#github.ask(async ({ rest }, repository) => {
      const { data } = await rest.repos.createDeployment({
        ...repository, ref: sha, environment, task, transient_environment: isTransient, auto_merge: false, required_contexts: [],
        // A preview is none; of any other environment GitHub goes by its name.
        ...(isTransient ? { production_environment: false } : {}),
      })
      return 'id' in data ? data.id : undefined
    })
    if (isUnknown(made)) return made
    this.#id = made
    return (await this.#say({ state: 'queued' })) ?? this.#say({ state: 'in_progress' })
  }

  /** Says how it ended. What a success follows goes, where nothing else does it. */
  async end(status: Status): Promise<Unknown | undefined> {
    const refused = await this.#say(status)
    if (refused !== undefined || status.state !== 'success' || !this.#subject.isTransient) return refused
    return retireDeployments(this.#github, this.#subject, this.#id)
  }

  async #say(status: Status): Promise<Unknown | undefined> {
    const { isTransient, logUrl } = this.#subject
    if (this.#id === undefined) return undefined
    return say(this.#github, this.#id, { ...status, logUrl, isAlone: !isTransient })
  }
}

/** Makes the Deployments of a task inactive and deletes them, but for one: GitHub deletes none that is active. */
export async function retireDeployments(
  github: GitHub, { environment, task }: Pick<DeploymentSubject, 'environment' | 'task'>, but?: number,
): Promise<Unknown | undefined> {
  const ids = await github.ask(async (octokit, repository) => {
    const asked = { ...repository, environment, task, per_page: 100 }
    return octokit.paginate(octokit.rest.repos.listDeployments, asked, ({ data }) => data.map(({ id }) => id))
  })
  if (isUnknown(ids)) return ids
  for (const id of ids.filter((each) => each !== but)) {
    const refused = await say(github, id, { state: 'inactive', isAlone: false })
    if (refused !== undefined && refused.status !== 404) return refused
    const gone = await github.ask(({ rest }, repository) => rest.repos.deleteDeployment({ ...repository, deployment_id: id }))
    if (isUnknown(gone) && gone.status !== 404) return gone
  }
  return undefined
}

async function say(
  github: GitHub, id: number, { state, url, logUrl, isAlone }: Status & { readonly logUrl?: string | undefined; readonly isAlone: boolean },
): Promise<Unknown | undefined> {
  const answer = await github.ask(({ rest }, repository) => rest.repos.createDeploymentStatus({
    ...repository, deployment_id: id, state, auto_inactive: isAlone,
    ...(url === undefined ? {} : { environment_url: url }), ...(logUrl === undefined ? {} : { log_url: logUrl }),
  }))
  return isUnknown(answer) ? answer : undefined
}
