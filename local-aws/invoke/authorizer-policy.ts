import { arnLike } from './permission.ts'

/** Judges a method by the policy that a Lambda authorizer returned (developer guide, output of a Lambda authorizer). */
export function allowedByPolicy(document: unknown, methodArn: string): 'allow' | 'deny' | 'none' {
  const { Statement } = (document ?? {}) as { Statement?: unknown }
  const matching = list(Statement).filter((statement) => {
    const { Action, Resource } = statement as { Action?: unknown; Resource?: unknown }
    const actions = list(Action).map(String)
    const resources = list(Resource).map(String)
    const invokes = actions.some((one) => ['execute-api:invoke', 'execute-api:*', '*'].includes(one.toLowerCase()))
    return invokes && resources.some((one) => one === '*' || arnLike(one, methodArn))
  })
  const effects = matching.map((statement) => (statement as { Effect?: unknown }).Effect)
  if (effects.includes('Deny')) return 'deny'
  return effects.includes('Allow') ? 'allow' : 'none'
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
