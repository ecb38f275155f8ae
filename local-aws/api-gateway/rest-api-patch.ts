import { checkCompression } from './definition.ts'
import { badRequest } from './errors.ts'
import { booleanValue, expectReplace, invalidPath, type Patch } from './patch.ts'
import type { Definition, EndpointConfiguration } from './state.ts'

type Rule = (definition: Definition, patch: Patch) => Partial<Definition>

/** A definition with UpdateRestApi's patches applied; nothing is changed when one of them is refused. */
export function patchRestApi(definition: Definition, patches: readonly Patch[]): Definition {
  return patches.reduce((current, patch) => ({ ...current, ...ruleFor(patch)(current, patch) }), definition)
}

function ruleFor(patch: Patch): Rule {
  const [head = '', second, third] = patch.segments
  const key = head === 'endpointConfiguration' ? `${head}/${second ?? ''}` : head
  const rule = Object.hasOwn(RULES, key) ? RULES[key] : undefined
  const deep = head === 'binaryMediaTypes' || key === 'endpointConfiguration/types' || key === 'endpointConfiguration/vpcEndpointIds'
  // Recorded: test_update_rest_api_behaviour, a bare /binaryMediaTypes is refused.
  if (rule === undefined || (deep ? (third ?? second ?? '') === '' : patch.segments.length !== key.split('/').length))
    throw invalidPath(patch)
  return rule
}

const RULES: Readonly<Record<string, Rule>> = {
  name: (_, patch) => {
    expectReplace(patch)
    // Text unverified: an empty name is refused by CreateRestApi's model.
    if (!patch.value) throw badRequest('API name cannot be an empty string')
    return { name: patch.value }
  },
  // `remove` is allowed here (recorded: test_update_rest_api_operation_add_remove).
  description: (_, patch) => ({ description: patch.op === 'remove' ? undefined : patch.value || undefined }),
  version: (_, patch) => ({ version: patch.op === 'remove' ? undefined : patch.value || undefined }),
  apiKeySource: (_, patch) => {
    expectReplace(patch)
    return { apiKeySource: patch.value ?? 'HEADER' }
  },
  policy: (_, patch) => ({ policy: patch.op === 'remove' ? undefined : patch.value || undefined }),
  disableExecuteApiEndpoint: (_, patch) => {
    expectReplace(patch)
    return { disableExecuteApiEndpoint: booleanValue(patch) }
  },
  minimumCompressionSize: (_, patch) => {
    expectReplace(patch)
    // An absent or empty value switches compression off (recorded: test_update_rest_api_compression, disable-compression).
    if (!patch.value) return { minimumCompressionSize: undefined }
    checkCompression(Number(patch.value))
    return { minimumCompressionSize: Number(patch.value) }
  },
  binaryMediaTypes: patchBinaryMediaTypes,
  'endpointConfiguration/types': (definition, patch) => ({ endpointConfiguration: patchTypes(definition.endpointConfiguration, patch) }),
  'endpointConfiguration/ipAddressType': (definition, patch) => ({
    endpointConfiguration: patchIpAddressType(definition.endpointConfiguration, patch),
  }),
  'endpointConfiguration/vpcEndpointIds': ({ endpointConfiguration }, patch) => {
    const id = patch.value ?? patch.segments[2] ?? ''
    const others = (endpointConfiguration.vpcEndpointIds ?? []).filter((one) => one !== id)
    return { endpointConfiguration: { ...endpointConfiguration, vpcEndpointIds: patch.op === 'remove' ? others : [...others, id] } }
  },
}

/**
 * The type stands in the path, escaped; `replace` takes it out and appends the value (recorded: test_update_rest_api_operation_add_remove).
 */
function patchBinaryMediaTypes(definition: Definition, patch: Patch): Partial<Definition> {
  const type = patch.segments.slice(1).join('/')
  const others = (definition.binaryMediaTypes ?? []).filter((one) => one !== type)
  const next = patch.op === 'remove' ? others : [...others, patch.op === 'replace' ? (patch.value ?? type) : type]
  return { binaryMediaTypes: next.length === 0 ? undefined : next }
}

/** Recorded: test_update_rest_api_ip_address_type. */
function patchTypes(endpoint: EndpointConfiguration, patch: Patch): EndpointConfiguration {
  // `remove` is refused in these words, too (update-rest-api-invalid-operation-on-type).
  if (!['add', 'replace'].includes(patch.op)) {
    throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'")
  }
  const type = patch.value ?? patch.segments[2] ?? ''
  if (!['REGIONAL', 'EDGE', 'PRIVATE'].includes(type))
    throw badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE')
  if (patch.op !== 'replace') throw badRequest('Cannot create an api with multiple Endpoint Types.')
  return { ...endpoint, types: [type], ipAddressType: type === 'PRIVATE' ? 'dualstack' : endpoint.ipAddressType }
}

/** Recorded: test_update_rest_api_ip_address_type. */
function patchIpAddressType(endpoint: EndpointConfiguration, patch: Patch): EndpointConfiguration {
  expectReplace(patch)
  const ipAddressType = patch.value ?? ''
  if (ipAddressType !== 'ipv4' && ipAddressType !== 'dualstack') throw badRequest('ipAddressType must be either ipv4 or dualstack.')
  if (endpoint.types.includes('PRIVATE') && ipAddressType === 'ipv4')
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.')
  return { ...endpoint, ipAddressType }
}
