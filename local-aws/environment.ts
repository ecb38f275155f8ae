/** Which local AWS a job talks to, and as whom. */
export interface LocalJob {
  /** Such as `http://127.0.0.1:4566`. */
  readonly endpoint: string
  /** 12 digits: local AWS takes an access key of that form as the account's id. */
  readonly account: string
  readonly region?: string
}

/** What a credentials step before ours would export, with the SDK's own variable for the endpoint. */
export function awsEnvironment(job: LocalJob) {
  return {
    AWS_ENDPOINT_URL: job.endpoint,
    AWS_ACCESS_KEY_ID: job.account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: job.region ?? 'eu-west-1',
  }
}
