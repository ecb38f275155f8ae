import { booleanValue, expectReplace, invalidPath, withKey, type Patch } from './patch.ts'
import type { Method } from './state.ts'

/** A method with UpdateMethod's patches applied (recorded: test_update_method, test_update_method_validation). */
export function patchMethod(method: Method, patches: readonly Patch[]): Method {
  const patched = patches.reduce(patchOne, method)
  const hasAuthorizer = patched.authorizationType === 'CUSTOM' || patched.authorizationType === 'COGNITO_USER_POOLS'
  // An authorizer id for another authorization type is dropped (recorded: skip-auth-id-with-wrong-type).
  return hasAuthorizer ? patched : { ...patched, authorizerId: undefined }
}

/** Texts recorded: test_update_method_validation. */
function patchOne(method: Method, patch: Patch): Method {
  const [member = '', key, ...more] = patch.segments
  if (more.length > 0) throw invalidPath(patch)
  if (key === undefined) return { ...method, ...patchMember(member, patch) }
  switch (member) {
    case 'requestParameters':
      return {
        ...method,
        requestParameters: withKey(method.requestParameters, key, patch.op === 'remove' ? undefined : booleanValue(patch)),
      }
    case 'requestModels':
      return { ...method, requestModels: withKey(method.requestModels, key, patch.op === 'remove' ? undefined : (patch.value ?? '')) }
    default:
      throw invalidPath(patch)
  }
}

/** Texts recorded: test_update_method_validation. */
function patchMember(member: string, patch: Patch): Partial<Method> {
  switch (member) {
    case 'authorizationScopes':
      return { authorizationScopes: patch.op === 'remove' ? undefined : (patch.value ?? '').split(',') }
    case 'apiKeyRequired':
      expectReplace(patch)
      return { apiKeyRequired: booleanValue(patch) }
    case 'authorizationType':
    case 'authorizerId':
    case 'operationName':
    case 'requestValidatorId':
      expectReplace(patch)
      return { [member]: patch.value || undefined }
    default:
      throw invalidPath(patch)
  }
}
