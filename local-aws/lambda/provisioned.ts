import { AwsError, type Call, type Output } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import { ACCOUNT_CONCURRENCY, MIN_UNRESERVED, provisionedSum, unreserved } from './concurrency.ts'
import { lambdaDate } from './describe.ts'
import { conflict, functionNotFound, invalid, notFound } from './errors.ts'
import { existing, isAlias, lookUp, named, seenAlias, seenVersion, versionOf } from './names.ts'
import { page } from './paging.ts'
import { newRevision, type LambdaFunction, type Provisioned } from './state.ts'

interface Target {
  readonly fn: LambdaFunction
  readonly qualifier: string
}

/** Texts: test_provisioned_concurrency_exceptions, test_lambda_provisioned_lifecycle, test_provisioned_concurrency_limits. */
export function putProvisionedConcurrencyConfig(call: Call): Output {
  const { ProvisionedConcurrentExecutions: requested } = call.params as { ProvisionedConcurrentExecutions: number }
  const { fn, qualifier } = target(call, 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.')
  const others = provisionedSum(fn) - (fn.provisioned.get(qualifier)?.requested ?? 0)
  if (fn.reserved !== undefined && others + requested > fn.reserved) {
    throw invalid('Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function')
  }
  if (fn.reserved === undefined) checkAccount(call, requested)
  checkTwin({ fn, qualifier })
  const window = call.account.settings.windows.versionPending
  const provisioned: Provisioned = { requested, lastModified: call.now, readyAt: call.now + window }
  fn.provisioned.set(qualifier, provisioned)
  // test_lambda_provisioned_concurrency_moves_with_alias, get_function_after_provisioned
  const version = versionOf(fn, qualifier)
  if (version !== undefined) version.revisionId = newRevision()
  return describeProvisioned(provisioned, -Infinity)
}

/** Text: test_provisioned_concurrency_exceptions. */
export function getProvisionedConcurrencyConfig(call: Call): Output {
  const { fn, qualifier } = target(call)
  const provisioned = fn.provisioned.get(qualifier)
  if (provisioned !== undefined) return describeProvisioned(provisioned, call.now)
  const message = 'No Provisioned Concurrency Config found for this function'
  throw new AwsError('ProvisionedConcurrencyConfigNotFoundException', message, { status: 404 })
}

/** None is no error (test_provisioned_concurrency_exceptions, delete_provisioned_config_doesnotexist). */
export function deleteProvisionedConcurrencyConfig(call: Call): Output {
  const { fn, qualifier } = target(call)
  fn.provisioned.delete(qualifier)
  return {}
}

export function listProvisionedConcurrencyConfigs(call: Call): Output {
  const fn = existing(call, named(call).name)
  const items = [...fn.provisioned].map(([qualifier, provisioned]) => ({
    FunctionArn: functionArn(call, fn.name, qualifier),
    ...describeProvisioned(provisioned, call.now),
  }))
  const { slice, next } = page(call, items, 50)
  return { ProvisionedConcurrencyConfigs: slice, NextMarker: next }
}

/** IN_PROGRESS shows nothing allocated (test_provisioned_concurrency, get_provisioned_prewait). */
function describeProvisioned({ requested, lastModified, readyAt }: Provisioned, now: number): Output {
  const there = now >= readyAt ? requested : 0
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: there,
    AllocatedProvisionedConcurrentExecutions: there,
    Status: now >= readyAt ? 'READY' : 'IN_PROGRESS',
    LastModified: lambdaDate(lastModified),
  }
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

/** A version has it itself or through one alias, never both (test_lambda_provisioned_lifecycle). */
function checkTwin({ fn, qualifier }: Target): void {
  const alias = fn.aliases.get(qualifier)
  if (alias !== undefined && fn.provisioned.has(alias.version)) {
    throw conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version")
  }
  const holder = [...fn.aliases.values()].find(({ name, version }) => version === qualifier && fn.provisioned.has(name))
  if (holder !== undefined) throw conflict('Version is pointed by a Provisioned Concurrency alias')
}
