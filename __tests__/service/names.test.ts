import { describe, expect, test } from '@jest/globals'
import { aliasVariable, functionName, logGroupName, releaseVariable, roleName, slotAlias } from '../../src/service/names.ts'

describe('names that fit are left alone', () => {
  test('functions', () => {
    expect(functionName('events', 'read')).toBe('events-read')
    expect(functionName('greeting')).toBe('greeting')
  })
  test('roles, log groups, aliases', () => {
    expect(roleName('events-read', 'eu-central-1')).toBe('events-read-eu-central-1')
    expect(logGroupName('events', 'abc123', 'prod')).toBe('/aws/apigateway/events-abc123/prod')
    expect(slotAlias('prod', 'b')).toBe('prod-b')
  })
  test('stage variables', () => {
    expect(aliasVariable('events')).toBe('events_alias')
    expect(releaseVariable('events')).toBe('events_release')
    expect(releaseVariable('events', 12)).toBe('events_release_12')
  })
})

describe('names that do not fit', () => {
  const long = 'a'.repeat(60)

  test('are cut to the limit in their middle, and stay apart', () => {
    const one = functionName(`${long}1${long}`, 'read')
    expect(one).toHaveLength(64)
    expect(one.endsWith('-read')).toBe(true)
    expect(functionName(`${long}2${long}`, 'read')).not.toBe(one)
    expect(functionName('x'.repeat(64))).toBe('x'.repeat(64))
  })
  test('keep their suffix', () => {
    expect(roleName(long, 'ap-southeast-2')).toHaveLength(64)
    expect(roleName(long, 'ap-southeast-2')).toMatch(/-ap-southeast-2$/)
    expect(logGroupName('n'.repeat(600), 'abc123', 's'.repeat(126))).toHaveLength(512)
    expect(logGroupName('n'.repeat(600), 'abc123', 's'.repeat(126))).toMatch(/-abc123\/s{126}$/)
  })
  test('stage variables hold letters, digits and _ only', () => {
    expect(aliasVariable('my-events')).toMatch(/^my_events_[0-9a-f]{8}_alias$/)
    expect(aliasVariable('my_events')).toBe('my_events_alias')
    expect(aliasVariable('my-events')).not.toBe(aliasVariable('my.events'))
    const cut = releaseVariable('e'.repeat(80))
    expect(cut).toHaveLength(64)
    expect(cut).toMatch(/^e+_[0-9a-f]{8}_release$/)
  })
  test('log groups hold no characters that CloudWatch Logs refuses', () => {
    expect(logGroupName('My API', 'abc123', 'prod')).toBe('/aws/apigateway/My-API-abc123/prod')
  })
})
