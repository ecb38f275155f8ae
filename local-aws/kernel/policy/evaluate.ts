import type { PolicyDocument, PolicyStatement } from '../settings.ts'
import { conditionsHold } from './conditions.ts'
import type { Need } from './needs.ts'
import { fits } from './patterns.ts'

/** What IAM finds for one need: `allowed`, or why not. */
export type Finding = 'allowed' | 'implicit deny' | 'explicit deny'

/** Evaluates one policy as IAM does: a matching Deny wins, else a matching Allow, else nothing. */
export function evaluate(policy: PolicyDocument, need: Need): Finding {
  const hasVariables = policy.Version === '2012-10-17'
  const statements = [policy.Statement].flat().filter((statement) => applies(statement, need, hasVariables))
  if (statements.some(({ Effect }) => Effect === 'Deny')) return 'explicit deny'
  return statements.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'implicit deny'
}

function applies(statement: PolicyStatement, need: Need, hasVariables: boolean): boolean {
  const { Action, NotAction, Resource, NotResource } = statement
  const context = need.context ?? {}
  const some = (patterns: string | readonly string[] | undefined, text: string, flags = ''): boolean =>
    [patterns ?? []].flat().some((pattern) => fits({ text: pattern, context, hasVariables }, text, flags))
  const action = Action === undefined ? !some(NotAction, need.action, 'i') : some(Action, need.action, 'i')
  const resource = Resource === undefined ? !some(NotResource, need.resource) : some(Resource, need.resource)
  return action && resource && conditionsHold(statement.Condition ?? {}, context, hasVariables)
}
