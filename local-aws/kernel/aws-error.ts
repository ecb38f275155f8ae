/** A refusal as AWS words it. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number
  /** Further members of the error's body, such as `Type` or `retryAfterSeconds`. */
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: string,
    message: string,
    options: { status?: number; members?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.status = options.status ?? 400
    this.members = options.members ?? {}
    this.headers = options.headers ?? {}
  }
}
