import { api, badRequest, child, live, notFound, onApi, quotaReached } from '../gateway-steps.ts'
import { agrees, differs, step, taken } from '../rule.ts'

const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

/** Tags, and where they are shown. */
export const tags = [
  differs({
    fact: 'GetRestApi shows the tags of TagResource',
    source: 'API reference, RestApi',
    given: [api(), step('apigateway TagResource', { resourceArn: 'arn:aws:apigateway:{{region}}::/restapis/{{0.id}}', tags: { a: 'b' } })],
    when: onApi('GetRestApi'),
    answer: taken(200, { a: 'b' }, 'tags'),
  }),
  differs({
    fact: 'GetRestApis shows the tags of TagResource',
    source: 'LocalStack, test_list_and_delete_apis',
    given: [api(), step('apigateway TagResource', { resourceArn: 'arn:aws:apigateway:{{region}}::/restapis/{{0.id}}', tags: { a: 'b' } })],
    when: step('apigateway GetRestApis'),
    answer: taken(200, { a: 'b' }, 'items.0.tags'),
  }),
  differs({
    fact: 'GetStage shows the tags of TagResource',
    source: 'API reference, Stage',
    given: [...live, step('apigateway TagResource', { resourceArn: 'arn:aws:apigateway:{{region}}::/restapis/{{0.id}}/stages/v1', tags: { a: 'b' } })],
    when: onApi('GetStage', { stageName: 'v1' }),
    answer: taken(200, { a: 'b' }, 'tags'),
  }),
  differs({
    fact: 'more than 50 tags',
    source: 'unverified text: developer guide, tagging restrictions',
    when: api({ tags: Object.fromEntries(many(51, (at) => [`k${at}`, 'v'])) }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a value of more than 256 characters',
    source: 'unverified text: developer guide, tagging restrictions',
    when: api({ tags: { a: 'x'.repeat(257) } }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a key that starts with aws:',
    source: 'unverified text: developer guide, tagging restrictions',
    when: api({ tags: { 'aws:a': 'b' } }),
    answer: badRequest(),
  }),
  agrees({
    fact: 'tags on what is no ARN of API Gateway',
    source: 'unverified text: developer guide, ARN format',
    when: step('apigateway GetTags', { resourceArn: 'arn:aws:apigateway:{{region}}' }),
    answer: badRequest(),
  }),
  agrees({
    fact: 'tags on a kind that bears none',
    source: 'unverified text: developer guide, ARN format',
    when: step('apigateway GetTags', { resourceArn: 'arn:aws:apigateway:{{region}}::/nothing/abcdef' }),
    answer: badRequest(),
  }),
  agrees({
    fact: 'tags on an API that does not exist',
    source: 'LocalStack, test_get_api_case_insensitive',
    when: step('apigateway GetTags', { resourceArn: 'arn:aws:apigateway:{{region}}::/restapis/abcdef1234' }),
    answer: notFound(),
  }),
  agrees({
    fact: 'tags on a usage plan that does not exist',
    source: 'API reference, GetTags: NotFoundException',
    when: step('apigateway GetTags', { resourceArn: 'arn:aws:apigateway:{{region}}::/usageplans/abcdef' }),
    answer: notFound(),
  }),
]

/** The quotas share their status with throttling, and waiting never helps. */
export const quotas = [
  differs({
    fact: 'the 301st resource',
    source: 'boto3 issue 1296',
    given: [api(), ...many(299, (at) => child(`p${at}`))],
    when: child('last'),
    answer: quotaReached('Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.'),
  }),
  differs({
    fact: 'the 11th stage',
    source: 'developer guide, quotas; the text follows that of resources (boto3 issue 1296)',
    given: [...live, ...many(9, (at) => onApi('CreateStage', { stageName: `s${at}`, deploymentId: '{{3.id}}' }))],
    when: onApi('CreateStage', { stageName: 'last', deploymentId: '{{3.id}}' }),
    answer: quotaReached(),
  }),
]
