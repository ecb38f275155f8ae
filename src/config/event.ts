import type { PullRequest } from '../service/pull-request.ts'
import type { Context } from './kinds/kind.ts'
import type { Course, RunValues } from './run.ts'

/** What a config needs to know of the event that started the run. */
export interface EventSource {
  /** Such as `pull_request`. */
  readonly name: string
  readonly pullRequest?: PullRequest
  /** Whether the run has no credentials, and cannot have any. */
  readonly isOffline: boolean
}

const onlyForPullRequests = "Write preview: ${{ github.event_name == 'pull_request' }}, or let pull_request start the workflow."

/** Follows the event where the inputs ask for a preview; complains where there is none to follow. */
export function courseOf({ command, preview, fromStage }: RunValues, event: EventSource | undefined, { findings }: Context): Course {
  if (!preview) return { command }
  if (fromStage !== undefined) {
    findings.error({ what: 'input "preview" makes no sense with from-stage.', cure: 'Take one of the two out: a preview has one stage.' })
  }
  const pullRequest = event?.pullRequest
  if (command === 'promote' || command === 'rollback' || command === 'sweep') {
    const why = 'A preview follows its pull request: it is deployed with each push, and goes when that is closed.'
    findings.error({ what: `input "preview" makes no sense with command: ${command}.`, why, cure: 'Take preview out, or command.' })
    return { command }
  }
  if (pullRequest === undefined) {
    const started = event === undefined || event.name === '' ? 'No event of GitHub' : `The event ${event.name}`
    const why = `${started} started this run, and a preview belongs to a pull request.`
    findings.error({ what: 'input "preview" is true, but there is no pull request.', why, cure: onlyForPullRequests, docs: 'previews.md' })
    return { command }
  }
  const follows = command === 'deploy' && pullRequest.action === 'closed' ? 'destroy' : command
  if (event?.name === 'pull_request_target' && follows !== 'destroy') {
    findings.error({
      what: 'input "preview" is true on pull_request_target, where no preview is deployed.',
      why: 'That event runs with the rights of the base branch, and what is checked out then is the base branch, or code of strangers.',
      cure: 'Let pull_request start the workflow; pull_request_target may remove previews: types: [closed].',
      docs: 'previews.md#forks',
    })
  }
  return { command: follows, preview: pullRequest.number }
}
