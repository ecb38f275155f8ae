import type { Actual } from '../actual/actual.ts'
import { planAccountRole } from '../resources/api/account-role.ts'
import { planLogGroup, type LogGroupGoal } from '../resources/logs/log-group.ts'
import type { Step } from '../resources/step.ts'
import { accessLogGroup, canaryGroup, hasLogGroup } from '../service/access-log.ts'
import { groupOfArn } from '../service/arns.ts'
import type { Service } from '../service/service.ts'

/** API Gateway's own role for writing logs, needed once the access log is switched on. */
export function planLogsRole({ accessLog }: Service, { account, stage, accountRole: actual }: Actual): Step[] {
  const isSwitchedOn = hasLogGroup(accessLog) && groupOfArn(stage?.accessLogSettings?.destinationArn) === undefined
  return isSwitchedOn ? planAccountRole(accessLog.cloudwatchRole, actual, account.region) : []
}

/**
 * The access log's group, and that of a canary's lines.
 * @param needs what makes the API, whose id is part of their names
 */
export function planAccessLogGroups(service: Service, actual: Actual, needs: readonly Step[]): Step[] {
  if (!hasLogGroup(service.accessLog)) return []
  const nameIn = (apiId: string): string => accessLogGroup(service, apiId)
  const { accessLogGroup: state, canaryLogGroup } = actual
  const own = ownGroup({ id: 'access-log-group', nameIn, state })
  if (service.release.canary === undefined) return own
  return [...own, ...ownGroup({ id: 'canary-log-group', nameIn: (apiId) => canaryGroup(nameIn(apiId)), state: canaryLogGroup })]

  function ownGroup(group: Pick<LogGroupGoal, 'id' | 'state'> & { readonly nameIn: (apiId: string) => string }): Step[] {
    return planLogGroup({
      id: group.id,
      name: group.nameIn(actual.api?.id ?? '<api-id>'),
      nameAtLast: ({ ids }) => group.nameIn(ids.apiId ?? ''),
      retentionDays: service.accessLog.retentionDays,
      state: group.state, needs,
    })
  }
}
