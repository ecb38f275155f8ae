import { badRequest } from './errors.ts'
import type { Definition, EndpointConfiguration } from './state.ts'

/** The definition of an API that has nothing yet, not even its root resource. */
export function emptyDefinition(name: string, endpointConfiguration: EndpointConfiguration): Definition {
  return {
    name,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration,
    resources: new Map(),
    models: new Map(),
    authorizers: new Map(),
    requestValidators: new Map(),
    gatewayResponses: new Map(),
  }
}

/**
 * The endpoint configuration with AWS's defaults: EDGE, ipv4, PRIVATE only dualstack (recorded:
 * test_create_rest_api_with_endpoint_configuration).
 */
export function newEndpoint(given: Partial<EndpointConfiguration> | undefined): EndpointConfiguration {
  const types = given?.types ?? ['EDGE']
  if (types.length === 0) throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.')
  if (types.length > 1) throw badRequest('Cannot create an api with multiple Endpoint Types.')
  const isPrivate = types[0] === 'PRIVATE'
  const ipAddressType = given?.ipAddressType ?? (isPrivate ? 'dualstack' : 'ipv4')
  if (isPrivate && ipAddressType !== 'dualstack') throw badRequest('Only dualstack ipAddressType is supported for Private APIs.')
  return { types, ipAddressType, vpcEndpointIds: given?.vpcEndpointIds }
}

/** Recorded: test_update_rest_api_compression. */
export function checkCompression(size: number): void {
  if (!Number.isInteger(size) || size < 0 || size > 10_485_760) {
    throw badRequest('Invalid minimum compression size, must be between 0 and 10485760')
  }
}
