import { pullRequestEvent } from '../../local-github/event.ts'
import { makeRepository, openPullRequest, type NewPullRequest, type PullRequest } from '../../local-github/repository.ts'
import { startLocalGitHub, type LocalGitHub } from '../../local-github/server.ts'
import { startAction, type Step, type StepResult } from './runner.ts'
import { handler, makeService, type Deployable } from './service.ts'
import { noWindows } from './windows.ts'

type Inputs = Readonly<Record<string, string>>

/** A repository with pull requests, GitHub's API of it, and an account in which their previews stand. */
export interface Previews {
  readonly service: Deployable
  readonly github: LocalGitHub
  readonly open: (made: NewPullRequest) => PullRequest
  /** Runs the action for an event of a pull request, as its workflow does. */
  readonly start: (pullRequest: PullRequest, action: string, options?: EventOptions) => Promise<Step>
  readonly run: (pullRequest: PullRequest, action: string, options?: EventOptions) => Promise<StepResult>
  /** Runs it for a push or a schedule. */
  readonly push: (inputs: Inputs) => Promise<StepResult>
  readonly close: () => Promise<void>
}

export interface EventOptions {
  readonly inputs?: Inputs
  readonly env?: Readonly<Record<string, string>>
  /** The event's name. */
  readonly event?: string
  readonly isWithoutAws?: boolean
  /** Hears what the run prints, as it comes. */
  readonly onOutput?: (text: string) => void
  /** Whether the journal goes on: other runs are under way. */
  readonly isBeside?: boolean
}

const token = 'ghs_a-token-of-this-job'
export const shop: Inputs = { 'function-name': 'shop', runtime: 'python3.11', routes: 'GET /items', 'cloudwatch-role': 'create' }

/** @param shared inputs of every run, of the stages' and of the previews' */
export async function makePreviews(shared: Inputs = shop): Promise<Previews> {
  const repository = makeRepository('acme/demo', new Map([['main', ['0'.repeat(40)]]]))
  const github = await startLocalGitHub({ repository, token })
  const service = makeService({})
  await service.account.control.configure({ windows: noWindows, rates: false })
  service.write('lambda_function.py', handler('one'))
  const { account, workspace } = service
  const aws = { endpoint: account.url, account: account.id, region: account.region }
  const env = { GITHUB_API_URL: github.url, LAMBDA_API_DEPLOY_CACHE: process.env['TEST_PACKAGE_CACHE'] }
  const start: Previews['start'] = async (pullRequest, action, options = {}) => {
    if (options.isBeside !== true) {
      await account.control.clearJournal()
      await account.control.refill()
    }
    return startAction({
      workspace, token, sha: '9'.repeat(40), ref: `refs/pull/${pullRequest.number}/merge`,
      event: { name: options.event ?? 'pull_request', payload: pullRequestEvent(repository, pullRequest, action) },
      ...(options.isWithoutAws === true ? {} : { aws }),
      inputs: { ...shared, preview: 'true', ...options.inputs }, env: { ...env, ...options.env },
      ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }),
    })
  }
  return {
    service, github, start,
    open: (made) => openPullRequest(repository, made),
    run: async (pullRequest, action, options) => (await start(pullRequest, action, options)).result,
    push: async (inputs) => {
      await account.control.clearJournal()
      await account.control.refill()
      return startAction({ workspace, token, aws, inputs, env }).result
    },
    close: async () => {
      service.remove()
      await github.close()
    },
  }
}
