import type { Account } from './account.ts'

export { AwsError } from './aws-error.ts'

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
  /** Actions that the caller lacks without being refused: what they show is left out of the answer. */
  readonly withheld?: ReadonlySet<string>
}

/**
 * Members of the answer as the model names them; `undefined` members are left out. The model decides where each goes (status, header,
 * body).
 */
export type Output = Record<string, unknown>

/** Answers one operation, or throws an AwsError. */
export type Handler = (call: Call) => Output | Promise<Output>

/**
 * What one service folder exports: its operations by model name. What is missing is forwarded to the engine where the engine owns the
 * service, else refused as unknown.
 */
export type Handlers = Readonly<Record<string, Handler>>
