import { describe, expect, test } from '@jest/globals'
import { apiGatewayRules } from './engine-rules/api-gateway.ts'
import { invokeRules } from './engine-rules/invoke.ts'
import { lambdaRules } from './engine-rules/lambda.ts'
import { replay } from './replay.ts'

const tables = [['Lambda', lambdaRules], ['API Gateway', apiGatewayRules], ['invoke URL', invokeRules]] as const

describe.each(tables)('%s: the front answers as AWS does, the bare engine does not', (_, rules) => {
  test.concurrent.each(rules.map((rule) => [rule.source, rule] as const))('%s', async (_source, rule) => {
    const [front] = await replay(rule)
    expect(front?.difference).toBeUndefined()
    const [engine] = await replay(rule, 'engine')
    // Where the engine does it right by now, the front may hand the rule over to it.
    expect(engine?.difference ?? 'the engine answers as AWS does').not.toBe('the engine answers as AWS does')
  })
})
