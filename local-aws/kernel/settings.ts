/** How the front treats one account; every value can be set over `PUT /_local-aws/settings`. */
export interface Settings {
  /** Added to every answer, in real milliseconds, so that a benchmark counts round trips. */
  latencyMs: number
  /** Whether the documented request rates are enforced. */
  rates: boolean
  /** Share (0 to 1) of every documented rate and burst that other callers of the account use up. */
  noisyNeighbour: number
  /** Whether rules whose evidence is `unverified` are enforced. */
  unverified: boolean
  /**
   * Whether one of two AddPermission calls on one function that overlap in time loses its statement (terraform-provider-aws, permission.go:
   * "some permissions to be ignored when API calls are sent in parallel").
   */
  overlappingPermissionsLost: boolean
  /**
   * Whether a write of a function is refused while an earlier write of the same function is under way (409 "The function could not be
   * updated due to a concurrent update operation."): sst issue 6923, terraform-provider-aws issue 5154, napari-hub PR 392.
   */
  overlappingWritesRefused: boolean
  /**
   * Whether calls come from CloudFormation, which alone sets tags that begin with `aws:` (CloudFormation user guide, "Resource tag"):
   * `aws:cloudformation:stack-name` and others.
   */
  asCloudFormation: boolean
  /** Runtimes that are past their block date, beside those that AWS blocks already. */
  blockedRuntimes: readonly string[]
  /** IAM policy document that the caller has; `null` allows everything. */
  policy: PolicyDocument | null
  /** The permissions boundary of the caller's role: it allows nothing, it only limits; `null` is none. */
  permissionsBoundary: PolicyDocument | null
  /** What the organization lets the account do at most; `null` is everything. */
  serviceControlPolicy: PolicyDocument | null
  /** Virtual milliseconds that each state lasts. */
  windows: Windows
}

export interface Windows {
  /** CreateFunction until State is Active. */
  functionPending: number
  /** UpdateFunctionCode and UpdateFunctionConfiguration until LastUpdateStatus is Successful. */
  functionUpdate: number
  /** PublishVersion until the version's State is Active. */
  versionPending: number
  /** The same with SnapStart ("a few minutes", aws-cdk PR 23196). */
  snapshotPending: number
  /** PutProvisionedConcurrencyConfig, or an alias's move, until it is READY. */
  provisionedReady: number
  /** CreateRole until Lambda can assume it. */
  roleAssumable: number
  /** AddPermission until the invoke URL honours it. */
  permissionVisible: number
  /** CreateStage and UpdateStage until the invoke URL serves them. */
  stageVisible: number
  /** CreateFunction, PublishVersion and CreateAlias until the calls that name what they made find it. */
  lambdaVisible: number
  /** UpdateAlias until invocations go where the alias points. */
  aliasVisible: number
  /** CreateRestApi, CreateResource, PutMethod and CreateDeployment until the calls that name what they made find it. */
  gatewayVisible: number
  /** UpdateAccount until stages know of the role. */
  accountVisible: number
  /** CreateRole until the calls that name the role find it. */
  roleVisible: number
  /** CreateBucket until the calls that name the bucket find it. */
  bucketVisible: number
  /** What a function or a stage logs until it arrives. */
  logDelivery: number
  /** How long a version may be idle until it is Inactive; 0 is for ever. */
  idle: number
}

/** An IAM policy document as it stands in JSON. */
export interface PolicyDocument {
  readonly Version?: string
  readonly Statement: PolicyStatement | readonly PolicyStatement[]
}

export interface PolicyStatement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export function defaultSettings(): Settings {
  return {
    latencyMs: 0,
    rates: true,
    noisyNeighbour: 0,
    unverified: true,
    asCloudFormation: false,
    overlappingPermissionsLost: true,
    overlappingWritesRefused: true,
    blockedRuntimes: [],
    policy: null,
    permissionsBoundary: null,
    serviceControlPolicy: null,
    windows: {
      functionPending: 400,
      functionUpdate: 300,
      versionPending: 200,
      snapshotPending: 120_000,
      provisionedReady: 60_000,
      roleAssumable: 0,
      permissionVisible: 0,
      stageVisible: 0,
      lambdaVisible: 0,
      aliasVisible: 0,
      gatewayVisible: 0,
      accountVisible: 0,
      roleVisible: 0,
      bucketVisible: 0,
      logDelivery: 0,
      idle: 0,
    },
  }
}
