import type { Definition } from './definition-types.ts'

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
