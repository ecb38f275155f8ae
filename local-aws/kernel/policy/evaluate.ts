import type { PolicyDocument, PolicyStatement } from '../settings.ts'
import type { Need } from './needs.ts'

/** What IAM finds for one need: `allowed`, or why not. */
export type Finding = 'allowed' | 'implicit deny' | 'explicit deny'

/** Evaluates one identity policy as IAM does: a matching Deny wins, else a matching Allow, else nothing. */
export function evaluate(policy: PolicyDocument, need: Need): Finding {
  const statements = asList(policy.Statement).filter((statement) => applies(statement, need))
  if (statements.some(({ Effect }) => Effect === 'Deny')) return 'explicit deny'
  return statements.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'implicit deny'
}

function applies(statement: PolicyStatement, need: Need): boolean {
  const { Action, NotAction, Resource, NotResource } = statement
  const action = Action === undefined ? !some(NotAction, need.action, 'i') : some(Action, need.action, 'i')
  const resource = Resource === undefined ? !some(NotResource, need.resource) : some(Resource, need.resource)
  return action && resource && conditionsHold(statement.Condition ?? {}, need.context ?? {})
}

function conditionsHold(conditions: NonNullable<PolicyStatement['Condition']>, context: NonNullable<Need['context']>): boolean {
  return Object.entries(conditions).every(([operator, keys]) => Object.entries(keys).every(([key, wanted]) => conditionHolds(operator, wanted, lookUp(context, key))))
}

/** A key that the check does not know makes a condition fail, unless its operator ends in IfExists or is a negation. */
function conditionHolds(operator: string, wanted: string | readonly string[], given: string | readonly string[] | undefined): boolean {
  const optional = operator.endsWith('IfExists')
  const [set, name] = /^(ForAllValues:|ForAnyValue:)?(.+?)(?:IfExists)?$/.exec(operator)?.slice(1) ?? []
  if (name === 'Null') return asList(wanted)[0] === String(given === undefined)
  const negated = name?.includes('Not') === true
  const values = given === undefined ? [] : asList(given)
  if (values.length === 0) return optional || negated || set === 'ForAllValues:'
  const hits = (value: string): boolean => asList(wanted).some((pattern) => compare(name ?? '', pattern, value))
  const verdicts = values.map((value) => (negated ? !hits(value) : hits(value)))
  return set === 'ForAllValues:' || negated ? verdicts.every(Boolean) : verdicts.some(Boolean)
}

function compare(operator: string, wanted: string, given: string): boolean {
  switch (operator) {
    case 'StringEquals':
    case 'StringNotEquals':
    case 'Bool':
      return wanted === given
    case 'StringEqualsIgnoreCase':
    case 'StringNotEqualsIgnoreCase':
      return wanted.toLowerCase() === given.toLowerCase()
    case 'StringLike':
    case 'StringNotLike':
    case 'ArnLike':
    case 'ArnEquals':
    case 'ArnNotLike':
    case 'ArnNotEquals':
      return glob(wanted, given)
    default:
      throw new RangeError(`Local AWS does not evaluate the condition operator "${operator}".`)
  }
}

function lookUp(context: NonNullable<Need['context']>, key: string): string | readonly string[] | undefined {
  // Names of condition keys do not distinguish case (IAM user guide, "Condition keys").
  const name = Object.keys(context).find((known) => known.toLowerCase() === key.toLowerCase())
  return name === undefined ? undefined : context[name]
}

function some(patterns: string | readonly string[] | undefined, text: string, flags = ''): boolean {
  return asList(patterns ?? []).some((pattern) => glob(pattern, text, flags))
}

function glob(pattern: string, text: string, flags = ''): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')
  return new RegExp(`^${source}$`, `s${flags}`).test(text)
}

function asList<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T]
}
