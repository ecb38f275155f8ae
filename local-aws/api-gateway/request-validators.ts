import type { Call, Output } from '../kernel/call.ts'
import { badRequest, notFound } from './errors.ts'
import { findApi, findApiOf } from './find.ts'
import { newId } from './ids.ts'
import { page, pageOutput } from './paging.ts'
import { booleanValue, expectReplaceOf, patchesOf } from './patch.ts'
import { gatewayOf, type Api, type RequestValidator } from './state.ts'

const NO_VALIDATOR = 'Invalid Request Validator identifier specified'

/** Recorded: test_request_validator_lifecycle; an unknown API is a 400 with a text of its own here (test_validators_crud_no_api). */
export function createRequestValidator(call: Call): Output {
  const { params } = call
  const api = gatewayOf(call).apis.get(String(params.restApiId))
  if (api === undefined) throw badRequest('Invalid REST API identifier specified')
  const { requestValidators } = api.definition
  const validator: RequestValidator = {
    id: newId(6, requestValidators),
    name: params.name as string | undefined,
    validateRequestBody: params.validateRequestBody === true,
    validateRequestParameters: params.validateRequestParameters === true,
  }
  requestValidators.set(validator.id, validator)
  return { ...validator }
}

export function getRequestValidator(call: Call): Output {
  return { ...findValidator(call).validator }
}

export function getRequestValidators(call: Call): Output {
  const { requestValidators } = findApi(call).definition
  return pageOutput(page(call, requestValidators.values(), ({ id }) => id), (validator) => ({ ...validator }))
}

/** Recorded: test_invalid_update_request_validator_operations. */
export function updateRequestValidator(call: Call): Output {
  const { api, validator } = findValidator(call)
  let next = validator
  for (const patch of patchesOf(call)) {
    expectReplaceOf(patch, ['/name', '/validateRequestParameters', '/validateRequestBody'])
    if (patch.path === '/name' && !patch.value) throw badRequest('Request Validator name cannot be blank')
    next = { ...next, [patch.path.slice(1)]: patch.path === '/name' ? patch.value : booleanValue(patch) }
  }
  api.definition.requestValidators.set(next.id, next)
  return { ...next }
}

export function deleteRequestValidator(call: Call): Output {
  const { api, validator } = findValidator(call)
  api.definition.requestValidators.delete(validator.id)
  return {}
}

/** An unknown API has the validator's text (recorded: test_invalid_get_request_validator). */
function findValidator(call: Call): { api: Api; validator: RequestValidator } {
  const api = findApiOf(call, NO_VALIDATOR)
  const validator = api.definition.requestValidators.get(String(call.params.requestValidatorId))
  if (validator === undefined) throw notFound(NO_VALIDATOR)
  return { api, validator }
}
