import type { Call, Output } from '../kernel/call.ts'
import { visibleAfter } from '../kernel/visibility.ts'
import { functionArn } from './arns.ts'
import { conflict, functionNotFound, invalid, notFound, stale } from './errors.ts'
import { existing, lookUp, named, seenAlias, seenVersion, versionOf } from './names.ts'
import { page } from './paging.ts'
import { isSetUp, rollingVersion, setUp } from './provisioning.ts'
import { newRevision, type Alias, type LambdaFunction } from './state.ts'
import { refuseUnlessUsable } from './states.ts'

interface AliasParams {
  readonly Name: string
  readonly FunctionVersion?: string
  readonly Description?: string
  readonly RoutingConfig?: { readonly AdditionalVersionWeights?: Readonly<Record<string, number>> }
  readonly RevisionId?: string
}

export function createAlias(call: Call): Output {
  const params = call.params as unknown as AliasParams
  const { name } = named(call)
  const version = params.FunctionVersion ?? '$LATEST'
  const fn = lookUp(call, name)
  // A missing function is told with the version's ARN (test_notfound_and_invalid_routingconfigs, routing_config_exc_fn_doesnotexist).
  if (fn === undefined) throw functionNotFound(functionArn(call, name, version))
  checkTarget(call, fn, version)
  const arn = functionArn(call, name, params.Name)
  if (fn.aliases.has(params.Name)) throw conflict(`Alias already exists: ${arn}`)
  const weights = params.RoutingConfig?.AdditionalVersionWeights ?? {}
  checkWeights(call, fn, { version, weights })
  const visibility = visibleAfter(call.now, call.account.settings.windows.lambdaVisible)
  const description = params.Description ?? ''
  const moves = { rolling: undefined, former: undefined }
  const alias: Alias = { name: params.Name, version, description, weights, revisionId: newRevision(), visibility, ...moves }
  fn.aliases.set(params.Name, alias)
  return describeAlias(call, fn, alias)
}

/** Text recorded: test_notfound_and_invalid_routingconfigs. */
export function getAlias(call: Call): Output {
  const { Name } = call.params as { Name: string }
  const fn = existing(call, named(call).name)
  const alias = seenAlias(call, fn, Name)
  if (alias === undefined) throw notFound(`Cannot find alias arn: ${functionArn(call, fn.name, Name)}`)
  return describeAlias(call, fn, alias)
}

/**
 * Without RoutingConfig the weights stay; an empty one clears them. Every update gives a new revision, even one that changes nothing
 * (test_alias_lifecycle).
 */
export function updateAlias(call: Call): Output {
  const params = call.params as unknown as AliasParams
  const fn = existing(call, named(call).name)
  const alias = seenAlias(call, fn, params.Name)
  // test_non_existent_alias_update
  if (alias === undefined) throw notFound(`Alias not found: ${functionArn(call, fn.name, params.Name)}`)
  if (params.RevisionId !== undefined && params.RevisionId !== alias.revisionId) throw stale('GetFunction/GetAlias')
  const version = params.FunctionVersion ?? alias.version
  checkTarget(call, fn, version)
  const weights = params.RoutingConfig === undefined ? alias.weights : (params.RoutingConfig.AdditionalVersionWeights ?? {})
  checkWeights(call, fn, { version, weights })
  if (version !== alias.version) moveProvisioned(call, fn, { alias, version })
  lag(call, alias)
  alias.version = version
  alias.weights = weights
  alias.description = params.Description ?? alias.description
  alias.revisionId = newRevision()
  // The answer of the very call that moves it shows no weight yet (test_lambda_provisioned_concurrency_moves_with_alias, update_alias).
  return describeAlias(call, fn, { ...alias, rolling: undefined })
}

/** An alias that is not there is no error (test_non_existent_alias_deletion). */
export function deleteAlias(call: Call): Output {
  const { Name } = call.params as { Name: string }
  const fn = existing(call, named(call).name)
  fn.aliases.delete(Name)
  fn.policies.delete(Name)
  fn.provisioned.delete(Name)
  return {}
}

/** By name; FunctionVersion keeps those that point at it (test_alias_lifecycle, list_aliases_for_version); at most 50 a page. */
export function listAliases(call: Call): Output {
  const { FunctionVersion } = call.params as { FunctionVersion?: string }
  const fn = existing(call, named(call).name)
  const items = [...fn.aliases.values()]
    .filter(({ version }) => FunctionVersion === undefined || version === FunctionVersion)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((alias) => describeAlias(call, fn, alias))
  const { slice, next } = page(call, items, 50)
  return { Aliases: slice, NextMarker: next }
}

function describeAlias(call: Call, fn: LambdaFunction, alias: Alias): Output {
  const rolling = rollingVersion(alias, call.now)
  const weights = rolling === undefined ? alias.weights : { [rolling]: 1 }
  return {
    AliasArn: functionArn(call, fn.name, alias.name),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RoutingConfig: Object.keys(weights).length > 0 ? { AdditionalVersionWeights: weights } : undefined,
    RevisionId: alias.revisionId,
  }
}

/** Recorded: test_notfound_and_invalid_routingconfigs. A version that failed takes no alias (terraform-provider-aws issue 49904). */
function checkTarget(call: Call, fn: LambdaFunction, version: string): void {
  const target = seenVersion(call, fn, version)
  const arn = functionArn(call, fn.name, version)
  if (target === undefined) throw functionNotFound(arn)
  if (target.failed !== undefined) refuseUnlessUsable(target, arn)
}

/**
 * For a while invocations still go where the alias pointed before; a version that is gone by then answers them with "Function not found"
 * (azul issue 7883, where AWS Support calls it well known and advises to keep one old version).
 */
function lag(call: Call, alias: Alias): void {
  const { aliasVisible } = call.account.settings.windows
  if (aliasVisible === 0 || (alias.former !== undefined && alias.former.until > call.now)) return
  alias.former = { version: alias.version, weights: alias.weights, until: call.now + aliasVisible }
}

/** Texts: test_notfound_and_invalid_routingconfigs. The service model has checked keys and range. */
function checkWeights(call: Call, fn: LambdaFunction, { version, weights }: Pick<Alias, 'version' | 'weights'>): void {
  const others = Object.keys(weights)
  if (others.length > 1) throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1')
  for (const other of others) {
    if (version === '$LATEST') throw invalid('$LATEST is not supported for an alias pointing to more than 1 version')
    if (other === version) {
      throw invalid(`Invalid function version ${other}. Function version ${other} is already included in routing configuration.`)
    }
    checkTarget(call, fn, other)
  }
}

/**
 * Provisioned concurrency follows its alias and is set up anew, while that of the version before goes on
 * (test_lambda_provisioned_concurrency_moves_with_alias).
 */
function moveProvisioned(call: Call, fn: LambdaFunction, { alias, version }: { alias: Alias; version: string }): void {
  const standing = fn.provisioned.get(alias.name)
  alias.rolling = undefined
  if (standing === undefined) return
  const before = isSetUp(standing, call.now) ? standing.requested : standing.before
  const provisioned = setUp(call, { fn, version: versionOf(fn, version), requested: standing.requested, before })
  fn.provisioned.set(alias.name, provisioned)
  alias.rolling = { version: alias.version, provisioned }
}
