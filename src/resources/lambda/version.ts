import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { pause } from '../../cancellation.ts'
import { holdsClaim } from '../claim.ts'
import { isOtherRuns, OtherRunWon } from '../other-run.ts'
import { known, step, type ApplyContext, type Outcome, type Step, type Task } from '../step.ts'
import { isAtGoal, type FunctionGoal } from './goal.ts'
import { isOwnVersion, isWhollyOurs, markedDescription } from './joined.ts'
import { waitUntilInvocable } from './invocable.ts'
import { isReady, waitUntilReady } from './readiness.ts'
import { withRevision } from './revision.ts'
import type { FunctionState } from './state.ts'
import { isCalled } from './users.ts'

export const versionActions = ['lambda:GetFunctionConfiguration', 'lambda:PublishVersion', 'lambda:DeleteFunction'] as const

/** How often $LATEST is written again where another run, which gives way, has written it. */
const attempts = 10

/**
 * Publishes $LATEST as it is when `needs` are done; the version's number is known after apply, in `ids.versions`.
 * @param again leads $LATEST to the goal where another run has changed it
 */
export function planPublish(goal: FunctionGoal, needs: readonly Task[], again: (context: ApplyContext) => Promise<void>): Step {
  return step({
    id: `function/${goal.spec.name}/version`, kind: 'function version', name: goal.spec.name, action: 'create', phase: 'prepare', needs,
    reason: 'what goes live is a published version',
    apply: async (context) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await publishLatest(context, goal)
        } catch (error) {
          const isOthers = error instanceof OtherRunWon || isOtherRuns(error)
          if (!isOthers || attempt === attempts || !(await holdsClaim(context))) throw error
        }
        context.progress.warning(`Another run has written ${goal.spec.name} meanwhile; writing it again (${attempt} of ${attempts}).`)
        await pause(500 * attempt + Math.random() * 1_000)
        await again(context)
      }
    },
  })
}

async function publishLatest({ aws, ids, service, progress }: ApplyContext, { spec, code }: FunctionGoal): Promise<void> {
  const latest = await waitUntilReady(aws, spec.name)
  const roleArn = known(ids.roleArns.get(spec.name), `the role of ${spec.name}`)
  // CodeSha256 guards the code alone; somebody else's settings must not go live as ours.
  if (!isAtGoal({ spec, code, roleArn }, latest)) {
    throw new OtherRunWon(service, `What stands in $LATEST of ${spec.name} now is not what this run has written.`)
  }
  const look = async () => {
    const now = await waitUntilReady(aws, spec.name)
    return isAtGoal({ spec, code, roleArn }, now) ? now : undefined
  }
  if (latest.SnapStart?.ApplyOn === 'PublishedVersions') {
    progress.info(`Lambda takes a snapshot of the new version of ${spec.name} (SnapStart), which may take minutes.`)
  }
  const description = spec.found === undefined ? undefined : markedDescription(latest.Description)
  const send = (revisionId: string | undefined) => publish(aws, spec.name, { sha256: code.sha256, revisionId, description })
  ids.versions.set(spec.name, await withRevision(latest.RevisionId, send, look))
}

/** The code that a version is to hold, and the revision of $LATEST that has it. */
interface Publication {
  readonly sha256: string
  readonly revisionId: string | undefined
  /** In place of the function's own. */
  readonly description: string | undefined
}

/**
 * PublishVersion with CodeSha256 and RevisionId, so that nobody else's write gets published as ours.
 * @returns the version's number, once it can be called
 */
export async function publish(aws: Aws, name: string, { sha256, revisionId, description }: Publication): Promise<string> {
  const input = { FunctionName: name, CodeSha256: sha256, Description: description }
  const send = (RevisionId: string | undefined, lookups: number): Promise<FunctionConfiguration> =>
    aws.lambda(new PublishVersionCommand({ ...input, RevisionId }), lookups === 0 ? {} : {
      // A lost answer may have published. Publishing again gives the same number, but asks for the RevisionId of now.
      lookup: async () => send((await aws.lambda(new GetFunctionConfigurationCommand({ FunctionName: name }))).RevisionId, lookups - 1),
    })
  const version = await send(revisionId, 3)
  const number = known(version.Version, `the version of ${name}`)
  if (!isReady(version)) await waitUntilInvocable(aws, name, number)
  return number
}

/** The deletion of one version. */
export interface VersionDeletion extends Step {
  readonly version: string
}

/**
 * Deletes the published versions that nothing needs: no alias names them and no kept release of any stage served them. What somebody calls
 * by its number is left. Of a function that was taken over only those go that we have published.
 */
export function planVersionPrune(state: FunctionState, needed: ReadonlySet<string>): VersionDeletion[] {
  const own = isWhollyOurs(state) ? state.versions : state.versions.filter(isOwnVersion)
  const surplus = own.map((version) => version.Version ?? '').filter((version) => version !== '' && !needed.has(version))
  return surplus.map((version) => ({
    version,
    ...step({
      id: `function/${state.name}/version/${version}`, kind: 'function version', name: `${state.name}:${version}`,
      action: 'delete', phase: 'prune', reason: 'no alias and no kept release names it',
      apply: ({ aws }) => deleteVersion(aws, state.name, version),
    }),
  }))
}

async function deleteVersion(aws: Aws, FunctionName: string, Qualifier: string): Promise<Outcome> {
  if (await isCalled(aws, FunctionName, Qualifier)) return 'left'
  try {
    await orUndefined(aws.lambda(new DeleteFunctionCommand({ FunctionName, Qualifier })))
  } catch (error) {
    // An alias that another run has put on it meanwhile (409, go-lambda-cleanup#45): then it is needed after all.
    if (!isRefusal(error, 'ResourceConflictException')) throw error
    return 'left'
  }
}
