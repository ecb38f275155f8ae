export interface Address {
  readonly apiId: string
  readonly stage: string
  readonly region: string
  /** What the host names of AWS's services end in there, such as `amazonaws.com`. */
  readonly dnsSuffix: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Where a stage is called, without a trailing slash. The SDK's own endpoint variables are the only switch between AWS and an emulator;
 * there the path form is used, which ministack, localemu and localstack know.
 */
export function invokeUrl({ apiId, stage, region, dnsSuffix, env }: Address): string {
  const endpoint = env['AWS_ENDPOINT_URL_API_GATEWAY'] || env['AWS_ENDPOINT_URL']
  const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true'
  if (endpoint && !ignored) return `${endpoint.replace(/\/+$/, '')}/restapis/${apiId}/${stage}/_user_request_`
  return `https://${apiId}.execute-api.${region}.${dnsSuffix}/${stage}`
}
