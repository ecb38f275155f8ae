import { AwsError, type Call } from '../kernel/call.ts'
import { textOf } from '../kernel/text.ts'

type Statement = Readonly<Record<string, unknown>>

/** What a statement of one kind of document must not be like, and what AWS says of it. */
type Mistakes = readonly (readonly [isMade: (statement: Statement) => boolean, message: string])[]

/** A role's trust policy (text: cloudposse/terraform-aws-cloudwatch-logs issue 7, terraform-aws-modules/terraform-aws-iam issue 47). */
const ofTrust: Mistakes = [
  [
    ({ Principal, NotPrincipal }) => (Principal ?? NotPrincipal) === undefined,
    'Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!',
  ],
]

/** A policy of an identity (texts: hashicorp/terraform issue 13449, terraform-aws-modules/terraform-aws-iam issue 364). */
const ofIdentity: Mistakes = [
  [({ Principal, NotPrincipal }) => (Principal ?? NotPrincipal) !== undefined, 'Policy document should not specify a principal.'],
  [({ Resource, NotResource }) => (Resource ?? NotResource) === undefined, 'Policy statement must contain resources.'],
]

/** Checks a trust policy, which the engine stores whatever it is. */
export const checkTrust = (member: string) => checkDocument(member, ofTrust)

/** Checks an inline or managed policy. */
export const checkIdentityPolicy = (member: string) => checkDocument(member, ofIdentity)

/**
 * A policy document must be JSON: MalformedPolicyDocument "This policy contains invalid Json" (terraform-provider-aws issue 11801 and many
 * others show this text).
 */
function checkDocument(member: string, mistakes: Mistakes): (call: Call) => void {
  return ({ params }) => {
    const given = params[member]
    if (given === undefined) return
    const document = jsonObject(textOf(given))
    if (document === undefined) throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json')
    const statements = [document['Statement'] ?? []].flat().filter((each): each is Statement => typeof each === 'object' && each !== null)
    const mistake = mistakes.find(([isMade]) => statements.some(isMade))
    if (mistake !== undefined) throw new AwsError('MalformedPolicyDocument', mistake[1])
  }
}

function jsonObject(text: string): Statement | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Statement) : undefined
  } catch {
    return undefined
  }
}
