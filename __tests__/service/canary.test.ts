import { describe, expect, test } from '@jest/globals'
import { accessLogFormats } from '../../src/service/access-log-formats.ts'
import { canaryOf, canaryVariables, isSameCanary, type OwnCanary } from '../../src/service/canary.ts'
import { statusPattern } from '../../src/service/status-pattern.ts'
import { release } from '../support/standing.ts'

const shop = { name: 'shop', stage: 'prod', repository: 'octo/shop' }
const own: OwnCanary = { kind: 'ours', percent: 10, release: release(4, ['4']), slot: 'b', bake: 300_000 }
const settings = (canary: OwnCanary) => ({
  deploymentId: canary.release.deploymentId, percentTraffic: canary.percent, stageVariableOverrides: { ...canaryVariables(shop, canary) },
})

describe('whose a canary is', () => {
  test.each([own, { ...own, bake: 'hold' as const, slot: 'a' as const }])('ours is read as it was written', (canary) => {
    expect(canaryOf(shop, { canarySettings: settings(canary) })).toEqual(canary)
  })

  test.each([
    ['without variables', { deploymentId: 'd4', percentTraffic: 50 }],
    ['with variables of somebody else', { deploymentId: 'd4', percentTraffic: 50, stageVariableOverrides: { shop_alias: 'prod-b' } }],
    ['ours, but for the deployment', { ...settings(own), deploymentId: 'd9' }],
    ['of another service', { ...settings(own), stageVariableOverrides: { ...canaryVariables({ ...shop, name: 'other' }, own) } }],
    ['without how long it is watched', { ...settings(own), stageVariableOverrides: { ...canaryVariables(shop, own), shop_canary: 'x' } }],
  ])('any other is foreign: %s', (_name, canarySettings) => {
    expect(canaryOf(shop, { canarySettings })?.kind).toBe('foreign')
  })

  test('one that was changed is another one', () => {
    expect(isSameCanary(own, { ...own })).toBe(true)
    const others = [{ ...own, percent: 11 }, { ...own, release: release(5, ['4']) }, { ...own, bake: 'hold' as const }, undefined]
    for (const other of others) expect(isSameCanary(own, other)).toBe(false)
    expect(canaryOf(shop, {})).toBeUndefined()
  })
})

describe('the status in a line of the access log', () => {
  const values: Readonly<Record<string, string>> = {
    status: '502', protocol: 'HTTP/1.1', httpMethod: 'GET', requestId: 'c6af9ac6-7b61', extendedRequestId: 'JKJaXmPLvHcESHA=', responseLength: '7',
    'integration.status': '200', 'identity.sourceIp': '127.0.0.1', requestTime: '10/Oct/2026:13:55:36 +0000', resourcePath: '/{proxy+}',
  }
  const line = (format: string, path: string): string =>
    format.replaceAll(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_, name: string) => (name === 'path' ? path : (values[name] ?? '-')))

  test.each(Object.entries(accessLogFormats))('%s', (_name, format) => {
    for (const path of ['/a', '/a,HTTP/1.1,200,b', '/a" 200 "b', '/<status>200</status>', '/status","status":"200']) {
      expect(statusPattern(format)?.exec(line(format, path))?.[1]).toBe('502')
    }
  })

  test('a format of one\'s own, and one without it', () => {
    expect(statusPattern('$context.requestId|$context.status|$context.path (a+b)')?.exec('c6-1|503|/x (a+b)')?.[1]).toBe('503')
    expect(statusPattern('$context.requestId $context.integration.status')).toBeUndefined()
  })
})
