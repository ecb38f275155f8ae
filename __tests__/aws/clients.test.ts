import { expect, test } from '@jest/globals'
import { connect } from '../../src/aws/clients.ts'
import { silent } from '../../src/progress.ts'
import { invokeUrl } from '../../src/service/invoke-url.ts'

/** Suffixes: botocore's public partitions.json. */
test.each([
  ['eu-west-1', 'amazonaws.com'],
  ['us-gov-west-1', 'amazonaws.com'],
  ['cn-north-1', 'amazonaws.com.cn'],
  ['eusc-de-east-1', 'amazonaws.eu'],
  ['us-iso-east-1', 'c2s.ic.gov'],
  ['us-isob-east-1', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'csp.hci.ic.gov'],
])('a stage in %s is called below %s', (region, suffix) => {
  const { dnsSuffix } = connect({ region, env: {}, progress: silent })
  expect(invokeUrl({ apiId: 'abc123', stage: 'prod', region, dnsSuffix, env: {} })).toBe(`https://abc123.execute-api.${region}.${suffix}/prod`)
})
