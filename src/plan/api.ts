import type { Actual } from '../actual/actual.ts'
import type { NextRelease } from '../release/next.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { foreignInDefinition, planDefinition } from '../resources/api/definition/parts.ts'
import { planSettings } from '../resources/api/definition/settings.ts'
import { planDeployment } from '../resources/api/deployment.ts'
import { planRestApi } from '../resources/api/rest-api.ts'
import { wantedMethods, type ServedMethods } from '../resources/api/definition/served-methods.ts'
import { isOtherRuns } from '../resources/other-run.ts'
import { keep, type Guard, type Step, type Task } from '../resources/step.ts'
import type { Service } from '../service/service.ts'
import { planRoutes, type RoutesPlan } from './routes.ts'

/** What is decided about the API. */
export interface ApiPlan {
  /** Makes the API itself, where it does not exist yet. */
  readonly create: readonly Step[]
  /** Freezes the definition, where the stage serves another one. */
  readonly deployment: Step | undefined
  /** All of it in order: the API itself, the edits of its definition, the deployment. */
  readonly steps: readonly Step[]
}

interface ApiInput {
  readonly actual: Actual
  /** Its definition is what the API is led to. */
  readonly next: NextRelease
  /** Missing where the working copy does not matter. */
  readonly copy: WorkingCopy | undefined
  /** What the stage serves; missing where it is not known. */
  readonly servedMethods: ServedMethods | undefined
  /** Steps that AWS may refuse. A new API waits for them, so that a first deploy that fails leaves no API. */
  readonly doubtful: readonly Step[]
  /** What comes before the first edit. */
  readonly claim: Guard
  /** What the deployment waits for besides the edits: it looks at the stage for the last time, and then the slot moves at once. */
  readonly after: readonly Task[]
}

/** The API, its definition and the deployment that freezes it. */
export function planApi(service: Service, input: ApiInput): ApiPlan {
  const { actual, next, doubtful, after, claim } = input
  const create = actual.api === undefined ? [planRestApi(service, doubtful)] : []
  const routes = planRoutesOf(service, input, definitionSteps(service, { ...input, create }))
  const steps = [...create, ...routes.edits]
  if (next.deploymentId === undefined) {
    const { deployments: existing, stage } = actual
    const deployment = planDeployment(service, { digest: next.digest, needs: [...steps, claim, ...after], existing, stage })
    // They make no call: they are told as done once the deployment holds them.
    const others = routes.others.map((each) => ({ ...each, needs: [deployment] }))
    return { create, deployment, steps: [...steps, ...others, deployment] }
  }
  const { length: count } = service.api.routes
  const kept = keep({ id: 'routes', kind: 'route', name: 'all', count, reason: 'the stage serves this definition' })
  return { create, deployment: undefined, steps: steps.length > 0 ? steps : [kept] }
}

/** The edits as callers of the stage notice them. */
function planRoutesOf(service: Service, input: ApiInput, edits: readonly Step[]): RoutesPlan {
  const { copy } = input
  const foreign = new Set(copy === undefined ? [] : foreignInDefinition(service, copy).map(({ name }) => name))
  return planRoutes(service, { served: servedBefore(service, input), foreign, edits })
}

/** What callers of the stage reach before this run; undefined where the edits of the working copy say all that there is to say. */
function servedBefore(service: Service, { actual: { api, stage }, next, servedMethods }: ApiInput): ServedMethods | undefined {
  if (api === undefined) return undefined
  if (stage === undefined) return new Map()
  // A stage that keeps its deployment serves the wanted definition already: nobody had to look.
  return next.deploymentId === undefined ? servedMethods : wantedMethods(service)
}

function definitionSteps(service: Service, { actual, next, copy, create, claim }: ApiInput & Pick<ApiPlan, 'create'>): Step[] {
  const { api, account } = actual
  if (api === undefined || copy !== undefined) {
    if (next.deploymentId !== undefined) return planDefinition({ service, account }, copy, create)
    return planDefinition({ service, account }, copy, [...create, claim]).map(leftToDeployment)
  }
  // No deployment freezes the name, so it is compared also where the working copy does not matter.
  return api.name === service.api.name || service.api.joined !== undefined ? [] : planSettings(service.api, api)
}

/** An edit that another run has made impossible is left to the deployment, which looks at the whole working copy and sets it right. */
function leftToDeployment(edit: Step): Step {
  return {
    ...edit,
    apply: async (context) => {
      try {
        return await edit.apply(context)
      } catch (error) {
        if (!isOtherRuns(error)) throw error
      }
    },
  }
}
