import { createHash } from 'node:crypto'

/**
 * Longest names that AWS takes (public service models; for stage variables API Gateway's developer guide; for tags AWS general reference,
 * "Tagging your AWS resources").
 */
export const nameLimits = { function: 64, role: 64, alias: 128, logGroup: 512, stageVariable: 64, tagValue: 256 } as const

const hashLength = 8

/** The AWS name of a function: `<service>-<key>`, or the service's own name where it has only one function. At most 64 characters. */
export function functionName(service: string, key?: string): string {
  return shorten(key === undefined ? service : `${service}-${key}`, nameLimits.function)
}

/** The role that we make for a function: `<function>-<region>`, because role names hold for all Regions of an account. */
export function roleName(functionName: string, region: string): string {
  return withSuffix(functionName, `-${region}`, nameLimits.role)
}

/** The access log's group. Characters that CloudWatch Logs refuses (`[\.\-_/#A-Za-z0-9]+` in its model) become `-`. */
export function logGroupName(api: string, apiId: string, stage: string): string {
  const prefix = '/aws/apigateway/'
  const readable = api.replace(/[^A-Za-z0-9._-]/g, '-')
  return `${prefix}${withSuffix(readable, `-${apiId}/${stage}`, nameLimits.logGroup - prefix.length)}`
}

/** The log of a function's own lines, as Lambda names it. */
export function functionLogGroup({ name }: { readonly name: string }): string {
  return `/aws/lambda/${name}`
}

/** The bucket that we make for large packages: one for the account and Region, and the account in its name makes it ours. */
export function packageBucket({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `lambda-api-deploy-${accountId}-${region}`
}

/** The names of what belongs to a pull request's preview: all end in its number, which is never cut. */
export function previewNames(number: number): Readonly<Record<'service' | 'function' | 'api', (name: string) => string>> {
  const suffix = previewSuffix(number)
  const within = (limit: number) => (name: string): string => withSuffix(name, suffix, limit)
  return { service: within(nameLimits.tagValue), function: within(nameLimits.function), api: within(nameLimits.tagValue) }
}

/** What the names of a preview end in. */
export function previewSuffix(number: number): string {
  return `-pr-${number}`
}

/** The number of the pull request whose preview may bear a name; undefined for a name that no preview bears. */
export function previewNumberIn(name: string): number | undefined {
  const digits = /-pr-([1-9]\d{0,14})$/.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The stage variable that names the live slot's alias in every integration. */
export function aliasVariable(service: string): string {
  return variable(service, '_alias')
}

/** The stage variables that hold the record of releases, counted from 0. */
export function releaseVariable(service: string, index = 0): string {
  return variable(service, index === 0 ? '_release' : `_release_${index}`)
}

/** The stage variables that hold what settings of a stage were that others have made, counted from 0. */
export function foundVariable(service: string, index = 0): string {
  return variable(service, index === 0 ? '_found' : `_found_${index}`)
}

/** The stage variables that hold what settings of the stage were before an unverified release, counted from 0. */
export function formerSettingsVariable(service: string, index = 0): string {
  return variable(service, index === 0 ? '_before' : `_before_${index}`)
}

/** The variable by which a canary of ours is known; only the canary's own requests see it. */
export function canaryVariable(service: string): string {
  return variable(service, '_canary')
}

/** The alias of one of a stage's two slots. */
export function slotAlias(stage: string, slot: Slot): string {
  return `${stage}-${slot}`
}

export const slots = ['a', 'b'] as const
export type Slot = (typeof slots)[number]

/** A name of at most `limit` characters: one that is longer gives up its middle for a hash of the whole, so that two never meet. */
export function shorten(name: string, limit: number): string {
  if (name.length <= limit) return name
  const kept = limit - hashLength - 2
  const head = Math.ceil(kept / 2)
  return `${name.slice(0, head)}-${hash(name)}-${name.slice(name.length - (kept - head))}`
}

/** Suffixes tell things apart, so they are never cut; where the whole is too long, what stands before them is. */
function withSuffix(name: string, suffix: string, limit: number): string {
  return `${shorten(name, limit - suffix.length)}${suffix}`
}

/**
 * Names of stage variables hold letters, digits and `_` (CreateStage in the public service model).
 * A hash keeps `a-b` and `a_b`, or two names with a long common start, apart.
 */
function variable(service: string, suffix: string): string {
  const plain = service.replace(/[^A-Za-z0-9_]/g, '_')
  const room = nameLimits.stageVariable - suffix.length
  if (plain === service && plain.length <= room) return `${plain}${suffix}`
  return `${plain.slice(0, room - hashLength - 1)}_${hash(service)}${suffix}`
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashLength)
}
