import type { Account } from './account.ts'
import type { Call, Handlers } from './call.ts'
import type { EngineAnswer } from './engine-client.ts'

/** What the front does around an operation that the engine answers. */
export interface EngineRule {
  /** Refuses what AWS refuses, by throwing an AwsError; otherwise the request goes on to the engine as it came. */
  readonly before?: (call: Call) => void | Promise<void>
  /** Looks at the engine's answer, or mends it. */
  readonly after?: (call: Call, answer: EngineAnswer) => EngineAnswer | Promise<EngineAnswer>
}

/** One AWS service of the front. */
export interface Service {
  /** Operations that the front answers itself. */
  readonly handlers: Handlers
  /** Whether the engine answers the other operations. */
  readonly forwards: boolean
  /** Refuses before any operation that the engine answers; runs before the operation's own rule. */
  readonly before?: (call: Call) => void
  readonly rules?: Readonly<Record<string, EngineRule>>
  /** Mends the engine's answer to any of its operations; runs before the operation's own rule. */
  readonly mend?: (call: Call, answer: EngineAnswer) => EngineAnswer
  /** The whole state of one account as plain JSON (or a promise of it), for comparison field by field. */
  readonly dump?: (account: Account) => unknown
  /** The tags by which IAM knows the resource of this ARN; empty where it has none or is not there. */
  readonly tagsOf?: (
    account: Account,
    region: string,
    arn: string,
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** Ends the processes that the service has started for the account. */
  readonly endProcesses?: (account: Account) => Promise<void>
  /** Removes what the account holds in the engine. */
  readonly wipe?: (account: Account) => Promise<void>
  readonly stop?: () => Promise<void>
}

/** By model name. */
export type Services = Readonly<Record<string, Service>>
