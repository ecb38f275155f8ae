import type { Call } from '../kernel/call.ts'
import type { EngineAnswer } from '../kernel/engine-client.ts'
import { reword, type Rewording } from '../kernel/reword.ts'
import type { EngineRule, Service } from '../kernel/service.ts'
import { past, withVirtualTimes } from '../kernel/virtual-times.ts'
import { checkPolicyExists } from './attach.ts'
import { checkIdentityPolicy, checkTrust } from './documents.ts'
import { forgetRoles } from './known-role.ts'
import { noteNew, refuseUnseen } from './new-roles.ts'
import { dumpRoles, tagsOfRole, wipeRoles } from './roles.ts'
import { roleTimes } from './role-times.ts'

export { knownRole, trusts } from './known-role.ts'
export { readRole, type Role } from './read-role.ts'

/** AWS's words, seen in public issues (terraform-provider-aws 5673, aws-sdk-go 1413); in no recording. */
const rewordings: readonly Rewording[] = [
  [/Role (\S+) not found\./, 'The role with name $1 cannot be found.'],
  [/Policy (arn:\S+) not found\./, 'Policy $1 was not found.'],
  [/Policy (arn:\S+) is not attached to role \S+\./, 'Policy $1 was not found.'],
  [/Policy document is not valid JSON/, 'This policy contains invalid Json'],
]

/** Notes when a role changed, for those who know of it only some time later. */
function noteChange(kind: 'made' | 'created' | 'changed'): (call: Call, answer: EngineAnswer) => EngineAnswer {
  return (call, answer) => {
    const name = String(call.params['RoleName'])
    const times = roleTimes(call.account)
    if (answer.status < 400) {
      times.changed.set(name, call.now)
      if (kind !== 'changed') times.created.set(name, call.now)
      if (kind === 'made') {
        times.made.set(name, call.now)
        noteNew(call)
      }
    }
    return answer
  }
}

/** The engine tells whole seconds of real time, within which the account's clock may have been moved: a role's own time is noted. */
function onAccountClock(call: Call, answer: EngineAnswer): EngineAnswer {
  const { operation, account, params, now } = call
  const made =
    operation === 'CreateRole' ? now : operation === 'GetRole' ? roleTimes(account).made.get(String(params['RoleName'])) : undefined
  const known = made === undefined ? answer : withVirtualTimes(answer, ['CreateDate'], () => made)
  return withVirtualTimes(known, [...(made === undefined ? ['CreateDate'] : []), 'UpdateDate', 'LastUsedDate'], past(account.clock))
}

const changes: EngineRule = { after: noteChange('changed') }

export const service: Service = {
  handlers: {},
  forwards: true,
  before: refuseUnseen,
  rules: {
    CreateRole: { before: checkTrust('AssumeRolePolicyDocument'), after: noteChange('made') },
    UpdateAssumeRolePolicy: { before: checkTrust('PolicyDocument'), after: noteChange('created') },
    PutRolePolicy: { before: checkIdentityPolicy('PolicyDocument'), after: noteChange('changed') },
    CreatePolicy: { before: checkIdentityPolicy('PolicyDocument') },
    AttachRolePolicy: { before: checkPolicyExists, after: noteChange('changed') },
    DetachRolePolicy: changes,
    DeleteRolePolicy: changes,
  },
  mend: (call, answer) => {
    if (!/^(Get|List)/.test(call.operation)) forgetRoles(call.account)
    return onAccountClock(call, reword(answer, rewordings))
  },
  dump: dumpRoles,
  tagsOf: tagsOfRole,
  wipe: wipeRoles,
}
