/** A request to the engine, as one account. */
export interface EngineRequest {
  readonly account: string
  readonly region: string
  /** Signing name: `iam`, `sts`, `s3`, `logs`, `monitoring`. */
  readonly service: string
  readonly method: string
  /** Path with query string, percent-encoded. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

export interface EngineAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The emulator behind the front: it keeps IAM, STS, S3, CloudWatch Logs and CloudWatch, by account (the access key id) and Region. */
export interface Engine {
  /** Where it listens, for tests that compare it with the front. */
  readonly url: string
  /** Sends one request; rejects only when the engine cannot be reached. */
  send(request: EngineRequest): Promise<EngineAnswer>
  /** All that it keeps of one account, as bytes that only it can read. */
  copy(account: string): Promise<Buffer>
  /** Keeps of the account what it kept when the copy was made, and nothing else. */
  restore(account: string, copy: Buffer): Promise<void>
  /** Forgets every account. */
  reset(): Promise<void>
}

/** Stands in where no engine runs, such as in a test of one handler. */
export const noEngine: Engine = {
  url: '',
  send: ({ service, method, path }) =>
    Promise.reject(new Error(`No engine behind this account: ${service} ${method} ${path} cannot be answered.`)),
  copy: () => Promise.resolve(Buffer.alloc(0)),
  restore: () => Promise.resolve(),
  reset: () => Promise.resolve(),
}
