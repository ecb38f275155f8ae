import { expect, test } from '@jest/globals'
import { invokeUrl } from '../../src/service/invoke-url.ts'

const address = { apiId: 'abc123', stage: 'prod', env: {} }

/** Suffixes as botocore's public partitions.json has them. */
test.each([
  ['aws', 'eu-west-1', 'amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com'],
  ['aws-eusc', 'eusc-de-east-1', 'amazonaws.eu'],
  ['aws-iso', 'us-iso-east-1', 'c2s.ic.gov'],
  ['aws-iso-b', 'us-isob-east-1', 'sc2s.sgov.gov'],
  ['aws-iso-e', 'eu-isoe-west-1', 'cloud.adc-e.uk'],
  ['aws-iso-f', 'us-isof-south-1', 'csp.hci.ic.gov'],
])('the URL in %s', (partition, region, suffix) => {
  expect(invokeUrl({ ...address, partition, region })).toBe(`https://abc123.execute-api.${region}.${suffix}/prod`)
})

test('the SDK\'s endpoint variables switch to the path form, the service\'s own before the general one', () => {
  const url = (env: Record<string, string>): string => invokeUrl({ ...address, partition: 'aws', region: 'eu-west-1', env })
  const path = 'restapis/abc123/prod/_user_request_'
  expect(url({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/' })).toBe(`http://127.0.0.1:4566/${path}`)
  expect(url({ AWS_ENDPOINT_URL: 'http://a', AWS_ENDPOINT_URL_API_GATEWAY: 'http://b' })).toBe(`http://b/${path}`)
  expect(url({ AWS_ENDPOINT_URL: 'http://a', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })).toBe('https://abc123.execute-api.eu-west-1.amazonaws.com/prod')
})
