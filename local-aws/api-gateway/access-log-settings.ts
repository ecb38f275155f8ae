import { unknownVariables } from './context-variables.ts'
import { badRequest } from './errors.ts'
import type { Patch } from './patch.ts'
import type { StageSettings } from './state.ts'

/** What access-log settings are judged by. */
export interface AccessLogRules {
  /** The Region's CloudWatch role, as UpdateAccount set it. */
  readonly cloudwatchRoleArn: string | undefined
  /** Whether rules without evidence are enforced too. */
  readonly strict: boolean
}

export const accessLogRoot = '/accessLogSettings'
const DESTINATION = `${accessLogRoot}/destinationArn`
const FORMAT = `${accessLogRoot}/format`

/**
 * `add` or `replace` below /accessLogSettings; each of the two can be set alone (recorded: test_stage_access_log_settings, ..._validation).
 */
export function patchAccessLog(settings: StageSettings, patch: Patch, rules: AccessLogRules): StageSettings {
  if (patch.path !== DESTINATION && patch.path !== FORMAT) {
    throw badRequest(`Invalid accessLogSettings path. Must be one of : [${DESTINATION}, ${FORMAT}]`)
  }
  if (!patch.value) throw badRequest('Access Log value must not be empty')
  if (patch.path === FORMAT) {
    checkFormat(patch.value, rules.strict)
    return { ...settings, accessLogSettings: { ...settings.accessLogSettings, format: patch.value } }
  }
  checkDestination(patch.value, rules)
  return { ...settings, accessLogSettings: { ...settings.accessLogSettings, destinationArn: patch.value } }
}

/** 400 where logs go to CloudWatch and the Region has no role to write them (sst issue 1556). */
export function needRole(cloudwatchRoleArn: string | undefined): void {
  if (cloudwatchRoleArn === undefined) throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging')
}

/** The group itself need not exist: AWS took an ARN with a letter too many (recorded: test_stage_access_log_settings). */
function checkDestination(arn: string, rules: AccessLogRules): void {
  const isLogGroup = /^arn:[^:]+:logs:[^:]+:\d{12}:log-group:[^:*]+$/.test(arn)
  // Developer guide, Firehose as a destination: the prefix is mandatory, and no role is needed.
  const isFirehose = /^arn:[^:]+:firehose:[^:]+:\d{12}:deliverystream\/amazon-apigateway-.+$/.test(arn)
  // That `:*` at the end is refused: comment in LocalStack's recorded test; its text is not known.
  if (!isLogGroup && !isFirehose) throw badRequest(`Invalid ARN specified in the request: ${arn}`)
  if (isLogGroup) needRole(rules.cloudwatchRoleArn)
}

function checkFormat(format: string, strict: boolean): void {
  // cloud-platform-environments pull request 12962.
  if (/[\r\n]/.test(format.replace(/\r?\n$/, ''))) {
    throw badRequest('Access Log format must be single line, new line character is allowed only at end of the format')
  }
  // Service model, AccessLogSettings.format: "must include at least $context.requestId"; text not known.
  if (!/\$context\.(requestId|extendedRequestId)\b/.test(format))
    throw badRequest('Access Log format must include at least $context.requestId')
  if (!strict) return
  // Unverified from here: the developer guide states 3 KB for HTTP APIs; unknown variables were seen refused (usdr-gost pull request 3497).
  if (Buffer.byteLength(format) > 3072) throw badRequest('Access Log format must not exceed 3 KB')
  const [unknown] = unknownVariables(format)
  if (unknown !== undefined) throw badRequest(`Access Log format contains an unsupported variable: ${unknown}`)
}
