import type { Step } from '../../rows.ts'
import { api, deployed, invoke, liveProxy, method, proxy, said } from '../gateway-steps.ts'
import { onF, permit, python, withCode, withFunction } from '../lambda-steps.ts'
import { agrees, differs, taken } from '../rule.ts'

const failed = said(502, 'Internal server error')
/** Steps 0 to 6: an API before a function whose handler has these lines. */
const handler = (...lines: readonly string[]): Step[] => liveProxy({ Code: { ZipFile: python(...lines) } })
const format = 'LocalStack, test_aws_proxy_response_payload_format_validation'

/** What becomes of a handler's result, and of its failures. */
export const results = [
  differs({
    fact: 'a handler that raises',
    source: 'developer guide, proxy integrations',
    given: handler("raise ValueError('secret')"),
    when: invoke(),
    answer: failed,
  }),
  differs({
    fact: 'a result without statusCode',
    source: format,
    given: handler("return {'text': 'x'}"),
    when: invoke(),
    answer: failed,
  }),
  differs({ fact: 'a result that is a text', source: format, given: handler("return 'text'"), when: invoke(), answer: failed }),
  differs({ fact: 'no result', source: format, given: handler('return None'), when: invoke(), answer: failed }),
  differs({
    fact: 'a body that is an object',
    source: format,
    given: handler("return {'statusCode': 200, 'body': {'a': 1}}"),
    when: invoke(),
    answer: failed,
  }),
  differs({
    fact: 'a status that is none',
    source: format,
    given: handler("return {'statusCode': 'x'}"),
    when: invoke(),
    answer: failed,
  }),
  differs({
    fact: 'a function that is slower than the timeout of the integration',
    source: 'developer guide, INTEGRATION_TIMEOUT',
    given: [
      api(),
      ...withCode(python("__import__('time').sleep(2)", "return {'statusCode': 200}")),
      method(),
      proxy('f', { timeoutInMillis: 50 }),
      permit(),
      deployed(),
    ],
    when: invoke(),
    answer: said(504, 'Endpoint request timed out'),
  }),
  differs({
    fact: 'a body of more than 10 MB',
    source: 'developer guide, quotas',
    given: [api(), ...withFunction(), method({ httpMethod: 'POST' }), proxy('f', { httpMethod: 'POST' }), permit(), deployed()],
    when: invoke('/', { method: 'POST', body: { $long: 10_485_761 } }),
    answer: { status: 413 },
  }),
  differs({
    fact: 'a function that Lambda does not run',
    source: 'unverified: developer guide, Lambda integrations; recorded only for functions that fail otherwise',
    given: [...liveProxy(), onF('PutFunctionConcurrency', { ReservedConcurrentExecutions: 0 })],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  agrees({
    fact: 'a handler answers with status and body',
    source: 'developer guide, proxy integrations',
    given: handler("return {'statusCode': 201, 'body': 'made'}"),
    when: invoke(),
    answer: taken(201, 'made', 'body'),
  }),
  differs({
    fact: 'a function that takes longer than its own timeout',
    source: 'developer guide, proxy integrations',
    given: liveProxy({ Timeout: 1, Code: { ZipFile: python("__import__('time').sleep(3)") } }),
    when: invoke(),
    answer: failed,
  }),
]
