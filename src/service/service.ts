import type { Place } from '../errors.ts'
import type { SmokeTest } from './smoke/smoke-test.ts'

/** Which service and stage is meant: enough to find, and to take away, what was made for it, whatever its config says. */
export interface ServiceId {
  readonly name: string
  readonly stage: string
  /** `owner/name` of the repository that deploys; the ownership tag. */
  readonly repository: string
  /** The number of the pull request that it is a preview of. */
  readonly preview?: number
}

/** Everything one run wants to be true, after inputs, config file, defaults and the stage's own values are merged. */
export interface Service extends ServiceId {
  /** The full commit id that is deployed, where the run knows it. */
  readonly commit?: string
  /** In the order of their AWS names. */
  readonly functions: readonly FunctionSpec[]
  readonly api: ApiSpec
  readonly accessLog: AccessLogSpec
  readonly release: ReleaseSpec
}

export type Architecture = 'x86_64' | 'arm64'

export interface FunctionSpec {
  /** Its key in the config file; the function's name where inputs describe it. */
  readonly key: string
  /** The AWS name: `function-name`, or `<service>-<key>`. */
  readonly name: string
  /** Set where a function of that name that this service did not make is taken over. */
  readonly join?: JoinSpec
  /** Set once such a function is found: what of it stays as it is. */
  readonly found?: FoundFunction
  readonly code: CodeSpec
  readonly role: RoleSpec
  /** The function whose role it takes, whatever {@link role} says; of previews, where the config does not write `role` out. */
  readonly roleOf?: string
  readonly settings: FunctionSettings
  /** The bucket for a package that is too large for a request; `create` makes one for the account and Region. */
  readonly s3Bucket?: string
  /** The user's own tags. */
  readonly tags: Readonly<Record<string, string>>
  readonly reservedConcurrency?: number
  readonly provisionedConcurrency?: number
  readonly logRetentionDays?: number
  /** Where each of its settings was written, for messages; missing where inputs say everything. */
  readonly places?: Readonly<Record<string, Place>>
}

/** That a function is taken over. */
export interface JoinSpec {
  /** Names of the settings that the config gives, such as `memory-size`: only these are written. */
  readonly named: ReadonlySet<string>
}

/** What a function that is taken over has of its own, besides what Lambda shows of it. */
export interface FoundFunction extends JoinSpec {
  /** Names of the environment variables that we have set. */
  readonly variables: readonly string[]
  /** The environment as it was found, for what comes back when a variable of ours goes. */
  readonly environment: Readonly<Record<string, string>>
}

/** What the package is made from. Paths are absolute. */
export interface CodeSpec {
  /** The folder with the app's own code. */
  readonly source: string
  /** The folder that the user writes paths from: the config file's, or the workspace. */
  readonly base: string
  readonly handler: string
  /** A Lambda runtime's name, such as `python3.13`. Missing only where the function is known to exist. */
  readonly runtime?: string
  readonly architecture: Architecture
  /** The file that lists the dependencies, where the user names one; else the package room looks for it. */
  readonly requirements?: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** A prebuilt zip; then nothing is installed or collected. */
  readonly package?: string
  /** Where the handler, the runtime and so on were written, for messages. */
  readonly places: Readonly<Partial<Record<'source' | 'handler' | 'runtime' | 'requirements' | 'package', Place>>>
}

export type RoleSpec = GivenRole | CreatedRole

/** A role that exists, whosever it is. */
export interface GivenRole {
  readonly kind: 'given'
  readonly arn: string
  /** Where it was written, for messages. */
  readonly place?: Place
}

/** The role that is made for one function. */
export interface CreatedRole {
  readonly kind: 'create'
  /** Managed policies: ARNs, and names of AWS's own. */
  readonly policies: readonly string[]
  readonly statements: readonly RoleStatement[]
  /** The ARN of a managed policy. */
  readonly permissionsBoundary?: string
}

/** Actions of IAM that are allowed on ARNs. */
export interface RoleStatement {
  readonly allow: readonly string[]
  readonly on: readonly string[]
}

/** The settings of a function that Lambda versions. A missing one means AWS's default. */
export interface FunctionSettings {
  readonly description?: string
  /** MB */
  readonly memorySize?: number
  /** Seconds. */
  readonly timeout?: number
  /** MB */
  readonly ephemeralStorage?: number
  readonly environmentVariables: Readonly<Record<string, string>>
  /** ARNs of layer versions, in order. */
  readonly layers: readonly string[]
  readonly vpcSubnetIds: readonly string[]
  readonly vpcSecurityGroupIds: readonly string[]
  readonly tracing?: 'active' | 'pass-through'
  readonly logFormat?: 'json' | 'text'
  readonly snapStart?: boolean
}

/** An API that exists and that the service is added to. */
export interface JoinedApi {
  readonly id: string
  /** Names of the settings that the config gives: only these are compared and written. */
  readonly named: ReadonlySet<string>
  /** Whether methods of others that the config lists as routes are taken over. */
  readonly adopts: boolean
  /** Set where the stage, too, is one that others have made: what settings of it were that we have changed. */
  readonly foundSettings?: FoundSettings
}

/** Settings of a stage as they were found, by name; null for one that was not set. */
export type FoundSettings = Readonly<Record<string, string | null>>

export interface ApiSpec {
  readonly name: string
  /** Missing for an API of our own. */
  readonly joined?: JoinedApi
  readonly endpointType: 'REGIONAL' | 'EDGE'
  readonly binaryMediaTypes: readonly string[]
  /** Bytes; missing means no compression. */
  readonly minimumCompressionSize?: number
  /** Requests per second, for each route. */
  readonly throttlingRate?: number
  /** Requests at once, for each route. */
  readonly throttlingBurst?: number
  /** In the order of their path, then method. */
  readonly routes: readonly Route[]
}

/** METHOD /path -> function. */
export interface Route {
  /** GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD or ANY. */
  readonly method: string
  /** Starts with a slash; no trailing slash, except the root's own. */
  readonly path: string
  /** AWS name of the function. */
  readonly functionName: string
}

export interface AccessLogSpec {
  /** The format's text with `$context` variables on one line; missing means no access log. */
  readonly format?: string
  /** A log group's name that replaces `/aws/apigateway/<api-name>-<api-id>/<stage>`. */
  readonly group?: string
  /** The ARN of a Firehose stream that takes the log in place of a group. */
  readonly stream?: string
  /** Missing means that events never expire. */
  readonly retentionDays?: number
  readonly cloudwatchRole: { readonly kind: 'keep' } | { readonly kind: 'create' } | { readonly kind: 'given'; readonly arn: string }
}

export interface ReleaseSpec {
  /** How many releases before the live one stay ready for a rollback. */
  readonly keepReleases: number
  /** What a release must answer before it goes live, and again afterwards. */
  readonly smokeTests: readonly SmokeTest[]
  /** How a new release is tried on a share of the requests; missing means that all get it at once. */
  readonly canary?: CanarySpec
}

export interface CanarySpec {
  /** The share of the requests, from 1 to 99. */
  readonly percent: number
  /** Milliseconds; `hold` until `promote` or `rollback` ends it. */
  readonly bake: number | 'hold'
  /** Names of CloudWatch alarms that take it back when they turn red. */
  readonly alarms: readonly string[]
}
