/** How the front treats one account; every value can be set over `PUT /_local-aws/settings`. */
export interface Settings {
  /** Added to every answer, in real milliseconds, so that a benchmark counts round trips. */
  latencyMs: number
  /** Whether the documented request rates are enforced. */
  rates: boolean
  /** Whether rules whose evidence is `unverified` are enforced. */
  unverified: boolean
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
  /** CreateRole until Lambda can assume it. */
  roleAssumable: number
  /** AddPermission until the invoke URL honours it. */
  permissionVisible: number
  /** CreateStage and UpdateStage until the invoke URL serves them. */
  stageVisible: number
}

export function defaultSettings(): Settings {
  return {
    latencyMs: 0,
    rates: true,
    unverified: true,
    windows: { functionPending: 400, functionUpdate: 300, versionPending: 200, roleAssumable: 0, permissionVisible: 0, stageVisible: 0 },
  }
}
