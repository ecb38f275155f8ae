/** An AWS that reaches every state at once: polls would make the number of calls a matter of luck. */
export const noWindows = { functionPending: 0, functionUpdate: 0, versionPending: 0, roleAssumable: 0, permissionVisible: 0, stageVisible: 0 } as const
