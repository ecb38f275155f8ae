import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Account } from '../../service/arns.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import type { FunctionCode } from '../code.ts'
import { settingDiffs } from './configuration.ts'
import type { FunctionState } from './state.ts'

/** What a version of a function is to be: its code, its settings and its role. */
export interface VersionGoal {
  readonly spec: FunctionSpec
  readonly code: FunctionCode
  /** Undefined where the role is made in this run. */
  readonly roleArn: string | undefined
}

/** What a function is to be, and what stands of it. */
export interface FunctionGoal extends VersionGoal {
  readonly service: ServiceId
  readonly account: Account
  /** Undefined where the function does not exist yet. */
  readonly state: FunctionState | undefined
  /** Whether Lambda may not know the role yet, because somebody has made it a short while ago. */
  readonly isRoleFresh: boolean
}

/**
 * Whether a version has the code and the settings that are asked for.
 * @param latest $LATEST, where the version is another one: what the config leaves as found is compared with that
 */
export function isAtGoal({ spec, code, roleArn }: VersionGoal, version: FunctionConfiguration, latest = version): boolean {
  return !codeDiffers(spec, code, version) && settingDiffs({ spec, roleArn, latest }, version).length === 0
}

/** Whether a version, or $LATEST, has other code; the architecture goes with it, because UpdateFunctionCode is what sets it. */
export function codeDiffers(spec: FunctionSpec, code: FunctionCode, configuration: FunctionConfiguration): boolean {
  return configuration.CodeSha256 !== code.sha256 || architectureOf(configuration) !== spec.code.architecture
}

/** The architecture of a version; Lambda's default where the answer names none. */
export function architectureOf(configuration: FunctionConfiguration): string {
  return configuration.Architectures?.[0] ?? 'x86_64'
}
