import type { PatchOperation, Stage } from '@aws-sdk/client-api-gateway'
import { notSet, type FieldDiff } from '../../change.ts'
import { accessLogGroup } from '../../service/access-log.ts'
import { logGroupArn, type Account } from '../../service/arns.ts'
import type { FormerSettings } from '../../service/former-settings.ts'
import type { Service } from '../../service/service.ts'
import type { Ids } from '../step.ts'
import { memoryPatch, returnPatch } from './found-settings.ts'
import { settingsOf, type SettingsScope, type StageArns } from './stage-settings.ts'

/** The differences of the stage's settings; those with ids that are known after apply count as differing. */
export function stageDiffs(
  service: Service, stage: Stage | undefined, { arns, scope = 'all' }: { readonly arns: StageArns; readonly scope?: SettingsScope },
): FieldDiff[] {
  return settingsOf(scope, service).flatMap((setting) => {
    const wanted = setting.wanted(service, arns)
    const actual = setting.actual(stage ?? {})
    const shown = (value: string | undefined): string => brief(value === undefined ? undefined : setting.shown?.(value) ?? value)
    return wanted === actual ? [] : [{ field: setting.field, from: shown(actual), to: shown(wanted) }]
  })
}

/** The ARN of where the access log goes, where it is known. */
export function stageArns(service: Service, account: Account, { apiId }: Pick<Ids, 'apiId'>): StageArns {
  const { format, group, stream } = service.accessLog
  if (format !== undefined && stream !== undefined) return { accessLogArn: stream }
  if (format === undefined || (apiId === undefined && group === undefined)) return { accessLogArn: undefined }
  return { accessLogArn: logGroupArn(account, accessLogGroup(service, apiId ?? '')) }
}

/** What leads a stage's settings to those that the config asks for. */
export function settingsPatch(
  stage: Stage, service: Service, { arns, scope = 'all' }: { readonly arns: StageArns; readonly scope?: SettingsScope | undefined },
): PatchOperation[] {
  const all = settingsOf(scope, service)
  const returning = new Set(all.filter(({ isReturning }) => isReturning === true).map(({ field }) => field))
  const settings = all.filter(({ field }) => !returning.has(field)).flatMap((setting) => {
    const value = setting.wanted(service, arns)
    return setting.actual(stage) === value ? [] : setting.patch(value)
  })
  const memory = Object.entries(service.api.joined?.foundSettings ?? {}).filter(([field]) => returning.has(field))
  return [...settings, ...returnPatch(stage, Object.fromEntries(memory)), ...memoryPatch(service, stage, { arns, scope })]
}

/** The settings that a release goes live with and that were otherwise before, as they were. */
export function formerSettings(service: Service, stage: Stage, arns: StageArns): FormerSettings {
  const changed = settingsOf('config', service).filter(({ wanted, actual }) => wanted(service, arns) !== actual(stage))
  return Object.fromEntries(changed.map(({ field, actual }) => [field, actual(stage) ?? null]))
}

/**
 * What leads a stage's settings back to those that it had.
 * @param former settings that were otherwise still earlier
 */
export function settingsBack(now: Stage, before: Stage, former: FormerSettings): PatchOperation[] {
  return settingsOf('config').flatMap(({ field, actual, patch }) => {
    const value = field in former ? (former[field] ?? undefined) : actual(before)
    return actual(now) === value ? [] : patch(value)
  })
}

/** Formats are long, and how they begin tells them apart. */
function brief(value: string | undefined): string {
  if (value === undefined) return notSet
  return value.length <= 60 ? value : `${value.slice(0, 57)}...`
}
