import type { PatchOperation, Stage } from '@aws-sdk/client-api-gateway'
import { accessLogFormats } from '../../service/access-log-formats.ts'
import type { Service } from '../../service/service.ts'

/** What a setting's value may name besides what the service says: things whose ARNs hold ids that AWS gives. */
export interface StageArns {
  /** Where the access log goes; a group's is without the `:*` that API Gateway does not take (CloudFormation and terraform docs). */
  readonly accessLogArn: string | undefined
}

/** One setting of a stage that needs no deployment: what the config wants, what the stage has, and how one becomes the other. */
interface StageSetting {
  /** As a plan calls it: the config's word, where it has one. */
  readonly field: string
  /** Whether it decides which release callers get, so that a release settles it also where it knows no config. */
  readonly isOfRelease?: true
  readonly wanted: (service: Service, arns: StageArns) => string | undefined
  readonly actual: (stage: Stage) => string | undefined
  /** What is remembered of it on a stage of others; undefined where it is not set. */
  readonly found: (stage: Stage) => string | undefined
  /** Names in the config that ask for it. */
  readonly names: readonly string[]
  /** Whether it stands among the settings of all methods. */
  readonly isOfAllMethods?: true
  /** Whether the config no longer names it, so that it goes back to what was found. */
  readonly isReturning?: true
  /** How a plan shows a value; missing means as it is. */
  readonly shown?: (value: string) => string
  /** Patch operations (the paths that AWS takes are recorded in test_create_update_stages). */
  readonly patch: (value: string | undefined) => PatchOperation[]
}

/**
 * What a stage has where nothing is set (10,000 recorded in test_create_update_stages; both: developer guide, "Throttle requests to your
 * REST APIs"). AWS can remove settings of all methods only as a whole, with those that others have made, so a limit that leaves the
 * config is put back to these.
 */
const defaults = { rate: 10_000, burst: 5_000 } as const

/** The name of a format that has one. */
function formatName(format: string): string {
  return Object.entries(accessLogFormats).find(([, text]) => text === format)?.[0] ?? format
}

/** Either asks for both: a log has a format and a place. */
const logNames = ['access-log', 'access-log-group']

/** Every setting of a stage that we manage. One more is one more entry here. */
const stageSettings: readonly StageSetting[] = [
  {
    // A part of the requests goes to another deployment. A release goes live whole, and is what all callers get.
    field: 'canary', isOfRelease: true,
    wanted: () => undefined,
    actual: ({ canarySettings }) => canarySettings && `${canarySettings.percentTraffic} % to deployment ${canarySettings.deploymentId}`,
    found: () => undefined,
    names: [],
    patch: () => [{ op: 'remove', path: '/canarySettings' }],
  },
  {
    field: 'access-log',
    wanted: (service) => service.accessLog.format,
    actual: (stage) => stage.accessLogSettings?.format,
    found: (stage) => stage.accessLogSettings?.format,
    names: logNames,
    shown: formatName,
    patch: (value) =>
      value === undefined ? [{ op: 'remove', path: '/accessLogSettings' }] : [{ op: 'replace', path: '/accessLogSettings/format', value }],
  },
  {
    field: 'access-log-group',
    wanted: (service, arns) => (service.accessLog.format === undefined ? undefined : arns.accessLogArn),
    actual: (stage) => stage.accessLogSettings?.destinationArn,
    found: (stage) => stage.accessLogSettings?.destinationArn,
    names: logNames,
    // Turning the log off is one `remove` of the whole, which the format's row does: a single key cannot be removed (recorded).
    patch: (value) => (value === undefined ? [] : [{ op: 'replace', path: '/accessLogSettings/destinationArn', value }]),
  },
  {
    field: 'throttling-rate',
    wanted: (service) => String(service.api.throttlingRate ?? defaults.rate),
    actual: (stage) => String(stage.methodSettings?.['*/*']?.throttlingRateLimit ?? defaults.rate),
    found: (stage) => stage.methodSettings?.['*/*']?.throttlingRateLimit?.toString(),
    names: ['throttling-rate'], isOfAllMethods: true,
    patch: (value) => [{ op: 'replace', path: '/*/*/throttling/rateLimit', ...(value === undefined ? {} : { value }) }],
  },
  {
    field: 'throttling-burst',
    wanted: (service) => String(service.api.throttlingBurst ?? defaults.burst),
    actual: (stage) => String(stage.methodSettings?.['*/*']?.throttlingBurstLimit ?? defaults.burst),
    found: (stage) => stage.methodSettings?.['*/*']?.throttlingBurstLimit?.toString(),
    names: ['throttling-burst'], isOfAllMethods: true,
    patch: (value) => [{ op: 'replace', path: '/*/*/throttling/burstLimit', ...(value === undefined ? {} : { value }) }],
  },
]

/** Which settings of a stage are looked at: all, those alone that decide which release callers get, or those alone that do not. */
export type SettingsScope = 'all' | 'release' | 'config'

/**
 * The settings of a scope. On a stage that others have made only those that the config names, and those that it no longer names, which go
 * back to what was found.
 */
export function settingsOf(scope: SettingsScope, service?: Pick<Service, 'api'>): readonly StageSetting[] {
  const all = stageSettings.filter(({ isOfRelease = false }) => scope === 'all' || isOfRelease === (scope === 'release'))
  const { joined } = service?.api ?? {}
  const before = joined?.foundSettings
  if (joined === undefined || before === undefined) return all
  return all.flatMap((setting): StageSetting[] => {
    const { field, names, isOfRelease, actual } = setting
    if (isOfRelease === true || names.some((name) => joined.named.has(name))) return [setting]
    return field in before ? [{ ...setting, isReturning: true, wanted: () => before[field] ?? actual({}) }] : []
  })
}

/** The settings that hold for all methods of a stage; AWS takes them away as a whole (recorded: test_update_stage_remove_wildcard). */
export const allMethods = {
  removal: { op: 'remove', path: '/*/*' } satisfies PatchOperation,
  /** Whether nothing but limits of requests is set among them. */
  isOnlyLimits: ({ methodSettings }: Stage): boolean => {
    const { metricsEnabled, dataTraceEnabled, cachingEnabled, loggingLevel = 'OFF' } = methodSettings?.['*/*'] ?? {}
    return metricsEnabled !== true && dataTraceEnabled !== true && cachingEnabled !== true && loggingLevel === 'OFF'
  },
} as const
