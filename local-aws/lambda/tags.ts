import type { Account } from '../kernel/account.ts'
import type { Call, Output } from '../kernel/call.ts'
import { functionArn } from './arns.ts'
import { functionNotFound, invalid, notFound } from './errors.ts'
import { lookUp } from './names.ts'
import { lambdaState, newRevision, type LambdaFunction } from './state.ts'

const MAX_TAGS = 50

/** What else may have tags and does not exist here (test_tag_exceptions of TestLambdaTag); the words for other kinds are unverified. */
const otherKinds: Readonly<Record<string, string>> = {
  'event-source-mapping': 'Event source mapping',
  'capacity-provider': 'Capacity provider',
}

/** Every change of the tags gives the function a new revision (test_tag_lifecycle of TestLambdaTags). */
export function tagResource(call: Call): Output {
  const { Tags } = call.params as { Tags: Readonly<Record<string, string>> }
  const fn = taggable(call)
  // test_tag_exceptions, tag_empty_tags
  if (Object.keys(Tags).length === 0) throw invalid('An error occurred and the request cannot be processed.')
  const tags = { ...fn.tags, ...Tags }
  checkTagCount(tags)
  setTags(fn, tags)
  return {}
}

/** Keys that are not there are no error (test_tag_lifecycle, untag_nonexisting_response). */
export function untagResource(call: Call): Output {
  const { TagKeys } = call.params as { TagKeys: readonly string[] }
  const fn = taggable(call)
  setTags(fn, Object.fromEntries(Object.entries(fn.tags).filter(([key]) => !TagKeys.includes(key))))
  return {}
}

export function listTags(call: Call): Output {
  return { Tags: taggable(call).tags }
}

/**
 * "When you tag a function, those tags apply to all versions and aliases" (Lambda developer guide, "Using attribute-based access control in
 * Lambda").
 */
export function tagsOfFunction(account: Account, region: string, arn: string): Readonly<Record<string, string>> {
  const [, , , , , kind, name = ''] = arn.split(':')
  return (kind === 'function' ? lambdaState(account, region).functions.get(name)?.tags : undefined) ?? {}
}

/** test_tag_limits */
export function checkTagCount(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > MAX_TAGS) throw invalid('Number of tags exceeds resource tag limit.')
}

function setTags(fn: LambdaFunction, tags: LambdaFunction['tags']): void {
  fn.tags = tags
  fn.latest.revisionId = newRevision()
}

/**
 * The function that an ARN names; the ARN's qualifier is judged before the function is looked for (test_tag_exceptions, test_tag_versions).
 */
function taggable(call: Call): LambdaFunction {
  const { Resource } = call.params as { Resource: string }
  const [, , , , , kind, name = '', qualifier] = Resource.split(':')
  if (kind !== 'function') throw notFound(`${otherKinds[kind ?? ''] ?? 'Resource'} not found: ${Resource}`)
  if (qualifier !== undefined) throw invalid('Tags on function aliases and versions are not supported. Please specify a function ARN.')
  const fn = lookUp(call, name)
  if (fn === undefined) throw functionNotFound(functionArn(call, name))
  return fn
}
