import { expect, test } from '@jest/globals'
import { formatFormerSettings, formerSettingsVariables, parseFormerSettings } from '../../src/service/former-settings.ts'
import { accessLogFormats } from '../../src/service/access-log-formats.ts'

test.each([
  ['a rate', { 'throttling-rate': '7', 'throttling-burst': null }, 1],
  ['a long format', { 'access-log': accessLogFormats.json, 'access-log-group': 'arn:aws:logs:eu-west-1:123456789012:log-group:/é' }, 4],
])('%s is remembered in values that a stage takes', (_name, settings, most) => {
  const variables = formatFormerSettings('shop', settings)
  expect(parseFormerSettings('shop', { ...variables, shop_release: '1:x', MODE: 'live' })).toEqual(settings)
  expect(formerSettingsVariables('shop', variables)).toEqual(Object.keys(variables))
  expect(Object.keys(variables).length).toBeLessThanOrEqual(most)
  for (const value of Object.values(variables)) expect(value).toMatch(/^[A-Za-z0-9_-]{1,512}$/)
})

test('nothing, and what is too long, takes no variable', () => {
  expect(formatFormerSettings('shop', {})).toEqual({})
  expect(formatFormerSettings('shop', { 'access-log': 'x'.repeat(3_000) })).toEqual({})
})

test.each(['%%%', Buffer.from('[1]').toString('base64url'), Buffer.from('{"a":1}').toString('base64url'), ''])('what somebody else has written ("%s") is not believed', (value) => {
  expect(parseFormerSettings('shop', { shop_before: value })).toEqual({})
})
