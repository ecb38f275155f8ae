import type { Call, Output } from '../kernel/call.ts'
import { badRequest, notFound } from './errors.ts'
import { page, pageOutput } from './paging.ts'
import { gatewayOf, type DomainName } from './state.ts'
import { checkTags } from './tags.ts'

/** Members that no answer shows (public service model, DomainName). */
const SECRET = ['certificateBody', 'certificateChain', 'certificatePrivateKey']

/** A custom domain name as it was asked for; without DNS and certificates it answers no request, and is here for what its mappings hold. */
export function createDomainName(call: Call): Output {
  const { domainName, tags = {}, ...given } = call.params as { domainName: string; tags?: Record<string, string> }
  const settings = Object.fromEntries(Object.entries(given).filter(([member]) => !SECRET.includes(member)))
  const { domainNames } = gatewayOf(call)
  // serverless-domain-manager issue 105
  if (domainNames.has(domainName)) throw badRequest('The domain name you provided already exists.')
  checkTags(call, tags)
  const domain: DomainName = { name: domainName, settings, tags: { ...tags }, mappings: new Map() }
  domainNames.set(domainName, domain)
  return showDomainName(call, domain)
}

export function getDomainName(call: Call): Output {
  return showDomainName(call, findDomainName(call))
}

export function getDomainNames(call: Call): Output {
  return pageOutput(page(call, gatewayOf(call).domainNames.values(), ({ name }) => name), (domain) => showDomainName(call, domain))
}

/** Takes its mappings along. */
export function deleteDomainName(call: Call): Output {
  gatewayOf(call).domainNames.delete(findDomainName(call).name)
  return {}
}

/** Text: as commonly reported. */
export function findDomainName(call: Call): DomainName {
  const domain = gatewayOf(call).domainNames.get(String(call.params.domainName))
  if (domain === undefined) throw notFound('Invalid domain name identifier specified')
  return domain
}

/** unverified: members beyond those that were given; the name that DNS must point to is made up. */
function showDomainName(call: Call, { name, settings, tags }: DomainName): Output {
  return {
    domainName: name,
    ...settings,
    endpointConfiguration: settings['endpointConfiguration'] ?? { types: ['EDGE'] },
    regionalDomainName: `d-local.execute-api.${call.region}.amazonaws.com`,
    domainNameStatus: 'AVAILABLE',
    tags: Object.keys(tags).length === 0 ? undefined : { ...tags },
  }
}
