import type { Definition } from '../state.ts'
import { node, type ApiDocument } from './document.ts'
import { text, without } from '../values.ts'

/**
 * The API's own properties after an overwrite: what the document does not say goes back to its default; endpoint type, id and root stay
 * (terraform-provider-aws, rest_api.go, comment on PutRestApi; recorded: test_put_rest_api_mode_binary_media_types).
 */
export function overwrittenProperties(definition: Definition, document: ApiDocument): Definition {
  const endpointConfiguration = without(definition.endpointConfiguration, 'vpcEndpointIds')
  const emptied = { binaryMediaTypes: undefined, minimumCompressionSize: undefined, policy: undefined, description: undefined }
  const reset = { ...emptied, apiKeySource: 'HEADER', endpointConfiguration }
  return { ...definition, ...reset, ...said({ ...definition, endpointConfiguration }, document) }
}

/** The same after a merge: binary media types are a union, the rest is replaced where the document says it (recorded: the same test). */
export function mergedProperties(definition: Definition, document: ApiDocument): Definition {
  const next = said(definition, document)
  const union = new Set([...(definition.binaryMediaTypes ?? []), ...(next.binaryMediaTypes ?? [])])
  return { ...definition, ...next, binaryMediaTypes: union.size === 0 ? undefined : [...union] }
}

/** Only what the document says; the name comes from the title in both modes. */
function said(definition: Definition, { root }: ApiDocument): Partial<Definition> {
  const { title, version, description } = node(root.info)
  const endpoint = node(root['x-amazon-apigateway-endpoint-configuration'])
  const policy = root['x-amazon-apigateway-policy']
  const values: Record<string, unknown> = {
    name: title,
    version: version === undefined ? undefined : text(version),
    description,
    binaryMediaTypes: root['x-amazon-apigateway-binary-media-types'],
    minimumCompressionSize: root['x-amazon-apigateway-minimum-compression-size'],
    apiKeySource: root['x-amazon-apigateway-api-key-source'],
    policy: policy === undefined ? undefined : JSON.stringify(policy),
    disableExecuteApiEndpoint: endpoint.disableExecuteApiEndpoint,
    endpointConfiguration:
      endpoint.vpcEndpointIds === undefined
        ? undefined
        : { ...definition.endpointConfiguration, vpcEndpointIds: endpoint.vpcEndpointIds },
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
