import type { Call, Output } from '../kernel/call.ts'
import { AwsError } from '../kernel/call.ts'
import { visibleAfter } from '../kernel/visibility.ts'
import { codeOf, refuseLargeUpload, type CodeSource } from './code.ts'
import { checkUnzippedSize, configured, defaultConfiguration, type ConfigurationParams } from './configuration-rules.ts'
import { describe, fingerprint } from './describe.ts'
import { conflict, invalid } from './errors.ts'
import { failureOf } from './failures.ts'
import { named } from './names.ts'
import { checkRole } from './roles.ts'
import { newVersion, stateOf, type LambdaFunction } from './state.ts'
import { checkTagCount } from './tags.ts'

interface CreateParams extends ConfigurationParams {
  readonly Role: string
  readonly Code: CodeSource
  readonly PackageType?: string
  readonly Publish?: boolean
  readonly Tags?: Readonly<Record<string, string>>
}

/**
 * A new function is Pending until its window is over. With Publish, version 1 is answered, Pending too, but under the
 * unqualified ARN (test_publish_version_on_create).
 */
export async function createFunction(call: Call): Promise<Output> {
  const params = call.params as unknown as CreateParams
  const { name } = named(call)
  checkName(name)
  checkPackage(params)
  if (params.Code.ZipFile !== undefined) refuseLargeUpload(call, params.Code.ZipFile)
  const configuration = configured(call, defaultConfiguration(name, params.Role), params)
  checkTagCount(params.Tags ?? {})
  await checkRole(call, params.Role)
  refuseExisting(call, name)
  const code = await codeOf(call, params.Code)
  checkUnzippedSize(call, code, configuration)
  // Reading role and code took time: another call may have made it meanwhile.
  refuseExisting(call, name)
  const { functionPending, lambdaVisible } = call.account.settings.windows
  const transition = { kind: 'create', until: call.now + functionPending, failure: failureOf(call) } as const
  const parts = { configuration, code, lastModified: call.now, transition, visibility: visibleAfter(call.now, lambdaVisible) }
  const fn = emptyFunction(name, newVersion({ ...parts, number: '$LATEST' }), params.Tags ?? {})
  stateOf(call).functions.set(name, fn)
  if (params.Publish !== true) return describe(call, fn.latest, { name, qualifier: undefined })
  const first = newVersion({ ...parts, number: '1' })
  fn.versions.set('1', first)
  fn.nextVersion = 2
  fn.lastPublished = { fingerprint: fingerprint(first), number: '1' }
  return describe(call, first, { name, qualifier: undefined })
}

function emptyFunction(name: string, latest: LambdaFunction['latest'], tags: LambdaFunction['tags']): LambdaFunction {
  return {
    name,
    latest,
    versions: new Map(),
    nextVersion: 1,
    lastPublished: undefined,
    aliases: new Map(),
    policies: new Map(),
    tags,
    reserved: undefined,
    provisioned: new Map(),
    recursiveLoop: 'Terminate',
    running: 0,
  }
}

/** The model allows 140 characters, for ARNs; a name may have 64 (test_function_arns, long_function_name_exc). */
function checkName(name: string): void {
  if (name.length <= 64) return
  const detail = `Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`
  throw invalid(`1 validation error detected: ${detail}`)
}

function checkPackage(params: CreateParams): void {
  if (params.PackageType === 'Image') {
    throw new AwsError(
      'NotImplementedException',
      'Local AWS runs zip packages; a container image has no runtime here. Use PackageType Zip.',
      { status: 501 },
    )
  }
  if (params.Runtime === undefined || params.Handler === undefined) {
    // unverified text: as commonly reported.
    throw invalid('Runtime and Handler are mandatory parameters for functions created with deployment packages.')
  }
}

function refuseExisting(call: Call, name: string): void {
  // Text: LocalStack's provider, which follows AWS's.
  if (stateOf(call).functions.has(name)) throw conflict(`Function already exist: ${name}`)
}
