import { expect, test } from '@jest/globals'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { settingDiffs } from '../../src/resources/lambda/configuration.ts'
import { planOf } from '../support/plan.ts'
import { serviceOf, specOf } from '../support/wanted.ts'

const before = { TABLE: 'events', MODE: 'fast', OLD: 'old-value' }

test('newcomer 1.8: variables that come, change and go are told one by one, without their values', () => {
  const spec = specOf('shop', { settings: { ...specOf('shop').settings, environmentVariables: { TABLE: 'events', MODE: 'slow', NEW: 'new-value' } } })
  const configuration = { Environment: { Variables: before } } as FunctionConfiguration
  const diffs = settingDiffs({ spec, roleArn: 'arn' }, configuration).filter(({ field }) => field.startsWith('environment-variables'))
  expect(diffs).toEqual([
    { field: 'environment-variables MODE' },
    { field: 'environment-variables NEW', to: '(value withheld)' },
    { field: 'environment-variables OLD', from: '(value withheld)' },
  ])
})

test.each([
  ['its role is new', {}],
  ['its role is new, and settings differ', { memorySize: 512 }],
])('newcomer 1.9: %s, and is told with whatever else differs', (reason, more) => {
  const settings = { ...specOf('shop').settings, ...more }
  const wanted = serviceOf({ functions: [specOf('shop', { role: { kind: 'create', policies: [], statements: [] }, settings })] })
  const step = planOf({ wanted }).steps.find(({ kind }) => kind === 'function configuration')
  expect(step?.reason).toBe(reason)
})
