import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Stage } from '@aws-sdk/client-api-gateway'
import { foundDeployment, isJoiningStage } from '../resources/api/joined-stage.ts'
import { hasWeights } from '../resources/lambda/alias.ts'
import { canaryOf, type Canary } from '../service/canary.ts'
import { withFoundRelease } from '../service/found-release.ts'
import { aliasVariable, slotAlias, type Slot } from '../service/names.ts'
import { parseRecord, type ReleaseRecord } from '../service/release-record.ts'
import type { ServiceId } from '../service/service.ts'
import type { FunctionActual } from './function.ts'

/** What a stage serves: the slot that is live, and the definition and the versions behind it. */
export interface Served {
  readonly liveSlot: Slot
  readonly idleSlot: Slot
  /** The releases that the stage remembers, newest first. The first is the live one where {@link digest} is known. */
  readonly record: ReleaseRecord
  /** The digest of the definition that is served; undefined where it is not known, so that it counts as differing. */
  readonly digest: string | undefined
  /** Whether no release of ours has been on the stage: there is none, or others have made it and it is yet to be taken over. */
  readonly isFirst: boolean
  /** By function name: the version behind the live slot; empty while none of ours is served. */
  readonly versions: ReadonlyMap<string, FunctionConfiguration>
  /** Functions that serve a second version, too, by weights on the live alias, which only somebody else can have put there. */
  readonly weighted: ReadonlySet<string>
  /** What a share of the requests gets in place of all that; undefined where all get the same. */
  readonly canary: Canary | undefined
}

/** Reads the slot and the record from the stage's variables; the record counts only while its deployment is the stage's. */
export function servedBy(service: ServiceId, stage: Stage | undefined, functions: ReadonlyMap<string, FunctionActual>): Served {
  const variables = stage?.variables ?? {}
  const idleSlot = idleSlotOf(service, stage)
  const liveSlot: Slot = idleSlot === 'a' ? 'b' : 'a'
  const isFirst = stage === undefined || isJoiningStage(service, stage)
  const record = withFoundRelease(parseRecord(service.name, variables), foundDeployment(service, stage))
  const isValid = record[0] !== undefined && record[0].deploymentId === stage?.deploymentId
  const states = isFirst ? [] : [...functions.values()].flatMap(({ state }) => state ?? [])
  const live = states.map(({ name, slots }) => ({ name, ...slots[liveSlot] }))
  return {
    liveSlot,
    idleSlot,
    isFirst,
    record,
    digest: isValid ? record[0]?.digest : undefined,
    versions: new Map(live.flatMap(({ name, version }) => (version === undefined ? [] : [[name, version] as const]))),
    weighted: new Set(live.filter(({ alias }) => hasWeights(alias)).map(({ name }) => name)),
    canary: stage === undefined ? undefined : canaryOf(service, stage),
  }
}

/** The slot of a stage that is not live. */
export function idleSlotOf(service: ServiceId, stage: Pick<Stage, 'variables'> | undefined): Slot {
  return stage?.variables?.[aliasVariable(service.name)] === slotAlias(service.stage, 'b') ? 'a' : 'b'
}
