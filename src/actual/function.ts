import type { Aws } from '../aws/clients.ts'
import { readExecutionRole } from '../resources/iam/execution-role.ts'
import { readFormerRole, runsWith, type FormerRole } from '../resources/iam/former-role.ts'
import { readGivenRoles, type GivenRole } from '../resources/iam/given-role.ts'
import type { RoleState } from '../resources/iam/role.ts'
import { refuseFunction } from '../resources/lambda/joinable.ts'
import { asFound, isJoined, namesRole } from '../resources/lambda/joined.ts'
import { rememberedRetention } from '../resources/lambda/memory.ts'
import { readFunction, type FunctionScope, type FunctionState } from '../resources/lambda/state.ts'
import { allToldOf, refuseOtherRepository } from '../resources/ownership.ts'
import { readLogGroup, type LogGroupState } from '../resources/logs/log-group.ts'
import { functionLogGroup, roleName } from '../service/names.ts'
import type { FunctionSpec, Service } from '../service/service.ts'
import { ownership } from '../service/tags.ts'

/** What stands in AWS of one function, and around it. */
export interface FunctionActual {
  readonly name: string
  /** Undefined where there is no such function. */
  readonly state: FunctionState | undefined
  /** The role that we make for it. */
  readonly role: RoleState | undefined
  /** Looked for where the config names another role than the one that a version runs with. */
  readonly formerRole: FormerRole | undefined
  /** The role that the config names; looked at only where a function is to be given it for the first time. */
  readonly givenRole: GivenRole | undefined
  /** The function's own log; asked only where the config sets its retention, or did. */
  readonly logGroup: LogGroupState | undefined
}

/** Reads all functions of the config, by name. For a destroy our own roles are looked for also where the config names others. */
export async function readFunctions(aws: Aws, service: Service, isDestroy: boolean): Promise<ReadonlyMap<string, FunctionActual>> {
  const readings = service.functions.map((spec) => ({ spec, reading: readFunction(aws, spec.name, scopeOf(service, spec)) }))
  const givenRoles = isDestroy ? Promise.resolve(new Map<string, GivenRole>()) : readNewRoles(aws, readings)
  const around = readings.map((each) => readAround(aws, service, { ...each, givenRoles, isDestroy }))
  const owners = readings.map(async ({ spec, reading }) => refuse(service, spec, { state: await reading, isDestroy }))
  await allToldOf([...owners, ...around])
  const all = await Promise.all(around)
  return new Map(all.map((each) => [each.name, isDestroy ? withoutForeign(service, each) : each]))
}

function scopeOf({ stage }: Service, { provisionedConcurrency }: FunctionSpec): FunctionScope {
  return { stage, provisioned: provisionedConcurrency !== undefined }
}

function refuse(
  service: Service, spec: FunctionSpec, { state, isDestroy }: { readonly state: FunctionState | undefined; readonly isDestroy: boolean },
): void {
  if (state === undefined) return
  const isGoing = isDestroy && (spec.join !== undefined || isJoined(state))
  if (isGoing) return refuseOtherRepository(state.tags, service, `The function ${state.name}`)
  refuseFunction(service, spec, state)
}

/** A function that is to be taken over, and is not yet, or was given back already, is nothing to a destroy. */
function withoutForeign(service: Service, actual: FunctionActual): FunctionActual {
  return ownership(actual.state?.tags, service) === 'ours' ? actual : { ...actual, state: undefined }
}

/** The role that a function is to run with; undefined for one that is yet to be made. */
export function roleArnOf({ role }: FunctionSpec, actual: FunctionActual | undefined): string | undefined {
  return role.kind === 'given' ? role.arn : actual?.role?.arn
}

interface FunctionReading {
  readonly spec: FunctionSpec
  readonly reading: Promise<FunctionState | undefined>
}

interface FunctionQuery extends FunctionReading {
  readonly isDestroy: boolean
  readonly givenRoles: Promise<ReadonlyMap<string, GivenRole>>
}

async function readAround(aws: Aws, service: Service, { spec, reading, givenRoles, isDestroy }: FunctionQuery): Promise<FunctionActual> {
  const [state, role, formerRole, roles, logGroup] = await Promise.all([
    reading,
    (async () => (spec.role.kind === 'create' && (await makesRole(spec, reading)) ? readExecutionRole(aws, service, spec) : undefined))(),
    (async () => (isDestroy || mayHaveFormerRole(aws, spec, await reading) ? readFormerRole(aws, service, spec) : undefined))(),
    givenRoles,
    readOwnLogGroup(aws, service, { spec, reading }),
  ])
  const givenRole = spec.role.kind === 'given' ? roles.get(spec.role.arn) : undefined
  return { name: spec.name, state, role, formerRole, givenRole, logGroup }
}

/** A function that is found keeps its role where the config names none. */
async function makesRole(spec: FunctionSpec, reading: FunctionReading['reading']): Promise<boolean> {
  return namesRole(spec) || asFound(spec, await reading).role.kind === 'create'
}

/** The roles by ARN that are to be handed to Lambda, and that it does not have for their function already. */
async function readNewRoles(aws: Aws, readings: readonly FunctionReading[]): Promise<ReadonlyMap<string, GivenRole>> {
  const read = await Promise.all(readings.map(async ({ spec, reading }) => ({ spec, state: await reading })))
  return readGivenRoles(aws, read.filter(({ spec: { role }, state }) => takesRole(role, state)).map(({ spec }) => spec))
}

function takesRole(role: FunctionSpec['role'], state: FunctionState | undefined): boolean {
  return role.kind === 'given' && state?.latest.Role !== role.arn
}

function mayHaveFormerRole(aws: Aws, spec: FunctionSpec, state: FunctionState | undefined): boolean {
  if (spec.role.kind === 'create' || state === undefined) return false
  return [state.latest, ...state.versions].some((version) => runsWith(version, roleName(spec.name, aws.region)))
}

/** Asked where the config sets a retention, or where an earlier run did. */
async function readOwnLogGroup(
  aws: Aws, service: Service, { spec, reading }: FunctionReading,
): Promise<LogGroupState | undefined> {
  const retentionDays = spec.logRetentionDays ?? rememberedRetention(await reading)
  return retentionDays === undefined ? undefined : readLogGroup(aws, functionLogGroup(spec), { service, retentionDays })
}
