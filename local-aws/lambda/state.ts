import { randomUUID } from 'node:crypto'
import type { Account } from '../kernel/account.ts'
import type { Call } from '../kernel/call.ts'
import type { Visibility } from '../kernel/visibility.ts'
import type { Code } from './code.ts'
import type { Configuration } from './configuration.ts'

/** What an invocation runs. A change makes a new one, so that warm instances of the old one are never used for it. */
export interface Served {
  readonly configuration: Configuration
  readonly code: Code
}

/** A change of state that ends by itself: `until` in virtual milliseconds. */
export interface Transition {
  /** `restore` is the way back of what was Inactive. */
  readonly kind: 'create' | 'update' | 'restore'
  readonly until: number
  /** Why it will end in a failure; it succeeds without. */
  readonly failure?: Failure | undefined
}

/** Why a function, version or update is Failed (public service model: StateReasonCode, LastUpdateStatusReasonCode). */
export interface Failure {
  readonly code: string
  readonly reason: string
}

/** `$LATEST` or a published version. */
export interface Version {
  readonly number: string
  configuration: Configuration
  code: Code
  served: Served
  revisionId: string
  /** Virtual milliseconds. */
  lastModified: number
  transition: Transition | undefined
  /** What made its creation fail: it stays Failed for good. */
  failed: Failure | undefined
  /** What made its last update fail; the next one may succeed. */
  failedUpdate: Failure | undefined
  isInactive: boolean
  /** Virtual milliseconds of the last invocation, or of the time it became Active. */
  lastUsed: number
  readonly visibility: Visibility
}

export interface Alias {
  readonly name: string
  version: string
  description: string
  /** Share of the invocations that each other version gets; at most one. */
  weights: Readonly<Record<string, number>>
  revisionId: string
  readonly visibility: Visibility
  /** The version that still gets all invocations, while the provisioned concurrency of another one is set up. */
  rolling: { readonly version: string; readonly provisioned: Provisioned } | undefined
  /** Where invocations still go, until that moment in virtual milliseconds. */
  former: { readonly version: string; readonly weights: Readonly<Record<string, number>>; readonly until: number } | undefined
}

export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal: '*' | Readonly<Record<string, string>>
  readonly Action: string
  readonly Resource: string
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface Policy {
  readonly statements: readonly Statement[]
  readonly revisionId: string
  /** Virtual milliseconds from which the invoke URL honours each statement, by Sid. */
  readonly visibleFrom: ReadonlyMap<string, number>
}

export interface Provisioned {
  readonly requested: number
  /** Virtual milliseconds. */
  readonly lastModified: number
  readonly readyAt: number
  /** How many are there meanwhile: those of the alias's version before, or of the number before. */
  readonly before: number
  /** Ends when a process of it has loaded the handler's module, or could not. */
  readonly initialized: Promise<void>
  hasFailed: boolean
  /** Invocations that run on it now. */
  running: number
}

export interface LambdaFunction {
  readonly name: string
  readonly latest: Version
  /** Published versions by number, oldest first. */
  readonly versions: Map<string, Version>
  nextVersion: number
  /** What `$LATEST` was when it was last published, and under which number. */
  lastPublished: { readonly fingerprint: string; readonly number: string } | undefined
  readonly aliases: Map<string, Alias>
  /** By qualifier; `$LATEST` is the function itself. */
  readonly policies: Map<string, Policy>
  tags: Readonly<Record<string, string>>
  reserved: number | undefined
  readonly provisioned: Map<string, Provisioned>
  recursiveLoop: string
  /** Invocations that run now. */
  running: number
}

export interface LayerVersion {
  readonly arn: string
  readonly layerArn: string
  readonly version: number
  readonly code: Code
  readonly description: string
  readonly licenseInfo: string | undefined
  readonly runtimes: readonly string[] | undefined
  readonly architectures: readonly string[] | undefined
  readonly created: number
  /** A deleted version stays with the functions that have it. */
  deleted: boolean
}

/** What sends a queue's or a stream's events to a function. */
export interface EventSourceMapping {
  readonly uuid: string
  /** Qualified where it leads to a version or an alias. */
  readonly functionArn: string
  readonly eventSourceArn: string | undefined
  readonly batchSize: number
}

/** The configuration of a function URL. */
export interface FunctionUrl {
  /** Of the function, or of the alias that it leads to. */
  readonly arn: string
  readonly authType: string
  readonly invokeMode: string
  readonly url: string
  /** Virtual milliseconds. */
  readonly created: number
}

export interface LambdaState {
  readonly functions: Map<string, LambdaFunction>
  readonly mappings: Map<string, EventSourceMapping>
  /** By the ARN that they lead to. */
  readonly urls: Map<string, FunctionUrl>
  readonly layers: Map<string, { next: number; readonly versions: Map<number, LayerVersion> }>
}

function emptyState(): LambdaState {
  return { functions: new Map(), mappings: new Map(), urls: new Map(), layers: new Map() }
}

/** Lambda of one account and Region. */
export function lambdaState(account: Account, region: string): LambdaState {
  return account.state(region, emptyState)
}

/** Lambda of the account and Region that the call is for. */
export function stateOf(call: Call): LambdaState {
  return lambdaState(call.account, call.region)
}

export function newRevision(): string {
  return randomUUID()
}

/** A version that serves what it is made of. */
export function newVersion(
  parts: Pick<Version, 'number' | 'configuration' | 'code' | 'lastModified' | 'transition' | 'visibility'>,
): Version {
  const { configuration, code, lastModified } = parts
  const states = { failed: undefined, failedUpdate: undefined, isInactive: false, lastUsed: lastModified }
  return { ...parts, ...states, served: { configuration, code }, revisionId: newRevision() }
}
