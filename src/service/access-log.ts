import { logGroupName } from './names.ts'
import type { AccessLogSpec, Service } from './service.ts'

/** The name of the access log's group: the config's, else one of our own with the API's id in it, because API names are not unique. */
export function accessLogGroup(service: Pick<Service, 'api' | 'stage' | 'accessLog'>, apiId: string): string {
  return service.accessLog.group ?? logGroupName(service.api.name, apiId, service.stage)
}

/** The group that takes the lines of a stage's canary (developer guide, "Set up an API Gateway canary release deployment"). */
export function canaryGroup(group: string): string {
  return `${group}/Canary`
}

/** Whether the access log is switched on and goes to a log group, which API Gateway writes by the account's role. */
export function hasLogGroup({ format, stream }: AccessLogSpec): boolean {
  return format !== undefined && stream === undefined
}
