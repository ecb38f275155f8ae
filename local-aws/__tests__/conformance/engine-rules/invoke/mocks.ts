import type { JsonObject, Step } from '../../rows.ts'
import { answeringMock, api, deployed, invoke, method, onRoot, patchStage, replace, said } from '../gateway-steps.ts'
import { agrees, differs, taken } from '../rule.ts'

const misconfigured = said(500, 'Internal server error')
/** An API with a mock on GET of the root. */
const mocked = (template: string, input: JsonObject = {}): Step[] => [
  api(),
  method(),
  onRoot('PutIntegration', { type: 'MOCK', requestTemplates: { 'application/json': template } }),
  onRoot('PutMethodResponse', { statusCode: '200' }),
  onRoot('PutIntegrationResponse', { statusCode: '200', ...input }),
  deployed(),
]

/** Mocks and templates. */
export const mocks = [
  agrees({
    fact: 'a mock answers',
    source: 'developer guide, mock integrations',
    given: [api(), ...answeringMock, deployed()],
    when: invoke(),
    answer: taken(200),
  }),
  differs({
    fact: 'a mock without a status',
    source: 'developer guide, mock integrations',
    given: mocked('{}'),
    when: invoke(),
    answer: misconfigured,
  }),
  differs({
    fact: 'a mock whose status no response has',
    source: 'developer guide, mock integrations',
    given: mocked('{"statusCode": 404}', { selectionPattern: '200' }),
    when: invoke(),
    answer: misconfigured,
  }),
  differs({
    fact: 'a template that reads a body that is no JSON',
    source: 'developer guide, mapping template reference: $input.json',
    given: [
      api(), method({ httpMethod: 'POST' }),
      onRoot('PutIntegration', {
        httpMethod: 'POST',
        type: 'MOCK',
        requestTemplates: { 'application/json': `{"statusCode": 200, "x": $input.json('$.x')}` },
      }),
      onRoot('PutMethodResponse', { httpMethod: 'POST', statusCode: '200' }), onRoot('PutIntegrationResponse', { httpMethod: 'POST', statusCode: '200' }), deployed(),
    ],
    when: invoke('/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{oops' }),
    answer: misconfigured,
  }),
]

/** What a stage does to its traffic. */
export const throttling = [
  agrees({
    fact: 'requests over the rate of the stage',
    source: 'developer guide, throttling',
    given: [...mocked('{"statusCode": 200}'), patchStage(replace('/*/*/throttling/rateLimit', '0'), replace('/*/*/throttling/burstLimit', '0'))],
    when: invoke(),
    answer: said(429, 'Too Many Requests'),
  }),
]
