/** Domain suffixes of AWS's partitions (botocore's public partitions.json). */
const suffixes: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
}

export interface Address {
  readonly apiId: string
  readonly stage: string
  readonly region: string
  readonly partition: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Where a stage is called, without a trailing slash. The SDK's own endpoint variables are the only switch between AWS and an emulator;
 * there the path form is used, which ministack, localemu and localstack know.
 */
export function invokeUrl({ apiId, stage, region, partition, env }: Address): string {
  const endpoint = env['AWS_ENDPOINT_URL_API_GATEWAY'] || env['AWS_ENDPOINT_URL']
  const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true'
  if (endpoint && !ignored) return `${endpoint.replace(/\/+$/, '')}/restapis/${apiId}/${stage}/_user_request_`
  return `https://${apiId}.execute-api.${region}.${suffixes[partition] ?? 'amazonaws.com'}/${stage}`
}
