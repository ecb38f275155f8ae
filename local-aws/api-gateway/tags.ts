import type { Account } from '../kernel/account.ts'
import type { Call, Output } from '../kernel/call.ts'
import { badRequest, notFound } from './errors.ts'
import { gatewayIn, gatewayOf } from './state.ts'

// Developer guide, quotas: 50 tags.
const MAXIMUM_TAGS = 50

type Tags = Record<string, string>

/** Something that bears tags. */
interface Tagged {
  readonly tags: Tags
  readonly replace: (tags: Tags) => void
}

/** TagResource adds and overwrites; the stage's and API's own answers show it at once. */
export function tagResource(call: Call): Output {
  const tagged = taggedBy(call)
  const given = call.params.tags as Tags
  const tags = { ...tagged.tags, ...given }
  checkTags(call, given)
  checkTagCount(tags)
  tagged.replace(tags)
  return {}
}

export function untagResource(call: Call): Output {
  const tagged = taggedBy(call)
  const gone = new Set(call.params.tagKeys as string[])
  tagged.replace(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !gone.has(key))))
  return {}
}

export function getTags(call: Call): Output {
  return { tags: { ...taggedBy(call).tags } }
}

/**
 * What is below an API inherits its tags, and a stage's own come before them (developer guide, "API Gateway resources that can be tagged").
 */
export function inheritedTags(account: Account, region: string, arn: string): Readonly<Tags> {
  const [, id = '', stageName] = /::\/restapis\/([^/]+)(?:\/stages\/([^/]+))?/.exec(arn) ?? []
  const api = gatewayIn(account, region).apis.get(id)
  return { ...api?.tags, ...api?.stages.get(stageName ?? '')?.tags }
}

/** Limits of tags (developer guide, tagging restrictions); texts unverified. */
export function checkTags({ account }: Pick<Call, 'account'>, tags: Readonly<Tags> | undefined): void {
  const entries = Object.entries(tags ?? {})
  checkTagCount(tags)
  for (const [key, value] of entries) {
    if (key.length === 0 || key.length > 128 || value.length > 256) throw badRequest(`Invalid tag key or value: ${key}`)
    if (/^aws:/i.test(key) && !account.settings.asCloudFormation) throw badRequest('Tag keys starting with aws: are reserved.')
  }
}

/** Those of AWS itself do not count (developer guide, tagging restrictions). */
function checkTagCount(tags: Readonly<Tags> | undefined): void {
  const own = Object.keys(tags ?? {}).filter((key) => !/^aws:/i.test(key))
  if (own.length > MAXIMUM_TAGS) throw badRequest('The number of tags exceeds the limit of 50.')
}

/** `arn:{partition}:apigateway:{region}::/restapis/{id}[/stages/{name}]`; usage plans and keys likewise (developer guide, ARN format). */
function taggedBy(call: Call): Tagged {
  const arn = String(call.params.resourceArn)
  const match = /^arn:[^:]+:apigateway:([^:]+)::\/([^/]+)\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn)
  if (match === null || match[1] !== call.region) throw badRequest('Invalid ARN specified in the request')
  const [, , kind = '', id = '', stageName] = match
  const { apis, usagePlans, apiKeys } = gatewayOf(call)
  if (kind === 'restapis' && stageName === undefined)
    return tagsOf(apis.get(id), `Invalid API identifier specified ${call.account.id}:${id}`)
  if (kind === 'restapis') return tagsOf(apis.get(id)?.stages.get(stageName ?? ''), 'Invalid stage identifier specified')
  if (kind === 'usageplans') return tagsIn(usagePlans, id, 'Invalid Usage Plan ID specified')
  if (kind === 'apikeys') return tagsIn(apiKeys, id, 'Invalid API Key identifier specified')
  throw badRequest('Invalid ARN specified in the request')
}

/** The words that the owner's own operations have. */
function tagsOf(owner: { tags: Tags } | undefined, missing: string): Tagged {
  if (owner === undefined) throw notFound(missing)
  return { tags: owner.tags, replace: (tags) => (owner.tags = tags) }
}

function tagsIn<T extends { readonly tags: Readonly<Tags> }>(owners: Map<string, T>, id: string, missing: string): Tagged {
  const owner = owners.get(id)
  if (owner === undefined) throw notFound(missing)
  return { tags: owner.tags, replace: (tags) => owners.set(id, { ...owner, tags }) }
}
