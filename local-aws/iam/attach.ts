import { AwsError, type Call } from '../kernel/call.ts'
import { textOf } from '../kernel/text.ts'
import { askIam } from './ask.ts'

/**
 * A policy must exist before it can be attached: NoSuchEntity "Policy … does not exist or is not attachable." (terraform-provider-aws
 * issues show this text;
 * the engine attaches anything). An ARN that is none: InvalidInput; its text is unverified. The engine knows AWS's managed policies by
 * name.
 */
export async function checkPolicyExists({ account, params }: Call): Promise<void> {
  const arn = textOf(params['PolicyArn'])
  if (!/^arn:[\w-]+:iam::(aws|\d{12}):policy\/.+$/.test(arn)) throw new AwsError('InvalidInput', `ARN ${arn} is not valid.`)
  const policy = await askIam(account, 'GetPolicy', { PolicyArn: arn })
  if (!policy.ok) throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, { status: 404 })
}
