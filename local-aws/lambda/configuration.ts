import { functionArn, type Named } from './names.ts'
import { runtimeVersionArn } from './runtimes.ts'
import { stateMembers } from './states.ts'
import type { Version } from './state.ts'

/** What a version is configured with, defaults filled in. Objects with optional members stand as the service model shapes them. */
export interface Configuration {
  readonly Description: string
  readonly Role: string
  readonly Runtime: string | undefined
  readonly Handler: string | undefined
  readonly Timeout: number
  readonly MemorySize: number
  readonly EphemeralStorage: { readonly Size: number }
  readonly PackageType: string
  readonly Architectures: readonly string[]
  readonly TracingConfig: { readonly Mode: string }
  readonly LoggingConfig: LoggingConfig
  readonly SnapStart: { readonly ApplyOn: string }
  readonly Layers: readonly LayerReference[]
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> } | undefined
  readonly VpcConfig: Readonly<Record<string, unknown>> | undefined
  readonly DeadLetterConfig: Readonly<Record<string, unknown>> | undefined
  readonly KMSKeyArn: string | undefined
  readonly FileSystemConfigs: readonly unknown[] | undefined
}

export interface LoggingConfig {
  readonly LogFormat: string
  readonly LogGroup: string
  readonly ApplicationLogLevel?: string
  readonly SystemLogLevel?: string
}

export interface LayerReference {
  readonly Arn: string
  readonly CodeSize: number
}

interface Shown {
  readonly region: string
  readonly account: { readonly id: string }
}

/** `2026-11-22T20:31:19.123+0000`, as LastModified is written (Lambda API reference, FunctionConfiguration). */
export function lambdaDate(ms: number): string {
  return new Date(Math.floor(ms)).toISOString().replace('Z', '+0000')
}

/** FunctionConfiguration of a version, with the ARN as the caller qualified it. */
export function describe(place: Shown, version: Version, { name, qualifier }: Named): Record<string, unknown> {
  const { Runtime } = version.configuration
  return {
    ...describeInList(place, version, { name, qualifier }),
    ...stateMembers(version),
    RuntimeVersionConfig: Runtime === undefined ? undefined : { RuntimeVersionArn: runtimeVersionArn(place.region, Runtime) },
  }
}

/** FunctionConfiguration in ListFunctions and ListVersionsByFunction, which leave out the states and RuntimeVersionConfig (test_list_functions). */
export function describeInList(place: Shown, version: Version, { name, qualifier }: Named): Record<string, unknown> {
  const { configuration, code } = version
  return {
    ...configuration,
    SnapStart: { ...configuration.SnapStart, OptimizationStatus: optimizationStatus(version) },
    Layers: configuration.Layers.length === 0 ? undefined : configuration.Layers,
    FunctionName: name,
    FunctionArn: functionArn(place, name, qualifier),
    CodeSha256: code.sha256,
    CodeSize: code.size,
    LastModified: lambdaDate(version.lastModified),
    RevisionId: version.revisionId,
    Version: version.number,
  }
}

/** Only published versions are snapshots (developer guide, SnapStart). */
function optimizationStatus({ number, configuration }: Version): string {
  return number !== '$LATEST' && configuration.SnapStart.ApplyOn === 'PublishedVersions' ? 'On' : 'Off'
}

/** Equal for two versions exactly where PublishVersion sees no change. The description counts (test_version_lifecycle, second_publish_response). */
export function fingerprint({ configuration, code }: Pick<Version, 'configuration' | 'code'>): string {
  return JSON.stringify([configuration, code.sha256])
}
