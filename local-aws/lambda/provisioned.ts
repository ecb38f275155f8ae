import { AwsError, type Call, type Output } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import { ACCOUNT_CONCURRENCY, MIN_UNRESERVED, provisionedSum, unreserved } from './concurrency.ts'
import { lambdaDate } from './describe.ts'
import { conflict, functionNotFound, invalid, notFound } from './errors.ts'
import { existing, isAlias, lookUp, named, seenAlias, seenVersion, versionOf } from './names.ts'
import { page } from './paging.ts'
import { hasWeights, isSetUp, setUp, stateOfProvisioned } from './provisioning.ts'
import { isSnapshot } from './snap-start.ts'
import { newRevision, type LambdaFunction } from './state.ts'

interface Target {
  readonly fn: LambdaFunction
  readonly qualifier: string
}

/** Texts: test_provisioned_concurrency_exceptions, test_lambda_provisioned_lifecycle, test_provisioned_concurrency_limits. */
export function putProvisionedConcurrencyConfig(call: Call): Output {
  const { ProvisionedConcurrentExecutions: requested } = call.params as { ProvisionedConcurrentExecutions: number }
  const { fn, qualifier } = target(call, 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.')
  const standing = fn.provisioned.get(qualifier)
  const others = provisionedSum(fn) - (standing?.requested ?? 0)
  if (fn.reserved !== undefined && others + requested > fn.reserved) {
    throw invalid('Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function')
  }
  if (fn.reserved === undefined) checkAccount(call, requested)
  checkTwin({ fn, qualifier })
  checkWeights(call, { fn, qualifier })
  const version = versionOf(fn, qualifier)
  // Developer guide, SnapStart: it "does not support provisioned concurrency". unverified text.
  const isRefused = version !== undefined && isSnapshot(version)
  if (isRefused) throw invalid('Provisioned Concurrency is not supported for SnapStart enabled functions.')
  const before = standing !== undefined && isSetUp(standing, call.now) ? Math.min(standing.requested, requested) : 0
  const provisioned = setUp(call, { fn, version, requested, before })
  fn.provisioned.set(qualifier, provisioned)
  // test_lambda_provisioned_concurrency_moves_with_alias, get_function_after_provisioned
  if (version !== undefined) version.revisionId = newRevision()
  return { ...stateOfProvisioned(provisioned, -Infinity), LastModified: lambdaDate(provisioned.lastModified) }
}

/** Text: test_provisioned_concurrency_exceptions. */
export async function getProvisionedConcurrencyConfig(call: Call): Promise<Output> {
  const { fn, qualifier } = target(call)
  if (fn.provisioned.has(qualifier)) return describeProvisioned(call, fn, qualifier)
  const message = 'No Provisioned Concurrency Config found for this function'
  throw new AwsError('ProvisionedConcurrencyConfigNotFoundException', message, { status: 404 })
}

/** None is no error (test_provisioned_concurrency_exceptions, delete_provisioned_config_doesnotexist). */
export function deleteProvisionedConcurrencyConfig(call: Call): Output {
  const { fn, qualifier } = target(call)
  fn.provisioned.delete(qualifier)
  const alias = fn.aliases.get(qualifier)
  // unverified: that an alias which is being moved has arrived then.
  if (alias !== undefined) alias.rolling = undefined
  return {}
}

export async function listProvisionedConcurrencyConfigs(call: Call): Promise<Output> {
  const fn = existing(call, named(call).name)
  const items = [...fn.provisioned.keys()].map(async (qualifier) => ({
    FunctionArn: functionArn(call, fn.name, qualifier),
    ...(await describeProvisioned(call, fn, qualifier)),
  }))
  const { slice, next } = page(call, await Promise.all(items), 50)
  return { ProvisionedConcurrencyConfigs: slice, NextMarker: next }
}

/** IN_PROGRESS shows what is there already (test_provisioned_concurrency, get_provisioned_prewait; moves_with_alias). */
async function describeProvisioned(call: Call, fn: LambdaFunction, qualifier: string): Promise<Output> {
  const provisioned = fn.provisioned.get(qualifier)
  if (provisioned === undefined) return {}
  if (call.now >= provisioned.readyAt) await provisioned.initialized
  return { ...stateOfProvisioned(provisioned, call.now), LastModified: lambdaDate(provisioned.lastModified) }
}

/** Texts: test_provisioned_concurrency_exceptions. */
function target(call: Call, latestRefusal = 'The function resource provided must be an alias or a published version.'): Target {
  const { name, qualifier = '$LATEST' } = named(call)
  if (qualifier === '$LATEST') throw invalid(latestRefusal)
  const fn = lookUp(call, name)
  const arn = functionArn(call, name, qualifier)
  if (isAlias(qualifier)) {
    if (fn === undefined || seenAlias(call, fn, qualifier) === undefined) throw notFound(`Cannot find alias arn: ${arn}`)
    return { fn, qualifier }
  }
  if (fn === undefined || seenVersion(call, fn, qualifier) === undefined) throw functionNotFound(arn)
  return { fn, qualifier }
}

/** Texts: test_provisioned_concurrency_limits. */
function checkAccount(call: Call, requested: number): void {
  const message = 'Specified ConcurrentExecutions for function'
  if (requested > ACCOUNT_CONCURRENCY) {
    throw invalid(`${message} is greater than account's unreserved concurrency [${unreserved(call)}].`)
  }
  if (unreserved(call) - requested < MIN_UNRESERVED) {
    const below = `decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED}].`
    throw invalid(`${message} ${below}`)
  }
}

/**
 * A version has it itself or through aliases, never both (test_lambda_provisioned_lifecycle). unverified: that two aliases of one version
 * may both have it; AWS's words speak of the version's own alone.
 */
function checkTwin({ fn, qualifier }: Target): void {
  const alias = fn.aliases.get(qualifier)
  if (alias !== undefined && fn.provisioned.has(alias.version)) {
    throw conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version")
  }
  const holder = [...fn.aliases.values()].find(({ name, version }) => version === qualifier && fn.provisioned.has(name))
  if (holder !== undefined) throw conflict('Version is pointed by a Provisioned Concurrency alias')
}

/** Also while the alias is being moved (hashicorp/terraform issue 24957, terraform-provider-aws PR 48116). */
function checkWeights({ now }: Call, { fn, qualifier }: Target): void {
  const alias = fn.aliases.get(qualifier)
  if (alias !== undefined && hasWeights(alias, now)) throw invalid('Alias with weights can not be used with Provisioned Concurrency')
}
