import { expect, test } from '@jest/globals'
import { outputs } from '../../src/github/output-table.ts'
import { outputValues } from '../../src/github/index.ts'
import { change, result } from '../render/sample.ts'

test('all outputs of a run with one function', () => {
  const { plan = '', routes = '', functions = '', 'plan-markdown': markdown, ...plain } = outputValues(result())
  expect(markdown).toContain('<td><b>delete route</b></td>')
  expect(plain).toEqual({
    'invoke-url': 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod',
    changed: 'true',
    command: 'deploy',
    release: '4',
    'api-id': 'abc123',
    stage: 'prod',
    'api-deployment-id': 'dep1',
    'access-log-group': '/aws/apigateway/greeting-abc123/prod',
    'function-name': 'greeting',
    'function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:greeting',
    'function-version': '4',
    'package-path': '/tmp/greeting.zip',
    'package-sha256': 'q1V0Yw0nQbcKjUOMmvS1v9nCkQGm0y2iTB0nSsTqM2k=',
    'package-size': '1234567',
  })
  expect(JSON.parse(plan)).toHaveLength(5)
  expect(JSON.parse(routes)).toEqual(result().routes)
  expect(JSON.parse(functions)).toEqual([
    {
      name: 'greeting',
      arn: plain['function-arn'],
      version: '4',
      'previous-version': '3',
      'package-path': '/tmp/greeting.zip',
      'package-sha256': plain['package-sha256'],
      'package-size': 1_234_567,
    },
  ])
})

test('several functions have no outputs of one', () => {
  const names = Object.keys(outputValues(result({ functions: [{ name: 'a' }, { name: 'b' }] })))
  expect(names.filter((name) => /^(function|package)-/.test(name))).toEqual([])
})

test('a large plan keeps what differs', () => {
  const kept = Array.from({ length: 2000 }, (_, index) => change('keep', `route GET /${index}`))
  const plan = JSON.parse(outputValues(result({ plan: [...kept, change('create', 'role r')] })).plan ?? '') as { action: string }[]
  expect(plan.length).toBeLessThan(2001)
  expect(plan[0]?.action).toBe('create')
})

test('every output that is declared has a value', () => {
  expect([...Object.keys(outputValues(result({ nextRelease: 5, previousRelease: 3, releaseState: 'live', swept: [] }))), 'plan-file'].sort()).toEqual(Object.keys(outputs).sort())
})
