import type { Account } from '../kernel/account.ts'
import type { Call } from '../kernel/call.ts'
import type { Definition } from './definition-types.ts'
import type { Deployment, Stage } from './stage-types.ts'

export type * from './definition-types.ts'
export type * from './stage-types.ts'

/** API Gateway of one account in one Region. */
export interface Gateway {
  readonly apis: Map<string, Api>
  readonly apiKeys: Map<string, ApiKey>
  readonly usagePlans: Map<string, UsagePlan>
  readonly domainNames: Map<string, DomainName>
  cloudwatchRoleArn?: string | undefined
  /** Virtual milliseconds from which stages know of that role. */
  cloudwatchRoleFrom?: number | undefined
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
  /** No deployment freezes them; versions of the documentation do. */
  documentationParts: Map<string, DocumentationPart>
  readonly documentationVersions: Map<string, DocumentationVersion>
}

/** What documents one thing of an API. */
export interface DocumentationPart {
  readonly id: string
  readonly location: Readonly<Record<'type', string>> & Readonly<Partial<Record<'path' | 'method' | 'statusCode' | 'name', string>>>
  /** JSON. */
  readonly properties: string
}

export interface DocumentationVersion {
  readonly version: string
  /** Epoch seconds. */
  readonly createdDate: number
  readonly description?: string | undefined
  readonly parts: readonly DocumentationPart[]
}

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

export interface DomainName {
  readonly name: string
  /** Members of CreateDomainName as they were given. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly tags: Readonly<Record<string, string>>
  /** By base path. */
  readonly mappings: Map<string, BasePathMapping>
}

/** Where a path of a domain leads; without a stage the path names it. */
export interface BasePathMapping {
  readonly basePath: string
  readonly restApiId: string
  readonly stage: string | undefined
}

function emptyGateway(): Gateway {
  return { apis: new Map(), apiKeys: new Map(), usagePlans: new Map(), domainNames: new Map() }
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
