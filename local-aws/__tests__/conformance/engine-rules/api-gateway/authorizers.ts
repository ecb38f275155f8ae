import type { Step } from '../../rows.ts'
import { api, badRequest, conflict, functionUri, method, notFound, onApi, patched, quotaReached, replace } from '../gateway-steps.ts'
import { agrees, differs, taken } from '../rule.ts'

const pool = ['arn:aws:cognito-idp:eu-west-1:000000000000:userpool/p']
const token = { type: 'TOKEN', authorizerUri: functionUri('f'), identitySource: 'method.request.header.Authorization' }
const create = (input: Parameters<typeof onApi>[1]): Step => onApi('CreateAuthorizer', { name: 'a', ...input })

/** Authorizers. */
export const authorizers = [
  agrees({
    fact: 'CreateAuthorizer',
    source: 'LocalStack, test_authorizer_crud',
    given: [api()],
    when: create(token),
    answer: taken(201, 'TOKEN', 'type'),
  }),
  differs({
    fact: 'the 11th authorizer',
    source: 'developer guide, quotas; the text follows that of resources (boto3 issue 1296)',
    given: [api(), ...Array.from({ length: 10 }, (_, at) => create({ ...token, name: `a${at}` }))],
    when: create({ ...token, name: 'last' }),
    answer: quotaReached(),
  }),
  differs({
    fact: 'an authorizer of a name that is taken',
    source: 'users of Terraform and Pulumi report this text',
    given: [api(), create(token)],
    when: create(token),
    answer: badRequest('Authorizer name must be unique. Authorizer a already exists in this RestApi.'),
  }),
  differs({
    fact: 'an authorizer of an API that does not exist reads as a passing conflict',
    source: 'LocalStack, test_authorizer_crud_no_api',
    when: create({ ...token, restApiId: 'abcdef1234' }),
    answer: conflict('Unable to complete operation due to concurrent modification. Please try again later.'),
  }),
  differs({
    fact: 'a user pool authorizer without pools',
    source: 'unverified text: API reference, CreateAuthorizer',
    given: [api()],
    when: create({ type: 'COGNITO_USER_POOLS' }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a token authorizer without a function',
    source: 'unverified text: API reference, CreateAuthorizer',
    given: [api()],
    when: create({ type: 'TOKEN', identitySource: token.identitySource }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a token authorizer without an identity source',
    source: 'unverified text: API reference, CreateAuthorizer',
    given: [api()],
    when: create({ type: 'TOKEN', authorizerUri: token.authorizerUri }),
    answer: badRequest(),
  }),
  differs({
    fact: 'results kept for more than an hour',
    source: 'unverified text: API reference, CreateAuthorizer',
    given: [api()],
    when: create({ ...token, authorizerResultTtlInSeconds: 3601 }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a path that an authorizer does not have',
    source: 'API reference, patch operations of UpdateAuthorizer',
    given: [api(), create({ type: 'COGNITO_USER_POOLS', providerARNs: pool })],
    when: patched('UpdateAuthorizer', [replace('/nothing', 'x')], { authorizerId: '{{1.id}}' }),
    answer: badRequest(),
  }),
  differs({
    fact: 'an authorizer that a method names cannot be deleted',
    source: 'unverified text: developer guide, Lambda authorizers',
    given: [api(), create(token), method({ authorizationType: 'CUSTOM', authorizerId: '{{1.id}}' })],
    when: onApi('DeleteAuthorizer', { authorizerId: '{{1.id}}' }),
    answer: conflict(),
  }),
  agrees({
    fact: 'an authorizer that does not exist',
    source: 'API reference, GetAuthorizer: NotFoundException',
    given: [api()],
    when: onApi('GetAuthorizer', { authorizerId: 'abcdef' }),
    answer: notFound(),
  }),
]
