import type { Account } from '../kernel/account.ts'
import type { Call, Output } from '../kernel/call.ts'
import { partitionOf } from './arns.ts'
import { codeLocation } from './code-location.ts'
import { codeOf, type Code, type CodeSource } from './code.ts'
import type { LayerReference } from './configuration.ts'
import { lambdaDate } from './describe.ts'
import { invalid, notFound } from './errors.ts'
import { lambdaState, stateOf, type LayerVersion } from './state.ts'

interface PublishParams {
  readonly LayerName: string
  readonly Content: CodeSource
  readonly Description?: string
  readonly LicenseInfo?: string
  readonly CompatibleRuntimes?: readonly string[]
  readonly CompatibleArchitectures?: readonly string[]
}

/** Numbers never come back, deleted or not (test_layer_lifecycle, publish_result_3). */
export async function publishLayerVersion(call: Call): Promise<Output> {
  const params = call.params as unknown as PublishParams
  const name = layerName(params.LayerName)
  const code = await codeOf(call, params.Content)
  const { layers } = stateOf(call)
  const layer = layers.get(name) ?? { next: 1, versions: new Map<number, LayerVersion>() }
  layers.set(name, layer)
  const layerArn = `arn:${partitionOf(call.region)}:lambda:${call.region}:${call.account.id}:layer:${name}`
  const version: LayerVersion = {
    arn: `${layerArn}:${layer.next}`,
    layerArn,
    version: layer.next++,
    code,
    description: params.Description ?? '',
    licenseInfo: params.LicenseInfo,
    runtimes: params.CompatibleRuntimes,
    architectures: params.CompatibleArchitectures,
    created: call.now,
    deleted: false,
  }
  layer.versions.set(version.version, version)
  return describeLayer(version)
}

/** 404 in the words of test_layer_exceptions. */
export function getLayerVersion(call: Call): Promise<Output> {
  const { LayerName, VersionNumber } = call.params as { LayerName: string; VersionNumber: number }
  if (VersionNumber < 1) throw invalid('Layer Version Cannot be less than 1')
  const version = stateOf(call).layers.get(layerName(LayerName))?.versions.get(VersionNumber)
  if (version === undefined || version.deleted) throw notFound('The resource you requested does not exist.')
  return describeLayer(version)
}

/** The same by the version's ARN (test_layer_lifecycle, get_layer_by_arn_version). */
export function getLayerVersionByArn(call: Call): Promise<Output> {
  const version = layerVersion(call.account, String(call.params['Arn']))
  if (version === undefined || version.deleted) throw notFound('The resource you requested does not exist.')
  return describeLayer(version)
}

/**
 * A deleted version stays with the functions that have it (test_layer_lifecycle, get_fn_config_postdelete); one that is not there is no
 * error.
 */
export function deleteLayerVersion(call: Call): Output {
  const { LayerName, VersionNumber } = call.params as { LayerName: string; VersionNumber: number }
  const version = stateOf(call).layers.get(layerName(LayerName))?.versions.get(VersionNumber)
  if (version !== undefined) version.deleted = true
  return {}
}

/** Checks the layers that a function is to have. Texts: test_layer_function_exceptions, test_layer_function_quota_exception. */
export function resolveLayers(call: Call, arns: readonly string[]): LayerReference[] {
  if (arns.length > 5) throw invalid('Cannot reference more than 5 layers.')
  return arns.map((arn, index) => {
    const parts = arn.split(':')
    if (parts[3] !== call.region) {
      throw invalid(`Layers are not in the same region as the function. Layers are expected to be in region ${call.region}.`)
    }
    const layer = layerVersion(call.account, arn)
    if (layer === undefined || layer.deleted) throw invalid(`Layer version ${arn} does not exist.`)
    const twin = arns.slice(0, index).find((other) => withoutVersion(other) === withoutVersion(arn))
    if (twin !== undefined) {
      const rule = 'Two different versions of the same layer are not allowed to be referenced in the same function.'
      throw invalid(`${rule} ${twin} and ${arn} are versions of the same layer.`)
    }
    return { Arn: arn, CodeSize: layer.code.size }
  })
}

/** Content of a layer version of this account, deleted ones too. */
export function layerCode(account: Account, arn: string): Code | undefined {
  return layerVersion(account, arn)?.code
}

/** Layers of other accounts are not modelled. */
function layerVersion(account: Account, arn: string): LayerVersion | undefined {
  const [, , , region = '', owner, , name = '', version] = arn.split(':')
  if (owner !== account.id) return undefined
  return lambdaState(account, region).layers.get(name)?.versions.get(Number(version))
}

function withoutVersion(arn: string): string {
  return arn.slice(0, arn.lastIndexOf(':'))
}

/** LayerName is a name or the layer's ARN (service model). */
function layerName(reference: string): string {
  return reference.split(':').at(-1) ?? reference
}

async function describeLayer(version: LayerVersion): Promise<Output> {
  const { code } = version
  return {
    Content: { CodeSha256: code.sha256, CodeSize: code.size, Location: await codeLocation(code) },
    LayerArn: version.layerArn,
    LayerVersionArn: version.arn,
    Version: version.version,
    Description: version.description,
    CreatedDate: lambdaDate(version.created),
    LicenseInfo: version.licenseInfo,
    CompatibleRuntimes: version.runtimes,
    CompatibleArchitectures: version.architectures,
  }
}
