import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { aliasVariable, releaseVariable, slotAlias, type Slot } from '../service/names.ts'
import { parseRecord, type ReleaseRecord } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import type { Actual } from './actual.ts'

/** What a stage serves: the slot that is live, and the definition and versions behind it. */
export interface Served {
  readonly liveSlot: Slot
  readonly idleSlot: Slot
  /** What is remembered, newest first; whether its first is the live release, {@link digest} tells. */
  readonly record: ReleaseRecord
  /** The digest of the definition that is served; undefined where it is not known, so that it counts as differing. */
  readonly digest: string | undefined
}

/** Reads the slot and the record from the stage's variables; the record counts only while its deployment is the stage's. */
export function servedBy(service: Service, actual: Pick<Actual, 'stage'>): Served {
  const variables = actual.stage?.variables ?? {}
  const liveSlot: Slot = variables[aliasVariable(service.name)] === slotAlias(service.stage, 'b') ? 'b' : 'a'
  const record = parseRecord(variables[releaseVariable(service.name)])
  const valid = record[0] !== undefined && record[0].deploymentId === actual.stage?.deploymentId
  return { liveSlot, idleSlot: liveSlot === 'a' ? 'b' : 'a', record, digest: valid ? record[0]?.digest : undefined }
}

/** The version of a function that a stage serves; nothing while the stage does not exist. */
export function liveVersion(service: Service, actual: Actual, functionName: string): FunctionConfiguration | undefined {
  if (actual.stage === undefined) return undefined
  return slotVersion(service, actual, { functionName, slot: servedBy(service, actual).liveSlot })
}

/** The version that a slot names. */
export function slotVersion(service: Service, actual: Actual, { functionName, slot }: { functionName: string; slot: Slot }): FunctionConfiguration | undefined {
  const state = actual.functions.get(functionName)
  const alias = state?.aliases.find((each) => each.Name === slotAlias(service.stage, slot))
  return state?.versions.find((version) => version.Version === alias?.FunctionVersion)
}
