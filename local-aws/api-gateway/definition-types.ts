/** All that a deployment freezes (developer guide, "Updating a REST API": what needs a redeployment). */
export interface Definition {
  name: string
  description?: string | undefined
  version?: string | undefined
  binaryMediaTypes?: readonly string[] | undefined
  minimumCompressionSize?: number | undefined
  apiKeySource: string
  disableExecuteApiEndpoint: boolean
  endpointConfiguration: EndpointConfiguration
  policy?: string | undefined
  readonly resources: Map<string, Resource>
  readonly models: Map<string, Model>
  readonly authorizers: Map<string, Authorizer>
  readonly requestValidators: Map<string, RequestValidator>
  readonly gatewayResponses: Map<string, GatewayResponse>
}

export interface EndpointConfiguration {
  readonly types: readonly string[]
  readonly ipAddressType: string
  readonly vpcEndpointIds?: readonly string[] | undefined
}

export interface Resource {
  readonly id: string
  parentId?: string | undefined
  pathPart?: string | undefined
  readonly methods: Map<string, Method>
}

export interface Method {
  readonly httpMethod: string
  readonly authorizationType: string
  readonly authorizerId?: string | undefined
  readonly authorizationScopes?: readonly string[] | undefined
  readonly apiKeyRequired: boolean
  readonly requestValidatorId?: string | undefined
  readonly operationName?: string | undefined
  readonly requestParameters?: Readonly<Record<string, boolean>> | undefined
  readonly requestModels?: Readonly<Record<string, string>> | undefined
  readonly methodResponses?: Readonly<Record<string, MethodResponse>> | undefined
  readonly methodIntegration?: Integration | undefined
}

export interface MethodResponse {
  readonly statusCode: string
  readonly responseParameters?: Readonly<Record<string, boolean>> | undefined
  readonly responseModels?: Readonly<Record<string, string>> | undefined
}

export interface Integration {
  readonly type: string
  readonly httpMethod?: string | undefined
  readonly uri?: string | undefined
  readonly connectionType?: string | undefined
  readonly connectionId?: string | undefined
  readonly credentials?: string | undefined
  readonly requestParameters?: Readonly<Record<string, string>> | undefined
  readonly requestTemplates?: Readonly<Record<string, string | null>> | undefined
  readonly passthroughBehavior: string
  readonly contentHandling?: string | undefined
  readonly timeoutInMillis: number
  readonly cacheNamespace: string
  readonly cacheKeyParameters: readonly string[]
  readonly tlsConfig?: Readonly<Record<string, unknown>> | undefined
  readonly integrationResponses?: Readonly<Record<string, IntegrationResponse>> | undefined
}

export interface IntegrationResponse {
  readonly statusCode: string
  readonly selectionPattern?: string | undefined
  readonly responseParameters?: Readonly<Record<string, string>> | undefined
  readonly responseTemplates?: Readonly<Record<string, string | null>> | undefined
  readonly contentHandling?: string | undefined
}

export interface Model {
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  readonly contentType: string
  readonly schema?: string | undefined
}

export interface Authorizer {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly authType?: string | undefined
  readonly providerARNs?: readonly string[] | undefined
  readonly authorizerUri?: string | undefined
  readonly authorizerCredentials?: string | undefined
  readonly identitySource?: string | undefined
  readonly identityValidationExpression?: string | undefined
  readonly authorizerResultTtlInSeconds?: number | undefined
}

export interface RequestValidator {
  readonly id: string
  readonly name?: string | undefined
  readonly validateRequestBody: boolean
  readonly validateRequestParameters: boolean
}

/** What a user put for one response type. */
export interface GatewayResponse {
  readonly responseType: string
  readonly statusCode?: string | undefined
  readonly responseParameters: Readonly<Record<string, string>>
  readonly responseTemplates: Readonly<Record<string, string>>
}
