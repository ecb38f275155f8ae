import { aliasVariable, canaryVariable, slotAlias, type Slot } from './names.ts'
import { formatRecord, parseRecord, type Release } from './release-record.ts'
import type { CanarySpec, ServiceId } from './service.ts'

/** A share of a stage's requests that another deployment gets: one of our releases, or what somebody has put there by hand. */
export type Canary = OwnCanary | ForeignCanary

/** A release of ours that is being tried. */
export interface OwnCanary {
  readonly kind: 'ours'
  readonly percent: number
  /** What its requests get. Its number is the one that it has once it is live; its time is that at which it was put there. */
  readonly release: Release
  readonly slot: Slot
  /** Milliseconds for which the run that put it there was to watch it; `hold` where it was to stay. */
  readonly bake: CanarySpec['bake']
}

/** One without our marks. */
export interface ForeignCanary {
  readonly kind: 'foreign'
  readonly percent: number
  readonly deploymentId: string
}

/** What a canary of ours has in place of the stage's variables: the slot, its release, and how long it is watched. */
export function canaryVariables(
  { name, stage }: ServiceId, { release, slot, bake }: Pick<OwnCanary, 'release' | 'slot' | 'bake'>,
): Readonly<Record<string, string>> {
  return {
    [aliasVariable(name)]: slotAlias(stage, slot),
    ...formatRecord(name, [release]),
    [canaryVariable(name)]: bake === 'hold' ? bake : `${bake / 1000}`,
  }
}

/** As much of a stage as API Gateway shows of its canary. */
interface CanaryStage {
  readonly canarySettings?: {
    readonly deploymentId?: string | undefined
    readonly percentTraffic?: number | undefined
    readonly stageVariableOverrides?: Readonly<Record<string, string>> | undefined
  } | undefined
}

/** The canary on a stage; undefined where there is none. */
export function canaryOf({ name, stage }: ServiceId, { canarySettings }: CanaryStage): Canary | undefined {
  if (canarySettings === undefined) return undefined
  const { deploymentId = '', percentTraffic: percent = 0, stageVariableOverrides: variables = {} } = canarySettings
  const [release] = parseRecord(name, variables)
  const mark = /^(?:hold|\d+)$/.exec(variables[canaryVariable(name)] ?? '')?.[0]
  const isOurs = mark !== undefined && release?.deploymentId === deploymentId
  if (!isOurs) return { kind: 'foreign', percent, deploymentId }
  const slot = variables[aliasVariable(name)] === slotAlias(stage, 'b') ? 'b' : 'a'
  return { kind: 'ours', percent, release, slot, bake: mark === 'hold' ? mark : Number(mark) * 1000 }
}

/** Whether two are the same: put there by one run, and not changed since. */
export function isSameCanary(a: Canary | undefined, b: Canary | undefined): boolean {
  return canaryKey(a) === canaryKey(b)
}

function canaryKey(canary: Canary | undefined): string {
  if (canary === undefined) return 'none'
  if (canary.kind === 'foreign') return `foreign ${canary.percent} ${canary.deploymentId}`
  const { percent, bake, slot, release } = canary
  const { number, deploymentId, wentLiveAt, versions } = release
  return ['ours', percent, bake, slot, number, deploymentId, wentLiveAt, versions.join()].join(' ')
}
