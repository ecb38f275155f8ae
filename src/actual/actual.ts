import type { Deployment, RestApi, Stage } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../aws/clients.ts'
import { readAccountRole } from '../resources/api/account-role.ts'
import { readDeployments } from '../resources/api/deployment.ts'
import { readRestApi } from '../resources/api/rest-api.ts'
import { readStages } from '../resources/api/stage.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { readWorkingCopy } from '../resources/api/definition/parts.ts'
import type { Ids } from '../resources/step.ts'
import { readExecutionRole } from '../resources/iam/execution-role.ts'
import { readFormerRole, runsWith, type FormerRole } from '../resources/iam/former-role.ts'
import { readGivenRoles, type GivenRole } from '../resources/iam/given-role.ts'
import type { RoleState } from '../resources/iam/role.ts'
import { refuseUnlessOurs } from '../resources/ownership.ts'
import { readFunction, type FunctionState } from '../resources/lambda/state.ts'
import { rememberedRetention } from '../resources/lambda/tags.ts'
import { readLogGroup, type LogGroupState } from '../resources/logs/log-group.ts'
import type { Account } from '../service/arns.ts'
import { accessLogGroup } from '../service/access-log.ts'
import { functionLogGroup, roleName } from '../service/names.ts'
import type { FunctionSpec, Service } from '../service/service.ts'
import { readAccount } from './account.ts'

/** What stands in AWS of one service and stage: what the stage serves, and what only tells which writes lead there. */
export interface Actual {
  readonly account: Account
  readonly api: RestApi | undefined
  readonly stage: Stage | undefined
  /** All stages of the API, this one too. */
  readonly stages: readonly Stage[]
  readonly deployments: readonly Deployment[]
  /** By AWS name. */
  readonly functions: ReadonlyMap<string, FunctionState>
  /** By function name; only roles that we make. */
  readonly roles: ReadonlyMap<string, RoleState>
  /** By function name; looked for where the config names another role than the one that a version runs with. */
  readonly formerRoles: ReadonlyMap<string, FormerRole>
  /** By ARN; looked at only where a function is to be given the role for the first time. */
  readonly givenRoles: ReadonlyMap<string, GivenRole>
  /** Asked only where the access log is yet to be switched on. */
  readonly accountRole: string | undefined
  readonly accessLogGroup: LogGroupState | undefined
  /** By function name; asked only where the config sets their retention, or did. */
  readonly functionLogGroups: ReadonlyMap<string, LogGroupState>
}

interface Question {
  /** Empty means any. */
  readonly allowedAccountIds: readonly string[]
  /** Whether all of it is to go: then the log of a stage is looked for also where the config has turned it off, and roles where it names others. */
  readonly isDestroy: boolean
}

/** Reads all of it in at most three rounds, whatever the number of functions and routes. */
export async function readActual(aws: Aws, service: Service, { allowedAccountIds, isDestroy }: Question): Promise<Actual> {
  const reading = byName(service.functions, (spec) => readFunction(aws, spec, service.stage))
  const [functions, roles, formerRoles, givenRoles, functionLogGroups, apiPart] = await Promise.all([
    reading,
    byName(service.functions, (spec) => (spec.role.kind === 'create' ? readExecutionRole(aws, service, spec) : Promise.resolve(undefined))),
    byName(service.functions, async (spec) => (isDestroy || mayHaveFormerRole(aws, spec, (await reading).get(spec.name)) ? readFormerRole(aws, service, spec) : undefined)),
    reading.then((states) => readGivenRoles(aws, isDestroy ? [] : service.functions.filter((spec) => takesRole(spec, states.get(spec.name))))),
    byName(service.functions, (spec) => readFunctionLogGroup(aws, service, { spec, state: async () => (await reading).get(spec.name) })),
    readApiPart(aws, service, isDestroy),
  ])
  for (const state of functions.values()) refuseUnlessOurs(state.tags, service, { thing: `function ${state.name}` })
  const account = await readAccount(aws, { service, functions: [...functions.values()], allowedAccountIds })
  return { account, functions, roles, formerRoles, givenRoles, functionLogGroups, ...apiPart }
}

/** The working copy of the API's definition, where there is an API. Its settings are known by now. */
export async function readCopy(aws: Aws, { api }: Actual): Promise<WorkingCopy | undefined> {
  return api?.id === undefined ? undefined : readWorkingCopy(aws, api.id, { settings: api })
}

/** The ids that are known before anything is applied. */
export function idsOf(actual: Actual, service: Service): Ids {
  const roleArns = service.functions.flatMap((spec): [string, string][] => {
    const arn = spec.role.kind === 'given' ? spec.role.arn : actual.roles.get(spec.name)?.arn
    return arn === undefined ? [] : [[spec.name, arn]]
  })
  return {
    apiId: actual.api?.id,
    rootResourceId: actual.api?.rootResourceId,
    deploymentId: undefined,
    roleArns: new Map(roleArns),
    versions: new Map(),
    permissionAddedAt: undefined,
  }
}

async function readApiPart(aws: Aws, service: Service, isDestroy: boolean): Promise<Pick<Actual, 'api' | 'stage' | 'stages' | 'deployments' | 'accountRole' | 'accessLogGroup'>> {
  const api = await readRestApi(aws, service)
  const logging = !isDestroy && service.accessLog.format !== undefined
  if (api?.id === undefined) {
    const accountRole = logging ? await readAccountRole(aws) : undefined
    return { api, stage: undefined, stages: [], deployments: [], accountRole, accessLogGroup: undefined }
  }
  const [stages, deployments, group] = await Promise.all([
    readStages(aws, api.id),
    readDeployments(aws, api.id),
    logging || isDestroy ? readLogGroup(aws, accessLogGroup(service, api.id), accessLogQuestion(service)) : undefined,
  ])
  const stage = stages.find((each) => each.stageName === service.stage)
  if (stage !== undefined) refuseUnlessOurs(stage.tags, service, { thing: `stage ${service.stage} of API ${api.id}` })
  const accountRole = logging && stage?.accessLogSettings === undefined ? await readAccountRole(aws) : undefined
  return { api, stage, stages, deployments, accountRole, accessLogGroup: group }
}

function mayHaveFormerRole(aws: Aws, spec: FunctionSpec, state: FunctionState | undefined): boolean {
  if (spec.role.kind === 'create' || state === undefined) return false
  return [state.latest, ...state.versions].some((version) => runsWith(version, roleName(spec.name, aws.region)))
}

/** Whether a role by ARN is to be handed to Lambda that it does not have for this function already. */
function takesRole({ role }: FunctionSpec, state: FunctionState | undefined): boolean {
  return role.kind === 'given' && state?.latest.Role !== role.arn
}

/** Asked where the config sets a retention, or where an earlier run did. */
async function readFunctionLogGroup(aws: Aws, service: Service, { spec, state }: { spec: FunctionSpec; state: () => Promise<FunctionState | undefined> }): Promise<LogGroupState | undefined> {
  if (spec.logRetentionDays !== undefined) return readLogGroup(aws, functionLogGroup(spec), question(service, spec.logRetentionDays))
  const found = await state()
  const remembered = found === undefined ? undefined : rememberedRetention(found)
  return remembered === undefined ? undefined : readLogGroup(aws, functionLogGroup(spec), question(service, remembered))
}

/** A group that the config names may be somebody else's, so whose it is is always asked. */
function accessLogQuestion(service: Service): { service: Service; retentionDays?: number; always: boolean } {
  return { ...question(service, service.accessLog.retentionDays), always: service.accessLog.group !== undefined }
}

function question(service: Service, retentionDays: number | undefined): { service: Service; retentionDays?: number } {
  return retentionDays === undefined ? { service } : { service, retentionDays }
}

async function byName<T>(functions: readonly FunctionSpec[], read: (spec: FunctionSpec) => Promise<T | undefined>): Promise<Map<string, T>> {
  const found = await Promise.all(functions.map(async (spec) => [spec.name, await read(spec)] as const))
  return new Map(found.flatMap(([name, value]): [string, T][] => (value === undefined ? [] : [[name, value]])))
}
