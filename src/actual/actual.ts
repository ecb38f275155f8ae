import type { Deployment, RestApi, Stage } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../aws/clients.ts'
import { readAccountRole, type AccountRole } from '../resources/api/account-role.ts'
import { readDeployments } from '../resources/api/deployment.ts'
import type { WorkingCopy } from '../resources/api/definition/part.ts'
import { readWorkingCopy } from '../resources/api/definition/parts.ts'
import { readServedMethods, type ServedMethods } from '../resources/api/definition/served-methods.ts'
import { withFoundStage } from '../resources/api/found-settings.ts'
import { isJoinedStage, isJoiningStage, refuseStage } from '../resources/api/joined-stage.ts'
import { lostAmong } from '../resources/api/lost-api.ts'
import { readRestApis } from '../resources/api/rest-api.ts'
import { readStages } from '../resources/api/stage.ts'
import { readLogGroup, type LogGroupState } from '../resources/logs/log-group.ts'
import { asFound } from '../resources/lambda/joined.ts'
import { allToldOf } from '../resources/ownership.ts'
import type { Ids } from '../resources/step.ts'
import { accessLogGroup, canaryGroup, hasLogGroup } from '../service/access-log.ts'
import { logGroupName } from '../service/names.ts'
import { groupOfArn, type Account } from '../service/arns.ts'
import type { Service } from '../service/service.ts'
import { readAccount } from './account.ts'
import { readFunctions, roleArnOf, type FunctionActual } from './function.ts'
import { servedBy, type Served } from './served.ts'

/** What stands in AWS of one service and stage. What the stage serves is in `served`; all else only decides which writes lead on. */
export interface Actual extends ApiActual {
  readonly account: Account
  /** By AWS name: every function that the config describes, also those that do not exist. */
  readonly functions: ReadonlyMap<string, FunctionActual>
  readonly served: Served
}

export interface ApiActual {
  readonly api: RestApi | undefined
  readonly stage: Stage | undefined
  /** All other stages of the API, ours and those of others. */
  readonly otherStages: readonly Stage[]
  readonly deployments: readonly Deployment[]
  /** Asked only where the access log is yet to be switched on. */
  readonly accountRole: AccountRole | undefined
  readonly accessLogGroup: LogGroupState | undefined
  /** The group of a canary's lines; looked for only where there is to be a canary. */
  readonly canaryLogGroup?: LogGroupState | undefined
  /** Log groups that the stage's access log may have had besides; read only where all of it is to go. */
  readonly formerLogGroups?: readonly LogGroupState[]
  /** Empty APIs of ours that a run has left which was stopped. */
  readonly lostApis?: readonly RestApi[]
}

interface ReadingOptions {
  /** Empty means any. */
  readonly allowedAccountIds: readonly string[]
  /**
   * Whether all of it is to go. Then the log of the stage is looked for also where the config has turned it off, and our own roles where
   * the config names others.
   */
  readonly isDestroy: boolean
}

/** Reads all of it in at most three rounds, whatever the number of functions and routes. */
export async function readActual(aws: Aws, service: Service, { allowedAccountIds, isDestroy }: ReadingOptions): Promise<Actual> {
  const readings = [
    readFunctions(aws, service, isDestroy),
    readApiActual(aws, service, isDestroy ? 'all logs' : 'wanted logs'),
  ] as const
  await allToldOf(readings)
  const [functions, apiActual] = await Promise.all(readings)
  const states = [...functions.values()].flatMap(({ state }) => state ?? [])
  const account = await readAccount(aws, { service, functions: states, allowedAccountIds })
  return { account, ...apiActual, functions, served: servedBy(service, apiActual.stage, functions) }
}

/** What a config asks for, where functions or the stage are found that the service did not make: what it does not name stays as found. */
export function withFound(service: Service, { functions, stage }: Actual): Service {
  const own = withFoundStage(service, stage)
  return { ...own, functions: own.functions.map((spec) => asFound(spec, functions.get(spec.name)?.state)) }
}

/** The working copy of the API's definition, where there is an API. Its settings are known by now. */
export async function readCopy(aws: Aws, { api }: Actual): Promise<WorkingCopy | undefined> {
  return api?.id === undefined ? undefined : readWorkingCopy(aws, api.id, { settings: api })
}

/** What callers of the stage reach, where there is a stage. */
export async function readServed(aws: Aws, { api, stage }: Actual): Promise<ServedMethods | undefined> {
  return api?.id === undefined || stage === undefined ? undefined : readServedMethods(aws, api.id, stage)
}

/** The ids that are known before anything is applied. */
export function idsOf(service: Service, actual: Actual): Ids {
  const roleArns = service.functions.flatMap((spec): [string, string][] => {
    const arn = roleArnOf(spec, actual.functions.get(spec.name))
    return arn === undefined ? [] : [[spec.name, arn]]
  })
  return {
    apiId: actual.api?.id,
    rootResourceId: actual.api?.rootResourceId,
    deploymentId: undefined,
    isImported: false,
    roleArns: new Map(roleArns),
    versions: new Map(),
    permissionAddedAt: undefined,
    aliasMovedAt: undefined,
    putAliases: new Set(),
    provisioned: [],
    wentLiveAt: undefined,
    canary: undefined,
    canaryEndedAt: undefined,
    isAccountRoleNew: false,
  }
}

/** Which logs of a stage are looked for besides. */
type LogScope = 'wanted logs' | 'all logs' | 'no logs'

/** The API and its stages. */
export async function readApiActual(aws: Aws, service: Service, scope: LogScope): Promise<ApiActual> {
  const [api, ...others] = await readRestApis(aws, service)
  const lostApis = scope === 'no logs' ? [] : await lostAmong(aws, others)
  const isDestroy = scope === 'all logs'
  if (api?.id === undefined) {
    const isLogged = scope === 'wanted logs' && hasLogGroup(service.accessLog)
    const accountRole = isLogged ? await readAccountRole(aws) : undefined
    return { api, stage: undefined, otherStages: [], deployments: [], accountRole, accessLogGroup: undefined }
  }
  const reading = readStages(aws, api.id)
  const own = { apiId: api.id, mayJoin: scope === 'wanted logs' }
  const found = service.api.joined === undefined ? service : withFoundStage(service, ownStage(service, await reading, own))
  const isLogged = scope === 'wanted logs' && hasLogGroup(found.accessLog)
  const [stages, deployments, configured, canaryLogGroup] = await Promise.all([
    reading,
    readDeployments(aws, api.id),
    isLogged ? readAccessLogGroup(aws, service, accessLogGroup(service, api.id)) : undefined,
    isLogged && service.release.canary !== undefined
      ? readAccessLogGroup(aws, service, canaryGroup(accessLogGroup(service, api.id)))
      : undefined,
  ])
  const stage = ownStage(service, stages, own)
  const otherStages = stages.filter((each) => each !== stage)
  const isNew = isLogged && groupOfArn(stage?.accessLogSettings?.destinationArn) === undefined
  const accountRole = isNew ? await readAccountRole(aws) : undefined
  const [group, ...formerLogGroups] = isDestroy ? await readAllLogGroups(aws, service, { apiId: api.id, stage }) : [configured]
  const former = formerLogGroups.filter((each) => each !== undefined)
  const groups = { accessLogGroup: group, canaryLogGroup, formerLogGroups: former }
  return { api, stage, otherStages, deployments, accountRole, ...groups, lostApis }
}

/** The stage that is ours, or is to be; one of others that stays theirs is as if it were not there. */
function ownStage(
  service: Service, stages: readonly Stage[], { mayJoin, apiId }: { readonly mayJoin: boolean; readonly apiId: string },
): Stage | undefined {
  const stage = stages.find((each) => each.stageName === service.stage)
  const isTheirs = service.api.joined !== undefined && isJoiningStage(service, stage) && !isJoinedStage(stage)
  if (isTheirs && !mayJoin) return undefined
  refuseStage(service, stage, apiId)
  return stage
}

/** A group that the config names may be somebody else's, so its owner is always asked for. */
async function readAccessLogGroup(aws: Aws, service: Service, name: string): Promise<LogGroupState | undefined> {
  const { group, retentionDays } = service.accessLog
  return readLogGroup(aws, name, { service, retentionDays, always: group !== undefined })
}

/**
 * The groups of a stage's access log: the one that the stage names, which the config of this run need not know, the config's, and the one
 * that we name. What has the API's id in its name is ours; the owner of any other is asked for.
 */
async function readAllLogGroups(
  aws: Aws, service: Service, { apiId, stage }: { readonly apiId: string; readonly stage: Stage | undefined },
): Promise<LogGroupState[]> {
  const named = groupOfArn(stage?.accessLogSettings?.destinationArn)
  const own = logGroupName(service.api.name, apiId, service.stage)
  const names = new Set([...(named === undefined ? [] : [named]), accessLogGroup(service, apiId), own])
  const ends = [`-${apiId}/${service.stage}`, canaryGroup(`-${apiId}/${service.stage}`)]
  const isOwn = (name: string): boolean => name.startsWith('/aws/apigateway/') && ends.some((end) => name.endsWith(end))
  const groups = await Promise.all([...names].flatMap((name) => [name, canaryGroup(name)]).map(async (name) => {
    const state = await readLogGroup(aws, name, { service, retentionDays: undefined, always: !isOwn(name) })
    return state !== undefined && isOwn(name) ? { ...state, ours: true } : state
  }))
  return groups.flatMap((each) => each ?? [])
}
