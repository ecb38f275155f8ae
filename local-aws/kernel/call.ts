import type { Account } from './account.ts'

/** One request to an AWS operation, already parsed and checked against AWS's own service model. */
export interface Call {
  /** Model name of the service: `lambda`, `apigateway`, `logs`, `iam`, `sts`, `s3`, `cloudwatch`. */
  readonly service: string
  /** Operation as the model names it, such as `UpdateStage`. */
  readonly operation: string
  /** Members as the model names them (`restApiId`, `FunctionName`); blobs are Buffers, timestamps numbers of epoch seconds. */
  readonly params: Readonly<Record<string, unknown>>
  readonly region: string
  readonly account: Account
  /** Virtual milliseconds since the epoch at which the call arrived. */
  readonly now: number
  /** The call's number in the account's journal. */
  readonly seq?: number
  /** Names of the faults that the service itself must act out on this call (fault action `quirk`). */
  readonly quirks?: readonly string[]
}

/** Members of the answer as the model names them; `undefined` members are left out. The model decides where each goes (status, header, body). */
export type Output = Record<string, unknown>

/** Answers one operation, or throws an {@link AwsError}. */
export type Handler = (call: Call) => Output | Promise<Output>

/** What one service folder exports: its operations by model name. What is missing is forwarded to the engine where the engine owns the service, else refused as unknown. */
export type Handlers = Readonly<Record<string, Handler>>

/** A refusal as AWS words it. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number
  /** Further members of the error's body, such as `Type` or `retryAfterSeconds`. */
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(code: string, message: string, options: { status?: number; members?: Record<string, unknown>; headers?: Record<string, string> } = {}) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.status = options.status ?? 400
    this.members = options.members ?? {}
    this.headers = options.headers ?? {}
  }
}
