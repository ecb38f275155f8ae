import { expect, test } from '@jest/globals'
import { invokeUrl } from '../../src/service/invoke-url.ts'

const address = { apiId: 'abc123', stage: 'prod', env: {} }

test('the SDK\'s endpoint variables switch to the path form, the service\'s own before the general one', () => {
  const url = (env: Record<string, string>): string => invokeUrl({ ...address, dnsSuffix: 'amazonaws.com', region: 'eu-west-1', env })
  const path = 'restapis/abc123/prod/_user_request_'
  expect(url({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/' })).toBe(`http://127.0.0.1:4566/${path}`)
  expect(url({ AWS_ENDPOINT_URL: 'http://a', AWS_ENDPOINT_URL_API_GATEWAY: 'http://b' })).toBe(`http://b/${path}`)
  expect(url({ AWS_ENDPOINT_URL: 'http://a', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })).toBe('https://abc123.execute-api.eu-west-1.amazonaws.com/prod')
})
