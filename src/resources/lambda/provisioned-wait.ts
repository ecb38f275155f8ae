import { GetProvisionedConcurrencyConfigCommand } from '@aws-sdk/client-lambda'
import { pause } from '../../cancellation.ts'
import { UserError } from '../../errors.ts'
import type { ApplyContext } from '../step.ts'

/** AWS says that it takes a minute or two; a function in a VPC, or hundreds of environments, take longer. In milliseconds. */
const patience = 20 * 60_000

interface Waiting {
  readonly functionName: string
  readonly alias: string
}

/**
 * Waits until the provisioned concurrency of an alias is READY, and tells how far it is.
 * @throws UserError where it is FAILED, or takes too long
 */
export async function waitUntilProvisioned({ aws, progress }: ApplyContext, { functionName, alias }: Waiting): Promise<void> {
  const start = performance.now()
  let told: number | undefined
  for (let interval = 500; ; interval = Math.min(interval * 1.5, 5_000)) {
    const now = await aws.lambda(new GetProvisionedConcurrencyConfigCommand({ FunctionName: functionName, Qualifier: alias }))
    const { Status, StatusReason, AllocatedProvisionedConcurrentExecutions: there = 0, RequestedProvisionedConcurrentExecutions: all } = now
    if (Status === 'READY') return
    const name = `${functionName}:${alias}`
    if (Status === 'FAILED') throw failed(name, StatusReason)
    if (told !== there) progress.info(`Provisioned concurrency of ${name}: ${there} of ${all} environments are initialized.`)
    told = there
    if (performance.now() - start > patience) {
      throw new UserError({
        what: `The provisioned concurrency of ${name} is not READY after 20 minutes: ${there} of ${all} environments are initialized.`,
        cure: 'What was live before still serves. Look at the alias in the Lambda console, then run the job again.',
        docs,
      })
    }
    await pause(interval)
  }
}

const docs = 'releases.md#provisioned-concurrency'

/** FUNCTION_ERROR_INIT_FAILURE was recorded (test_provisioned_concurrency_init_failure). */
function failed(name: string, reason: string | undefined): UserError {
  const isCode = reason?.includes('INIT_FAILURE') === true
  const [functionName = ''] = name.split(':')
  return new UserError({
    what: `Lambda could not initialize the provisioned concurrency of ${name}: ${reason ?? 'it gives no reason'}`,
    why: isCode ? "The handler's module fails while it is loaded, before any request." : 'Lambda has given it up.',
    cure:
      (isCode ? `Read the function's log, /aws/lambda/${functionName}, fix the code and deploy again.` : 'Run the job again.') +
      ' What was live before still serves.',
    docs,
  })
}
