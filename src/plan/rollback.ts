import type { Actual } from '../actual/actual.ts'
import { planGoLive } from '../release/go-live.ts'
import { handoverTo, type Handover, type NextRelease } from '../release/next.ts'
import { idleSlotGuard } from '../release/settle.ts'
import { parseCodeMark, type FunctionCode } from '../resources/code.ts'
import type { FunctionState } from '../resources/lambda/state.ts'
import { known, step, type Guard, type Step } from '../resources/step.ts'
import { slotAlias } from '../service/names.ts'
import type { Service } from '../service/service.ts'
import { claimGuard, restedGuards, stageGuard } from './guards.ts'
import { planIdleProvisioned, planProvisionedPrune, rememberedWarmth } from './provisioned.ts'
import { planSlots, type SlotUser } from './slots.ts'

/** What puts a release that stands already on its stage, and how the stage passes to it. */
export interface RollbackPlan {
  readonly steps: readonly Step[]
  readonly guards: readonly Guard[]
  readonly handover: Handover
}

interface RollbackInput {
  readonly actual: Actual
  readonly next: NextRelease
  readonly routes: RouteChange | undefined
  /** Why the release goes live, where another sentence says it better. */
  readonly reason?: string
}

/** Names of the methods that callers reach now, and of those that they reach afterwards; undefined where they are the same or unknown. */
export interface RouteChange {
  readonly before: ReadonlySet<string>
  readonly after: ReadonlySet<string>
}

/**
 * The changes that put a release on its stage of which all stands already: one of the record, or a canary. The idle slot takes its
 * versions, unless it names them still, and one UpdateStage does the rest. The stage's settings stay, because the config is not known.
 * Nothing is taken away but what costs money while it is not used; the rest is for the next deploy.
 */
export function planRollback(
  service: Service, { actual, next, routes, reason }: RollbackInput,
): RollbackPlan {
  const handover = handoverTo(next, service, actual)
  const live = planGoLive({ next, handover, service, actual, scope: 'release', ...(reason === undefined ? {} : { reason }) })
  if (live.action === 'keep') {
    const idle = planIdleProvisioned(service, actual, { isNew: false })
    return { steps: [live, ...idle.steps], guards: idle.guards, handover }
  }
  const users = usersOf(next, actual)
  const warmth = rememberedWarmth(service, actual, handover)
  const idleName = slotAlias(service.stage, actual.served.idleSlot)
  const slots = (claims: readonly Guard[], last: readonly Guard[]): Step[] =>
    planSlots(users, { service, actual, moves: handover.moves, claims, api: [], warmth }, last)
  const claims = slots([], []).some(({ kind }) => kind === 'alias') ? [claimGuard(actual, () => [])] : []
  const moves = slots([], []).some(({ kind, action, name }) => kind === 'alias' && action === 'update' && name.endsWith(`:${idleName}`))
  const idle = moves ? [idleSlotGuard(actual)] : []
  const look = stageGuard(actual, [], [...idle, ...claims])
  const rested = handover.moves ? restedGuards(actual, users) : []
  const cooling = planProvisionedPrune({ service, actual, warmth, isNew: handover.isNew })
  return {
    steps: [...slots(claims, [look]), live, ...noticed(routes, live), ...cooling.steps],
    guards: [...claims, ...idle, look, ...rested, ...cooling.guards],
    handover,
  }
}

function usersOf({ versions }: NextRelease, { functions }: Actual): SlotUser[] {
  return [...versions].map(([name, version]) => ({
    spec: { name }, version, publish: undefined, code: codeOf(known(functions.get(name)?.state, `function ${name}`), version),
  }))
}

/** The code of a version, with the digest of its inputs where an alias still tells it; else the next deploy builds the package again. */
function codeOf({ versions, aliases }: FunctionState, version: string | undefined): FunctionCode {
  const sha256 = versions.find(({ Version }) => Version === version)?.CodeSha256 ?? ''
  const mark = aliases.map(({ Description }) => parseCodeMark(Description)).find((each) => each?.sha256 === sha256)
  return { sha256, inputDigest: mark?.inputDigest ?? 'unknown' }
}

/** What callers notice of the other routes, which the deployment brings. */
function noticed(routes: RouteChange | undefined, live: Step): Step[] {
  if (routes === undefined) return []
  const entry = (action: 'create' | 'delete', reason: string) => (name: string): Step =>
    step({ id: `route/${name}`, kind: 'route', name, action, reason, phase: 'go live', needs: [live], apply: async () => undefined })
  const { before, after } = routes
  return [
    ...[...before].filter((name) => !after.has(name)).map(entry('delete', 'the release has no such route')),
    ...[...after].filter((name) => !before.has(name)).map(entry('create', 'the release has this route')),
  ]
}
