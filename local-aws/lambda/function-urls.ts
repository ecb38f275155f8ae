import type { Call, Output } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import { conflict, notFound } from './errors.ts'
import { lookUp, named, seenAlias } from './names.ts'
import { page } from './paging.ts'
import { stateOf, type FunctionUrl } from './state.ts'

/*
 * The configurations of function URLs, of a function or of an alias. Nothing answers at such a URL here: it is kept, so that a deployer
 * meets it.
 */

/** Texts: test_url_config_exceptions, and of a second one test_url_config_lifecycle (failed_duplication). */
export function createFunctionUrlConfig(call: Call): Output {
  const { AuthType, InvokeMode = 'BUFFERED' } = call.params as { AuthType: string; InvokeMode?: string }
  const { name, qualifier } = named(call)
  const fn = lookUp(call, name)
  const isThere = fn !== undefined && (qualifier === undefined || seenAlias(call, fn, qualifier) !== undefined)
  if (!isThere) throw notFound('Function does not exist')
  const arn = functionArn(call, name, qualifier)
  const { urls } = stateOf(call)
  if (urls.has(arn)) {
    const what = `Failed to create function url config for [functionArn = ${arn}].`
    throw conflict(`${what} Error message:  FunctionUrlConfig exists for this Lambda function`)
  }
  const id = Buffer.from(arn).toString('hex').slice(-32)
  const address = `https://${id}.lambda-url.${call.region}.on.aws/`
  const url: FunctionUrl = { arn, authType: AuthType, invokeMode: InvokeMode, url: address, created: call.now }
  urls.set(arn, url)
  return { ...show(url), LastModifiedTime: undefined, InvokeMode: call.params['InvokeMode'] }
}

/** test_ops_on_nonexisting_fn[get_function_url_config], test_url_config_lifecycle (failed_getter): one text for either that is missing. */
export function getFunctionUrlConfig(call: Call): Output {
  return show(existingUrl(call))
}

/** Those of the function and of its aliases (test_url_config_list_paging). */
export function listFunctionUrlConfigs(call: Call): Output {
  const { name } = named(call)
  // test_url_config_list_paging, list_function_notfound
  if (lookUp(call, name) === undefined) throw notFound('Function does not exist')
  const arn = functionArn(call, name)
  const all = [...stateOf(call).urls.values()].filter((each) => each.arn === arn || each.arn.startsWith(`${arn}:`))
  const { slice, next } = page(call, all, 50)
  return { FunctionUrlConfigs: slice.map(show), NextMarker: next }
}

/** test_url_config_deletion_without_qualifier: that of an alias stays when the function's own goes. */
export function deleteFunctionUrlConfig(call: Call): Output {
  stateOf(call).urls.delete(existingUrl(call).arn)
  return {}
}

function existingUrl(call: Call): FunctionUrl {
  const { name, qualifier } = named(call)
  const url = stateOf(call).urls.get(functionArn(call, name, qualifier))
  if (url === undefined) throw notFound('The resource you requested does not exist.')
  return url
}

function show({ arn, authType, invokeMode, url, created }: FunctionUrl): Output {
  const at = new Date(Math.floor(created)).toISOString()
  return { FunctionArn: arn, FunctionUrl: url, AuthType: authType, InvokeMode: invokeMode, CreationTime: at, LastModifiedTime: at }
}
