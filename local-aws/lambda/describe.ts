import { functionArn, type Named, type Place } from './arns.ts'
import { runtimeVersionArn } from './runtimes.ts'
import { isSnapshot } from './snap-start.ts'
import type { Version } from './state.ts'
import { stateMembers } from './states.ts'

/** `2026-11-22T20:31:19.123+0000`, as LastModified is written (Lambda API reference, FunctionConfiguration). */
export function lambdaDate(ms: number): string {
  return new Date(Math.floor(ms)).toISOString().replace('Z', '+0000')
}

/** FunctionConfiguration of a version, with the ARN as the caller qualified it. */
export function describe(place: Place, version: Version, { name, qualifier }: Named): Record<string, unknown> {
  const { Runtime, Architectures } = version.configuration
  return {
    ...describeInList(place, version, { name, qualifier }),
    ...stateMembers(version),
    RuntimeVersionConfig:
      Runtime === undefined ? undefined : { RuntimeVersionArn: runtimeVersionArn(place.region, Runtime, Architectures) },
  }
}

/**
 * FunctionConfiguration in ListFunctions and ListVersionsByFunction, which leave out the states and RuntimeVersionConfig
 * (test_list_functions).
 */
export function describeInList(place: Place, version: Version, { name, qualifier }: Named): Record<string, unknown> {
  const { configuration, code } = version
  return {
    ...configuration,
    SnapStart: { ...configuration.SnapStart, OptimizationStatus: isSnapshot(version) ? 'On' : 'Off' },
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

/**
 * Equal for two versions exactly where PublishVersion sees no change. The description counts (test_version_lifecycle,
 * second_publish_response).
 */
export function fingerprint({ configuration, code }: Pick<Version, 'configuration' | 'code'>): string {
  return JSON.stringify([configuration, code.sha256])
}
