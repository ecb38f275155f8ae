import type { Call } from '../kernel/call.ts'
import type { EngineAnswer } from '../kernel/engine-client.ts'
import { rememberKey } from '../kernel/identify.ts'
import { isLimited } from '../kernel/policy/authorize.ts'
import { callerArn } from '../kernel/policy/caller.ts'
import type { Service } from '../kernel/service.ts'
import { textOf } from '../kernel/text.ts'
import { future, withVirtualTimes } from '../kernel/virtual-times.ts'
import { parseXml, textAt } from '../kernel/xml.ts'

/** Temporary credentials belong to the account of the role that they are for. */
function rememberCredentials(call: Call, answer: EngineAnswer): EngineAnswer {
  if (answer.status >= 400) return answer
  const key = textAt(parseXml(answer.body.toString()), `${call.operation}Result`, 'Credentials', 'AccessKeyId')
  const [, owner] = /^arn:[^:]+:iam::(\d{12}):/.exec(textOf(call.params['RoleArn'])) ?? []
  if (key !== undefined) rememberKey(key, owner ?? call.account.id)
  return answer
}

/** A caller under a policy is a role's session and no root user, so that GetCallerIdentity and the refusals name the same principal. */
function nameCaller(call: Call, answer: EngineAnswer): EngineAnswer {
  if (!isLimited(call.account.settings) || answer.status >= 400) return answer
  return { ...answer, body: Buffer.from(answer.body.toString().replace(/<Arn>[^<]*<\/Arn>/, `<Arn>${callerArn(call.account.id)}</Arn>`)) }
}

export const service: Service = {
  handlers: {},
  forwards: true,
  mend: (call, answer) => withVirtualTimes(answer, ['Expiration'], future(call.account.clock)),
  rules: {
    AssumeRole: { after: rememberCredentials },
    AssumeRoleWithWebIdentity: { after: rememberCredentials },
    GetCallerIdentity: { after: nameCaller },
  },
}
