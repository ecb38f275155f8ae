import type { PolicyDocument, PolicyStatement } from '../settings.ts'
import { operatorOf } from './conditions.ts'

/**
 * Throws RangeError that names what is wrong, so that a policy with a mistake is refused when it is set and not at every call (IAM user
 * guide, "Grammar of the IAM JSON policy language").
 */
export function checkPolicyDocument(value: unknown, name: string): asserts value is PolicyDocument {
  const { Version, Statement } = isObject(value) ? value : {}
  if (Statement === undefined || !isObject(Statement))
    throw new RangeError(`Setting "${name}" must be an IAM policy document with a Statement, or null.`)
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17')
    throw new RangeError(`Setting "${name}": there is no Version ${JSON.stringify(Version)}; there are 2012-10-17 and 2008-10-17.`)
  for (const statement of [Statement].flat()) {
    const mistake = isObject(statement) ? mistakeIn(statement) : 'it is no object'
    if (mistake !== undefined) throw new RangeError(`Setting "${name}", statement ${JSON.stringify(statement)}: ${mistake}.`)
  }
}

function mistakeIn(statement: Readonly<Record<string, unknown>>): string | undefined {
  const { Effect, Condition } = statement as Partial<PolicyStatement>
  if (Effect !== 'Allow' && Effect !== 'Deny') return 'Effect must be Allow or Deny'
  for (const key of ['Action', 'Resource']) {
    const given = [key, `Not${key}`].filter((each) => statement[each] !== undefined)
    if (given.length !== 1) return `it needs one of ${key} and Not${key}`
    if (![statement[given[0] ?? '']].flat().every((each) => typeof each === 'string'))
      return `${given[0] ?? ''} must be a string or a list of strings`
  }
  const wrong = Object.keys(Condition ?? {}).find((operator) => operatorOf(operator) === undefined)
  return wrong === undefined ? undefined : `the condition operator "${wrong}" is not evaluated`
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
