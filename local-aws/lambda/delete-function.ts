import type { Call, Output } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import { conflict, functionNotFound, invalid } from './errors.ts'
import { isAlias, lookUp, named } from './names.ts'
import { retire } from './runtime/pools.ts'
import { stateOf, type LambdaFunction } from './state.ts'

/**
 * Deletes a version, or the function with all that it has. The qualifier is judged before the function is looked for
 * (test_ops_with_arn_qualifier_mismatch).
 */
export function deleteFunction(call: Call): Output {
  const { name, qualifier } = named(call)
  // test_function_name_and_qualifier_validation, qualifier_too_long1-delete_function
  if (qualifier !== undefined && isAlias(qualifier)) throw invalid('Deletion of aliases is not currently supported.')
  if (qualifier === '$LATEST') throw invalid('$LATEST version cannot be deleted without deleting the function.')
  const { functions, urls } = stateOf(call)
  const fn = lookUp(call, name)
  // Unqualified even where a version was asked for (test_delete_on_nonexisting_version).
  if (fn === undefined) throw functionNotFound(functionArn(call, name))
  if (qualifier === undefined) {
    functions.delete(name)
    // unverified: that its URLs go along.
    const arn = functionArn(call, name)
    for (const each of urls.keys()) if (each === arn || each.startsWith(`${arn}:`)) urls.delete(each)
    for (const version of [fn.latest, ...fn.versions.values()]) retire(version.served)
  } else {
    deleteVersion(fn, qualifier)
  }
  // A statement of the service model's "Integer StatusCode": recorded as 204 in the body's place (test_function_lifecycle).
  return { StatusCode: 204 }
}

/**
 * A version that is not there is no error (go-lambda-cleanup, floci issue 2824); one behind an alias stays (go-lambda-cleanup issue 45).
 */
function deleteVersion(fn: LambdaFunction, number: string): void {
  const holders = [...fn.aliases.values()].filter(({ version, weights }) => version === number || number in weights)
  if (holders.length > 0) {
    const names = holders.map(({ name }) => name).join(', ')
    throw conflict(`Unable to delete version because the following aliases reference it: [${names}]`)
  }
  const version = fn.versions.get(number)
  if (version === undefined) return
  fn.versions.delete(number)
  fn.policies.delete(number)
  fn.provisioned.delete(number)
  retire(version.served)
}
