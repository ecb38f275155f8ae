import { DeleteFunctionCommand, InvokeCommand, type FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { AwsRefusal, isRefusal } from '../../aws/refusal.ts'
import { pause } from '../../cancellation.ts'
import { UserError } from '../../errors.ts'
import { waitUntilSettled } from './readiness.ts'

export const invocableActions = ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction', 'lambda:DeleteFunction'] as const

/** How long a version may take to come back (up to 90 s were seen: BeeSolve/lambda-keep-active). */
const patience = 5 * 60_000

/**
 * Waits until a version can be called, so that no alias or stage moves to one that cannot. What nothing has called for weeks is Inactive:
 * "when you invoke an inactive function it fails and Lambda sets it to Pending" until it is there again (developer guide, function states).
 * A version whose creation failed stays Failed for good; no alias can name it, so it is removed, and the next run publishes another.
 * @throws UserError where it cannot be called
 */
export async function waitUntilInvocable(aws: Aws, FunctionName: string, Qualifier: string): Promise<void> {
  const start = performance.now()
  for (;;) {
    const version = await waitUntilSettled(aws, FunctionName, Qualifier)
    // An answer without a state is that of a version which has always been active.
    if (version.State === undefined || version.State === 'Active') return refuseFailedUpdate(FunctionName, Qualifier, version)
    if (version.State === 'Failed') throw await removed(aws, version, { FunctionName, Qualifier })
    if (version.State !== 'Inactive' || performance.now() - start > patience) throw notInvocable(version, { FunctionName, Qualifier })
    await wake(aws, FunctionName, Qualifier)
    await pause(1_000)
  }
}

interface VersionName {
  readonly FunctionName: string
  readonly Qualifier: string
}

/** An Inactive version refuses this very call, and is set up again for it (boto3#3788, aws/aws-cdk#20123). */
async function wake(aws: Aws, FunctionName: string, Qualifier: string): Promise<void> {
  try {
    await aws.lambda(new InvokeCommand({ FunctionName, Qualifier, Payload: '{}' }))
  } catch (error) {
    if (isRefusal(error, 'CodeArtifactUserPendingException', 'ResourceNotReadyException', 'ResourceConflictException')) return
    if (!(error instanceof AwsRefusal) || error.status !== 403) throw error
    throw new UserError({
      what: `Version ${Qualifier} of ${FunctionName} is Inactive, and the credentials may not wake it.`,
      why: `Lambda sets up again what nothing has called for weeks when it is called, and refuses that call. ${error.text.what}.`,
      cure: 'Allow lambda:InvokeFunction on it, or call it once ' +
        `(aws lambda invoke --function-name ${FunctionName}:${Qualifier} out.json); then run the job again.`,
    }, { cause: error })
  }
}

function refuseFailedUpdate(name: string, number: string, { LastUpdateStatus, LastUpdateStatusReason }: FunctionConfiguration): void {
  if (LastUpdateStatus !== 'Failed') return
  throw new UserError({
    what: `Lambda could not bring version ${number} of ${name} up: ${LastUpdateStatusReason ?? 'no reason given'}`,
    cure: 'What was live before still serves. Fix the cause and run the job again.',
  })
}

function notInvocable({ State, StateReason }: FunctionConfiguration, { FunctionName, Qualifier }: VersionName): UserError {
  return new UserError({
    what: `Version ${Qualifier} of ${FunctionName} cannot go live: it is ${State}.`,
    why: StateReason ?? 'Lambda gives no reason.',
    cure: 'What was live before still serves. Look at the version in the Lambda console, then run the job again.',
  })
}

/** PublishVersion would give the failed version again and again while $LATEST stays the same (terraform-provider-aws#49904). */
async function removed(aws: Aws, version: FunctionConfiguration, { FunctionName, Qualifier }: VersionName): Promise<UserError> {
  await aws.lambda(new DeleteFunctionCommand({ FunctionName, Qualifier }))
  return new UserError({
    what: `Lambda could not bring version ${Qualifier} of ${FunctionName} up: ${version.StateReason ?? 'no reason given'}`,
    why: version.StateReasonCode ?? 'Lambda gives no reason code.',
    cure: 'The version is removed and never served; what was live before still serves. Fix the cause and run the job again: ' +
      'it publishes another.',
  })
}
