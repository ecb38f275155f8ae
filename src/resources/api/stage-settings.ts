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

/** Every setting of a stage that we manage. One more is one more entry here. */
const stageSettings: readonly StageSetting[] = [
  {
    // A part of the requests goes to another deployment. A release goes live whole, and is what all callers get.
    field: 'canary', isOfRelease: true,
    wanted: () => undefined,
    actual: ({ canarySettings }) => canarySettings && `${canarySettings.percentTraffic} % to deployment ${canarySettings.deploymentId}`,
    patch: () => [{ op: 'remove', path: '/canarySettings' }],
  },
  {
    field: 'access-log',
    wanted: (service) => service.accessLog.format,
    actual: (stage) => stage.accessLogSettings?.format,
    shown: formatName,
    patch: (value) =>
      value === undefined ? [{ op: 'remove', path: '/accessLogSettings' }] : [{ op: 'replace', path: '/accessLogSettings/format', value }],
  },
  {
    field: 'access-log-group',
    wanted: (service, arns) => (service.accessLog.format === undefined ? undefined : arns.accessLogArn),
    actual: (stage) => stage.accessLogSettings?.destinationArn,
    // Turning the log off is one `remove` of the whole, which the format's row does: a single key cannot be removed (recorded).
    patch: (value) => (value === undefined ? [] : [{ op: 'replace', path: '/accessLogSettings/destinationArn', value }]),
  },
  {
    field: 'throttling-rate',
    wanted: (service) => String(service.api.throttlingRate ?? defaults.rate),
    actual: (stage) => String(stage.methodSettings?.['*/*']?.throttlingRateLimit ?? defaults.rate),
    patch: (value) => [{ op: 'replace', path: '/*/*/throttling/rateLimit', ...(value === undefined ? {} : { value }) }],
  },
  {
    field: 'throttling-burst',
    wanted: (service) => String(service.api.throttlingBurst ?? defaults.burst),
    actual: (stage) => String(stage.methodSettings?.['*/*']?.throttlingBurstLimit ?? defaults.burst),
    patch: (value) => [{ op: 'replace', path: '/*/*/throttling/burstLimit', ...(value === undefined ? {} : { value }) }],
  },
]

/** Which settings of a stage are looked at: all, those alone that decide which release callers get, or those alone that do not. */
export type SettingsScope = 'all' | 'release' | 'config'

/** The settings of a scope. */
export function settingsOf(scope: SettingsScope): readonly StageSetting[] {
  return scope === 'all' ? stageSettings : stageSettings.filter(({ isOfRelease = false }) => isOfRelease === (scope === 'release'))
}
