import type { components } from '@octokit/openapi-types'
import { notFound, type Answer, type Asked, type Endpoint } from './endpoint.ts'
import { pageOf } from './pages.ts'
import type { Deployment, DeploymentState } from './repository.ts'

type Whole = components['schemas']['deployment']
type Answered = Pick<Whole, 'id' | 'sha' | 'ref' | 'task' | 'environment' | 'transient_environment' | 'production_environment'>

/** "List deployments" (docs.github.com, REST API endpoints for deployments): the newest first. */
export const deploymentsEndpoint: Endpoint = {
  method: 'GET',
  path: /^\/deployments$/,
  needs: [['deployments', 'read']],
  answer: (asked) => {
    const { repository, query } = asked
    const fits = (each: Deployment): boolean =>
      (['task', 'environment', 'ref', 'sha'] as const).every((name) => (query.get(name) ?? each[name]) === each[name])
    return pageOf(asked, [...repository.deployments].filter(fits).sort((a, b) => b.id - a.id).map(answered))
  },
}

/** "Create a deployment". One for a commit that is not there is refused; checks are not modelled, so `required_contexts` changes nothing. */
export const newDeploymentEndpoint: Endpoint = {
  method: 'POST',
  path: /^\/deployments$/,
  needs: [['deployments', 'write']],
  answer: ({ repository, body }) => {
    const { ref, task = 'deploy', environment = 'production', transient_environment: isTransient = false, production_environment } = body as {
      ref?: string; task?: string; environment?: string; transient_environment?: boolean; production_environment?: boolean
    }
    if (ref === undefined) return invalid('ref')
    const isProduction = production_environment ?? environment === 'production'
    const made: Deployment = { id: repository.nextId++, sha: ref, ref, task, environment, isTransient, isProduction, statuses: [] }
    repository.deployments.push(made)
    return { status: 201, body: answered(made) }
  },
}

/** "Create a deployment status". With `auto_inactive` (the default) a success makes the others of its environment inactive. */
export const newStatusEndpoint: Endpoint = {
  method: 'POST',
  path: /^\/deployments\/(\d+)\/statuses$/,
  needs: [['deployments', 'write']],
  answer: (asked) => withDeployment(asked, (deployment) => {
    const { state, environment_url: url = '', log_url: log = '', auto_inactive: isAlone = true } = asked.body as {
      state?: DeploymentState; environment_url?: string; log_url?: string; auto_inactive?: boolean
    }
    if (state === undefined || !states.includes(state)) return invalid('state')
    deployment.statuses.push({ state, url, log })
    if (state === 'success' && isAlone) deactivateOthers(asked, deployment)
    return { status: 201, body: { id: asked.repository.nextId++, state, environment_url: url, log_url: log } }
  }),
}

/** "Delete a deployment": only one that is inactive, or the only one. */
export const deleteDeploymentEndpoint: Endpoint = {
  method: 'DELETE',
  path: /^\/deployments\/(\d+)$/,
  needs: [['deployments', 'write']],
  answer: (asked) => withDeployment(asked, (deployment) => {
    const { deployments } = asked.repository
    const message = 'We cannot delete an active deployment unless it is the only deployment in a given environment.'
    if (isActive(deployment) && deployments.length > 1) return { status: 422, body: { message } }
    deployments.splice(deployments.indexOf(deployment), 1)
    return { status: 204 }
  }),
}

const states: readonly DeploymentState[] = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']

/** Whether the newest status of a deployment is a success. */
export function isActive({ statuses }: Deployment): boolean {
  return statuses.at(-1)?.state === 'success'
}

/** As documented of `auto_inactive`: non-transient, non-production deployments of the same environment. */
function deactivateOthers({ repository }: Asked, { id, environment }: Deployment): void {
  for (const each of repository.deployments) {
    if (each.id === id || each.environment !== environment || each.isTransient || each.isProduction || !isActive(each)) continue
    each.statuses.push({ state: 'inactive', url: '', log: '' })
  }
}

function withDeployment({ repository, caught: [id] }: Asked, answer: (deployment: Deployment) => Answer): Answer {
  const deployment = repository.deployments.find((each) => each.id === Number(id))
  return deployment === undefined ? notFound('deployments/deployments#get-a-deployment') : answer(deployment)
}

function invalid(field: string): Answer {
  return { status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'Deployment', code: 'missing_field', field }] } }
}

function answered({ id, sha, ref, task, environment, isTransient, isProduction }: Deployment): Answered {
  return { id, sha, ref, task, environment, transient_environment: isTransient, production_environment: isProduction }
}
