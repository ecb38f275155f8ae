import type { Method } from '@aws-sdk/client-api-gateway'
import { notSet, type FieldDiff } from '../../../change.ts'
import { UserError } from '../../../errors.ts'
import type { JoinedApi } from '../../../service/service.ts'
import { functionNameOf, methodName, type MethodProblem, type MethodSpec } from './method.ts'
import type { Tree } from './tree.ts'

/** What a method of somebody else's has, and loses when it becomes a route of ours: methods are replaced whole. */
export function lossesOf(method: Method): FieldDiff[] {
  const { authorizationType = 'NONE', authorizerId, apiKeyRequired, requestModels = {}, requestValidatorId, methodIntegration } = method
  const templates = Object.keys(methodIntegration?.requestTemplates ?? {})
  const integration = functionNameOf(methodIntegration?.uri) ?? methodIntegration?.uri ?? methodIntegration?.type
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['integration', integration],
    ['authorizer', authorizationType === 'NONE' ? undefined : authorizerId ?? authorizationType],
    ['api-key', apiKeyRequired === true ? 'required' : undefined],
    ['models', Object.values(requestModels).join(', ') || undefined],
    ['request-validator', requestValidatorId],
    ['mapping-templates', templates.join(', ') || undefined],
  ]
  return rows.flatMap(([field, from]) => (from === undefined ? [] : [{ field: `loses ${field}`, from, to: notSet }]))
}

interface Put {
  readonly do: string
  readonly spec?: MethodSpec
  readonly problem?: MethodProblem
}

/**
 * Refuses to take over methods of a joined API unless that is asked for.
 * @throws UserError
 */
export function refuseForeignRoutes(joined: JoinedApi | undefined, tree: Tree, puts: readonly Put[]): void {
  if (joined === undefined || joined.adopts) return
  const foreign = puts.flatMap(({ spec, problem }) => (spec !== undefined && problem === 'not marked' ? [spec] : []))
  if (foreign.length === 0) return
  const told = foreign.map((spec) => {
    const losses = lossesOf(tree.get(spec.path)?.methods[spec.method] ?? {})
    return `${methodName(spec)} (${losses.map(({ field, from }) => `${field} ${from}`).join(', ')})`
  })
  throw new UserError({
    what: `API ${joined.id} has routes of the config already, which this service did not make: ${told.join('; ')}.`,
    why: 'They would be replaced, with what they have.',
    cure:
      'To take them over, write `api: { join: true }`, or the input `adopt-routes: true`; ' +
      'a run with `command: plan` shows what they lose. Or take them out of the config.',
    docs: 'ownership.md#join-an-api',
  })
}
