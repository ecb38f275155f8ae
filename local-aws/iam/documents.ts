import { AwsError, type Call } from '../kernel/call.ts'
import { textOf } from '../kernel/text.ts'

/**
 * A policy document must be JSON: MalformedPolicyDocument "This policy contains invalid Json" (terraform-provider-aws issue 11801 and many others show this text).
 * The engine stores anything as a trust policy.
 */
export function checkDocument(member: string): (call: Call) => void {
  return ({ params }) => {
    const document = params[member]
    if (document === undefined || isJsonObject(textOf(document))) return
    throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json')
  }
}

function isJsonObject(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json)
  } catch {
    return false
  }
}
