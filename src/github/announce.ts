import type { Progress } from '../progress.ts'
import type { Command, RunOptions } from '../service/run-options.ts'
import type { ServiceId } from '../service/service.ts'
import { Announcement } from './announcement.ts'
import type { GitHub } from './client.ts'
import { deploymentTask, type DeploymentSubject } from './deployments.ts'
import { repositoryUrl, type Environment, type GitHubEvent } from './event.ts'

/** The commands that put a release on a stage. */
const puts: readonly Command[] = ['deploy', 'promote', 'rollback']
/** The environment of every preview, where the workflow names none. */
const previewEnvironment = 'preview'

/** A run as far as it is announced. */
export interface AnnouncedRun {
  readonly service: ServiceId & { readonly commit?: string }
  readonly options: Pick<RunOptions, 'command' | 'comment' | 'githubEnvironment' | 'isOffline'>
  readonly event: GitHubEvent
  readonly env: Environment
}

/** Whom GitHub is to tell of a run: the pull request of a preview or a plan, and the environment that is deployed to. */
export function announce(github: GitHub, run: AnnouncedRun, progress: Progress): Announcement {
  const { service, options: { command, comment, githubEnvironment, isOffline }, event, env } = run
  const announcement = new Announcement(github, {
    head: {
      service: service.name, stage: service.stage, commit: event.sha ?? '',
      repositoryUrl: service.repository === '' ? undefined : repositoryUrl(env, service.repository),
    },
    pullRequest: comment && isOfPullRequest(run) ? event.pullRequest?.number : undefined,
    deployment: deploymentOf(run),
    runUrl: runUrl(env),
    previews: { comment, environment: githubEnvironment ?? previewEnvironment },
    begun: Math.round(performance.timeOrigin),
  }, progress)
  if (puts.includes(command) && !isOffline) announcement.begin()
  return announcement
}

/** A stage that a pull request's workflow deploys is none of it: its address stays when that is closed. */
function isOfPullRequest({ service, options: { command, isOffline } }: AnnouncedRun): boolean {
  // Whoever gets no credentials of AWS gets no token that may write, either.
  if (isOffline) return false
  return command === 'plan' || (service.preview !== undefined && (command === 'deploy' || command === 'destroy'))
}

function deploymentOf({ service, options, event: { sha }, env }: AnnouncedRun): DeploymentSubject | undefined {
  const { command, githubEnvironment, isOffline } = options
  const isPreview = service.preview !== undefined
  const environment = githubEnvironment ?? (isPreview ? previewEnvironment : undefined)
  if (environment === undefined || sha === undefined || isOffline || !puts.includes(command)) return undefined
  return { environment, task: deploymentTask(service), sha, isTransient: isPreview, logUrl: runUrl(env) }
}

/** The page of this run. Source: docs.github.com, "Variables reference". */
function runUrl(env: Environment): string | undefined {
  const { GITHUB_REPOSITORY: repository = '', GITHUB_RUN_ID: run = '' } = env
  return repository === '' || run === '' ? undefined : `${repositoryUrl(env, repository)}/actions/runs/${run}`
}
