import type { Actual } from '../actual/actual.ts'
import { definitionDiffers } from '../release/differs.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { definitionDigest, planDefinition } from '../resources/api/definition/parts.ts'
import { planSettings } from '../resources/api/definition/settings.ts'
import { planDeployment } from '../resources/api/deployment.ts'
import { planRestApi } from '../resources/api/rest-api.ts'
import { keep, type Step } from '../resources/step.ts'
import type { Service } from '../service/service.ts'

/** What is decided about the API. */
export interface ApiPlan {
  /** Makes the API itself, where it does not exist yet. */
  readonly create: readonly Step[]
  /** Freezes the definition, where the stage serves another one. */
  readonly deployment: Step | undefined
  /** These and those of the definition. */
  readonly steps: readonly Step[]
}

interface ApiInput {
  readonly actual: Actual
  /** Missing where the working copy does not matter. */
  readonly copy: WorkingCopy | undefined
  /** What may be refused: a new API waits for it, so that a failed first deploy leaves none. */
  readonly doubtful: readonly Step[]
}

/** The API, its definition and the deployment that freezes it. */
export function planApi(service: Service, { actual, copy, doubtful }: ApiInput): ApiPlan {
  const create = actual.api === undefined ? [planRestApi(service, doubtful)] : []
  const steps = [...create, ...definitionSteps(service, { actual, copy, create })]
  if (definitionDiffers(service, actual)) {
    const deployment = planDeployment(service, { digest: definitionDigest(service), needs: steps, existing: actual.deployments, stage: actual.stage })
    return { create, deployment, steps: [...steps, deployment] }
  }
  const kept = keep({ id: 'routes', kind: 'route', name: 'all', count: service.api.routes.length, reason: 'the stage serves this definition' })
  return { create, deployment: undefined, steps: steps.length > 0 ? steps : [kept] }
}

function definitionSteps(service: Service, { actual, copy, create }: Omit<ApiInput, 'doubtful'> & Pick<ApiPlan, 'create'>): Step[] {
  const { api, account } = actual
  if (api === undefined || copy !== undefined) return planDefinition({ service, account }, copy, create)
  // No deployment freezes the name, so it is compared also where the working copy does not matter.
  return api.name === service.api.name ? [] : planSettings(service.api, api)
}
