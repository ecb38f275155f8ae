import type { JsonObject } from '../../rows.ts'
import { badRequest, conflict, live, notFound, replace } from '../gateway-steps.ts'
import { agrees, differs, step, taken } from '../rule.ts'

const key = (input: JsonObject = {}) => step('apigateway CreateApiKey', { name: 'k', enabled: true, ...input })
const plan = (input: JsonObject = {}) => step('apigateway CreateUsagePlan', { name: 'p', ...input })
const planKey = step('apigateway CreateUsagePlanKey', { usagePlanId: '{{0.id}}', keyId: '{{1.id}}', keyType: 'API_KEY' })
const updatePlan = (path: string, value = 'x') => step('apigateway UpdateUsagePlan', { usagePlanId: '{{0.id}}', patchOperations: [replace(path, value)] })

/** API keys. */
export const apiKeys = [
  agrees({ fact: 'CreateApiKey', source: 'LocalStack, test_get_api_keys', when: key(), answer: taken(201, 'k', 'name') }),
  differs({
    fact: 'a value that another key has',
    source: 'API reference, CreateApiKey: ConflictException',
    given: [key({ value: 'k'.repeat(20) })],
    when: key({ value: 'k'.repeat(20) }),
    answer: conflict(),
  }),
  agrees({
    fact: 'a value of less than 20 characters',
    source: 'LocalStack, test_create_api_key_with_invalid_value',
    when: key({ value: 'short' }),
    answer: badRequest('API Key value should be at least 20 characters'),
  }),
  differs({
    fact: 'a value of more than 128 characters',
    source: 'LocalStack, test_create_api_key_with_invalid_value',
    when: key({ value: 'k'.repeat(129) }),
    answer: badRequest('API Key value exceeds maximum size of 128 characters'),
  }),
  differs({
    fact: 'a name of more than 1,024 characters',
    source: 'LocalStack, test_create_api_key_with_invalid_name',
    when: key({ name: 'k'.repeat(1025) }),
    answer: badRequest('Invalid API Key name, can be at most 1024 characters.'),
  }),
  differs({
    fact: 'a description of more than 125,000 characters',
    source: 'LocalStack, test_update_api_key_invalid_description_length',
    when: key({ description: 'k'.repeat(125_001) }),
    answer: badRequest('Invalid API Key description specified.'),
  }),
  agrees({
    fact: 'a key that does not exist',
    source: 'Zappa issue 1876',
    when: step('apigateway GetApiKey', { apiKey: 'abcdef1234' }),
    answer: notFound('Invalid API Key identifier specified'),
  }),
]

/** Usage plans and the keys in them. */
export const usagePlans = [
  agrees({ fact: 'CreateUsagePlan', source: 'LocalStack, test_usage_plan_crud', when: plan(), answer: taken(201, 'p', 'name') }),
  differs({
    fact: 'a plan that does not exist',
    source: 'LocalStack, test_usage_plan_crud',
    when: step('apigateway GetUsagePlan', { usagePlanId: 'abcdef' }),
    answer: notFound('Invalid Usage Plan ID specified'),
  }),
  differs({
    fact: 'a path that a plan does not have',
    source: 'API reference, patch operations of UpdateUsagePlan',
    given: [plan()],
    when: updatePlan('/nothing'),
    answer: badRequest(),
  }),
  differs({
    fact: 'a throttle without a member',
    source: 'API reference, patch operations of UpdateUsagePlan',
    given: [plan()],
    when: updatePlan('/throttle'),
    answer: badRequest(),
  }),
  differs({
    fact: 'a stage that does not exist',
    source: 'LocalStack, test_usage_plan_crud',
    when: plan({ apiStages: [{ apiId: 'abcdef1234', stage: 'v1' }] }),
    answer: notFound(),
  }),
  differs({
    fact: 'a plan with stages cannot be deleted',
    source: 'unverified text: developer guide, usage plans',
    given: [...live, plan({ apiStages: [{ apiId: '{{0.id}}', stage: 'v1' }] })],
    when: step('apigateway DeleteUsagePlan', { usagePlanId: '{{4.id}}' }),
    answer: badRequest(),
  }),
  differs({
    fact: 'a key that does not exist, in a plan',
    source: 'LocalStack, test_get_usage_plan_api_keys',
    given: [plan()],
    when: step('apigateway CreateUsagePlanKey', { usagePlanId: '{{0.id}}', keyId: 'abcdef1234', keyType: 'API_KEY' }),
    answer: notFound(),
  }),
  differs({
    fact: 'a key twice in a plan',
    source: 'API reference, CreateUsagePlanKey: ConflictException',
    given: [plan(), key(), planKey],
    when: planKey,
    answer: conflict(),
  }),
  differs({
    fact: 'a key that is not in the plan',
    source: 'LocalStack, test_get_usage_plan_api_keys',
    given: [plan(), key()],
    when: step('apigateway DeleteUsagePlanKey', { usagePlanId: '{{0.id}}', keyId: '{{1.id}}' }),
    answer: notFound(),
  }),
]
