import type { Account } from '../kernel/account.ts'
import type { Call } from '../kernel/call.ts'

/** API Gateway of one account in one Region. */
export interface Gateway {
  readonly apis: Map<string, Api>
  readonly apiKeys: Map<string, ApiKey>
  readonly usagePlans: Map<string, UsagePlan>
  cloudwatchRoleArn?: string | undefined
}

/** One REST API: its working copy, what was deployed of it, and the stages that serve the deployments. */
export interface Api {
  readonly id: string
  readonly accountId: string
  readonly region: string
  readonly rootResourceId: string
  /** Epoch seconds. */
  readonly createdDate: number
  /** The working copy; a deployment holds a deep copy of it. */
  definition: Definition
  tags: Record<string, string>
  readonly deployments: Map<string, Deployment>
  readonly stages: Map<string, Stage>
}

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

export interface Deployment {
  readonly id: string
  readonly createdDate: number
  description?: string | undefined
  readonly snapshot: Definition
}

/** What a stage says about itself; every update makes a new value. */
export interface StageSettings {
  readonly deploymentId: string
  readonly clientCertificateId?: string | undefined
  readonly description?: string | undefined
  readonly cacheClusterEnabled: boolean
  readonly cacheClusterSize?: string | undefined
  readonly methodSettings: Readonly<Record<string, MethodSetting>>
  readonly variables?: Readonly<Record<string, string>> | undefined
  readonly documentationVersion?: string | undefined
  readonly accessLogSettings?: AccessLogSettings | undefined
  readonly canarySettings?: CanarySettings | undefined
  readonly tracingEnabled: boolean
}

export interface Stage {
  readonly name: string
  readonly createdDate: number
  lastUpdatedDate: number
  settings: StageSettings
  tags: Record<string, string>
  /** Settings by the virtual millisecond from which the invoke URL serves them, oldest first: it follows later than the control plane. */
  readonly history: { readonly from: number; readonly settings: StageSettings }[]
}

export interface AccessLogSettings {
  readonly destinationArn?: string | undefined
  readonly format?: string | undefined
}

export interface CanarySettings {
  readonly deploymentId: string
  readonly percentTraffic: number
  readonly stageVariableOverrides?: Readonly<Record<string, string>> | undefined
  readonly useStageCache: boolean
}

export type MethodSetting = Readonly<Record<string, string | number | boolean>>

export interface ApiKey {
  readonly id: string
  readonly value: string
  readonly name?: string | undefined
  readonly customerId?: string | undefined
  readonly description?: string | undefined
  readonly enabled: boolean
  readonly createdDate: number
  readonly lastUpdatedDate: number
  readonly tags: Readonly<Record<string, string>>
}

export interface UsagePlan {
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  readonly apiStages: readonly { readonly apiId: string; readonly stage: string }[]
  readonly throttle?: { readonly burstLimit?: number | undefined; readonly rateLimit?: number | undefined } | undefined
  readonly quota?: { readonly limit: number; readonly offset: number; readonly period: string } | undefined
  readonly tags: Readonly<Record<string, string>>
  /** Ids of the API keys in the plan. */
  readonly keys: ReadonlySet<string>
}

function emptyGateway(): Gateway {
  return { apis: new Map(), apiKeys: new Map(), usagePlans: new Map() }
}

/** API Gateway of the account and Region that a call addresses. */
export function gatewayOf(call: Pick<Call, 'account' | 'region'>): Gateway {
  return gatewayIn(call.account, call.region)
}

/** API Gateway of one account in one Region. */
export function gatewayIn(account: Account, region: string): Gateway {
  return account.state(region, emptyGateway)
}

/** Virtual milliseconds as AWS's timestamps: epoch seconds. */
export function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
