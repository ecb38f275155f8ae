import type { CanarySpec, ReleaseSpec, Route } from '../service/service.ts'
import type { Context } from './kinds/kind.ts'
import type { releaseTable } from './settings/release.ts'
import type { Values } from './settings/setting.ts'
import { composeSmokeTests } from './smoke/compose.ts'

const defaultBake = 5 * 60_000

/** How releases are made; complains of what makes no sense without a canary. */
export function composeRelease(values: Values<typeof releaseTable>, routes: readonly Route[], context: Context): ReleaseSpec {
  const { canaryPercent, bakeTime, alarms, smokeTest, keepReleases } = values
  const rest = { keepReleases, smokeTests: composeSmokeTests(smokeTest, routes, context) }
  if (canaryPercent === undefined) {
    refuseAlone('bake-time', bakeTime !== undefined, context)
    refuseAlone('alarms', alarms.length > 0, context)
    return rest
  }
  const canary: CanarySpec = { percent: canaryPercent, bake: bakeTime ?? defaultBake, alarms: [...new Set(alarms)] }
  return { ...rest, canary }
}

function refuseAlone(name: string, isGiven: boolean, { findings }: Context): void {
  if (!isGiven) return
  const why = 'It says how a canary is watched, and without canary-percent there is none: all requests get a release at once.'
  findings.error({ what: `${name} is set without canary-percent.`, why, cure: `Set canary-percent, such as 10, or take ${name} out.` })
}
