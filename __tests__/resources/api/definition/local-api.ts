import { connect, type Aws } from '../../../../src/aws/clients.ts'
import { silent } from '../../../../src/progress.ts'
import { planDefinition, readWorkingCopy } from '../../../../src/resources/api/definition/parts.ts'
import type { WorkingCopy } from '../../../../src/resources/api/definition/part.ts'
import { planRestApi } from '../../../../src/resources/api/rest-api.ts'
import { known, type ApplyContext, type Ids, type Step } from '../../../../src/resources/step.ts'
import type { Service } from '../../../../src/service/service.ts'
import { freshAccount, type FreshAccount } from '../../../../local-aws/testing.ts'

/** An account of local AWS in which this process deploys, through its own environment. */
export interface LocalApi {
  readonly local: FreshAccount
  /** Each connection has its own pace, so that with a new one nothing is waited for; the rates of local AWS are off. */
  readonly newAws: () => Aws
  /** Makes an API with the definition that a service asks for. */
  readonly make: (service: Service) => Promise<ApplyContext>
  readonly apply: (steps: readonly Step[], context: ApplyContext) => Promise<void>
  readonly copyOf: (context: ApplyContext) => Promise<WorkingCopy>
  readonly close: () => Promise<void>
}

/** Sets the SDK's variables; `endpoint` stands before local AWS where there is one. */
export async function openLocalApi(local: FreshAccount = freshAccount(), endpoint: string = local.url): Promise<LocalApi> {
  const variables = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: local.id, AWS_SECRET_ACCESS_KEY: 'local' }
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, variables)
  const account = { partition: 'aws', region: local.region, accountId: local.id }
  const newAws = (): Aws => connect({ region: local.region, env: {}, progress: silent })
  const apply = async (steps: readonly Step[], context: ApplyContext): Promise<void> => {
    for (const step of steps) await step.apply({ ...context, aws: newAws() })
  }
  return {
    local, newAws, apply,
    make: async (service) => {
      // A reset between two services brings the rates back.
      await local.control.configure({ rates: false })
      const moments = { permissionAddedAt: undefined, aliasMovedAt: undefined, wentLiveAt: undefined, canary: undefined, canaryEndedAt: undefined, isAccountRoleNew: false, isImported: false, putAliases: new Set<string>(), provisioned: [] }
      const unknown = { apiId: undefined, rootResourceId: undefined, deploymentId: undefined, ...moments }
      const ids: Ids = { ...unknown, roleArns: new Map(), versions: new Map() }
      const claim = { run: 'test', before: undefined, on: 'API' as const }
      const context = { aws: newAws(), account, service, ids, claim, progress: silent, invokeUrl: () => '', secrets: [] }
      await apply([planRestApi(service, []), ...planDefinition({ service, account }, undefined, [])], context)
      return context
    },
    copyOf: (context) => readWorkingCopy(newAws(), known(context.ids.apiId, 'the API')),
    close: async () => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      await local.control.reset()
    },
  }
}
