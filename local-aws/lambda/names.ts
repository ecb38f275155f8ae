import { AwsError, type Call } from '../kernel/call.ts'
import { functionArn, type Named } from './arns.ts'
import { functionNotFound, invalid, notFound } from './errors.ts'
import { isSeen } from '../kernel/visibility.ts'
import { stateOf, type Alias, type LambdaFunction, type Version } from './state.ts'
import { settle } from './states.ts'

// The pattern of the service model for NamespacedFunctionName, with groups.
const REGION = '(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\\d'
const QUALIFIER = '\\$LATEST(?:\\.PUBLISHED)?|[a-zA-Z0-9-_]+'
const FUNCTION_REFERENCE = new RegExp(
  `^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:(${REGION}):)?(?:(\\d{12}):)?(?:function:)?([a-zA-Z0-9-_.]+)(?::(${QUALIFIER}))?$`,
)

/** Name of the function in a name, partial or whole ARN. */
export function nameIn(reference: string): string {
  return FUNCTION_REFERENCE.exec(reference)?.[3] ?? reference
}

/** The pattern of the service model for Alias. */
export function isAlias(qualifier: string): boolean {
  return /^(?!\d+$)[a-zA-Z0-9-_]+$/.test(qualifier)
}

/**
 * The function that the call names, existing or not.
 * Another Region and another account: test_function_arns. Two qualifiers that differ: test_ops_with_arn_qualifier_mismatch.
 */
export function named(call: Call, member = 'FunctionName'): Named {
  const reference = String(call.params[member])
  const [, region, account, name = reference, derived] = FUNCTION_REFERENCE.exec(reference) ?? []
  if (account !== undefined && account !== call.account.id) throw new AwsError('AccessDeniedException', '', { status: 403 })
  if (region !== undefined && region !== call.region) {
    throw notFound(`Functions from '${region}' are not reachable in this region ('${call.region}')`)
  }
  const given = call.params['Qualifier'] as string | undefined
  if (given !== undefined && derived !== undefined && given !== derived) {
    throw invalid('The derived qualifier from the function name does not match the specified qualifier.')
  }
  return { name, qualifier: given ?? derived }
}

/**
 * The function, where this call sees it, its states brought up to now. Lambda is eventually consistent: a read or a sub-resource's write
 * just after CreateFunction may answer 404 (terraform-provider-aws issue 25440; terraform-aws-lambda of moritzzimmer, issue 128).
 */
export function lookUp(call: Call, name: string): LambdaFunction | undefined {
  const fn = stateOf(call).functions.get(name)
  if (fn === undefined || !isSeen(fn.latest.visibility, call)) return undefined
  settle(fn, call)
  return fn
}

/** The function that the call names; 404 with the unqualified ARN where it sees none. */
export function existing(call: Call, name: string): LambdaFunction {
  const fn = lookUp(call, name)
  if (fn === undefined) throw functionNotFound(functionArn(call, name))
  return fn
}

/** The alias, where this call sees it. */
export function seenAlias(call: Call, fn: LambdaFunction, name: string): Alias | undefined {
  const alias = fn.aliases.get(name)
  return alias !== undefined && isSeen(alias.visibility, call) ? alias : undefined
}

/**
 * The version behind a qualifier, where this call sees alias and version: CreateAlias right after PublishVersion may answer 404
 * (streamalert issue 473).
 */
export function seenVersion(call: Call, fn: LambdaFunction, qualifier: string | undefined): Version | undefined {
  if (qualifier !== undefined && isAlias(qualifier) && seenAlias(call, fn, qualifier) === undefined) return undefined
  const version = versionOf(fn, qualifier)
  return version !== undefined && isSeen(version.visibility, call) ? version : undefined
}

/** The version behind a qualifier, through an alias where it names one; `undefined` where it names nothing. */
export function versionOf(fn: LambdaFunction, qualifier: string | undefined): Version | undefined {
  if (qualifier === undefined || qualifier === '$LATEST') return fn.latest
  const number = isAlias(qualifier) ? fn.aliases.get(qualifier)?.version : qualifier
  if (number === undefined) return undefined
  return number === '$LATEST' ? fn.latest : fn.versions.get(number)
}

/** The version that the call names; 404 with the ARN as the caller qualified it (test_ops_on_nonexisting_version, test_alias_lifecycle). */
export function existingVersion(call: Call): { fn: LambdaFunction; version: Version; qualifier: string | undefined } {
  const { name, qualifier } = named(call)
  const fn = lookUp(call, name)
  const version = fn && seenVersion(call, fn, qualifier)
  if (fn === undefined || version === undefined) throw functionNotFound(functionArn(call, name, qualifier))
  return { fn, version, qualifier }
}
