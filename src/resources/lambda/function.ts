import { readFile } from 'node:fs/promises'
import {
  CreateFunctionCommand, DeleteFunctionCommand, GetFunctionCommand, UpdateFunctionCodeCommand, UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import type { FieldDiff } from '../../change.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import type { ServiceId } from '../../service/service.ts'
import { limitUploads } from '../heavy-jobs.ts'
import { OtherRunWon } from '../other-run.ts'
import { refuseUnlessOurs } from '../ownership.ts'
import { goesThroughS3, packageObject, planUpload, planUploadPrune } from '../s3/package-object.ts'
import { known, step, type ApplyContext, type Step, type Task } from '../step.ts'
import { allSettings, allSettingsAgain, settingDiffs, updateInput } from './configuration.ts'
import { leftToPublication } from './contest.ts'
import { architectureOf, codeDiffers, type FunctionGoal } from './goal.ts'
import { isSettled, waitUntilSettled } from './readiness.ts'
import { withRevision } from './revision.ts'
import { handRole, roleWait } from './role-wait.ts'
import { functionTags } from './tags.ts'
import { planPublish } from './version.ts'

export const functionActions = [
  'lambda:CreateFunction',
  'lambda:GetFunction',
  'lambda:GetFunctionConfiguration',
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration',
  'lambda:DeleteFunction',
  'iam:PassRole',
] as const

/** How a function gets a version that it does not have yet. */
export interface NewVersion {
  /** Where the function does not exist yet. */
  readonly create: Step | undefined
  readonly publish: Step
  /** These two, and what stands before and after them. */
  readonly steps: readonly Step[]
}

/** What comes before a function is made, and what before it is written or published. */
interface Before {
  readonly needs: readonly Step[]
  readonly claim: Task
}

/** The changes that lead $LATEST to the wanted code and settings and publish it. */
export function planNewVersion(goal: FunctionGoal, { needs, claim }: Before): NewVersion {
  const { spec, state } = goal
  if (state === undefined) {
    const upload = planUpload(goal)
    const create = step({
      id: `function/${spec.name}`, kind: 'function', name: spec.name, action: 'create', phase: 'prepare', reason: 'does not exist yet',
      needs: [...needs, ...upload],
      apply: (context) => leftToPublication(() => createFunction(context, goal)),
    })
    const publish = planPublish(goal, [create, claim], (context) => writeAgain(context, goal))
    return { create, publish, steps: [...upload, create, publish, ...planUploadPrune(goal)] }
  }
  // A runtime that is past its block date takes no other code: it is left first (node-lambda PR 526; terraform-provider-aws sends the
  // configuration first, always). Nothing calls $LATEST, so that the order is free.
  const isLeaving = state.latest.Runtime !== spec.code.runtime
  const before = [...needs, claim]
  const first = isLeaving ? planConfiguration(goal, state.latest, before) : []
  const code = planCode(goal, state.latest, { needs: [...before, ...first], isFirst: first.length === 0 })
  const configuration = isLeaving ? first : planConfiguration(goal, state.latest, [...before, ...code])
  const publish = planPublish(goal, [...before, ...code, ...configuration], (context) => writeAgain(context, goal))
  const prune = code.length === 0 ? [] : planUploadPrune(goal)
  return { create: undefined, publish, steps: [...code, ...configuration, publish, ...prune] }
}

/** Deletes a function with all its versions, aliases and permissions. */
export function planFunctionDelete(functionName: string): Step {
  return step({
    id: `function/${functionName}`, kind: 'function', name: functionName, action: 'delete', phase: 'prune',
    reason: 'its last stage is gone',
    apply: async ({ aws }) => {
      await orUndefined(aws.lambda(new DeleteFunctionCommand({ FunctionName: functionName })))
    },
  })
}

function planCode(
  goal: FunctionGoal,
  latest: FunctionConfiguration,
  { needs, isFirst }: { readonly needs: readonly Task[]; readonly isFirst: boolean },
): Step[] {
  const { spec, code } = goal
  if (!codeDiffers(spec, code, latest)) return []
  const upload = planUpload(goal)
  const [from, to] = [architectureOf(latest), spec.code.architecture]
  return [...upload, step({
    id: `function/${spec.name}/code`, kind: 'function code', name: spec.name, action: 'update', phase: 'prepare',
    reason: 'the code differs',
    fields: from === to ? [] : [{ field: 'architecture', from, to }],
    needs: [...needs, ...upload],
    apply: (context) => leftToPublication(() => updateCode(context, goal, isFirst && isSettled(latest) ? latest : undefined)),
  })]
}

function planConfiguration(goal: FunctionGoal, latest: FunctionConfiguration, needs: readonly Task[]): Step[] {
  const { spec, roleArn } = goal
  const fields = settingDiffs({ spec, roleArn }, latest)
  const again = whyAllAgain(latest, roleArn)
  if (fields.length === 0 && again === undefined) return []
  return [step({
    id: `function/${spec.name}/configuration`, kind: 'function configuration', name: spec.name, action: 'update', phase: 'prepare',
    reason: again === undefined ? 'settings differ' : isMore(fields) ? `${again}, and settings differ` : again, fields, needs,
    apply: (context) => leftToPublication(() => updateConfiguration(context, goal)),
  })]
}

/** Whether settings differ besides the role, of which the plan has told already. */
function isMore(fields: readonly FieldDiff[]): boolean {
  return fields.some(({ field }) => field !== 'role')
}

async function createFunction({ aws, ids, service }: ApplyContext, goal: FunctionGoal): Promise<void> {
  const { spec, code, isRoleFresh } = goal
  const FunctionName = spec.name
  const Role = known(ids.roleArns.get(FunctionName), `the role of ${FunctionName}`)
  const lookup = () => readOwn(aws, service, FunctionName)
  await limitUploads(code, async () => {
    const command = new CreateFunctionCommand({
      ...allSettings(spec, Role),
      FunctionName, Role,
      Code: await codeInput(goal),
      Architectures: [spec.code.architecture],
      PackageType: 'Zip',
      Tags: functionTags(service, spec),
    })
    try {
      await handRole(spec, aws.lambda(command, { ...roleWait(spec, isRoleFresh), lookup }))
    } catch (error) {
      // One that has come to be meanwhile may be somebody's own; else another run has made it.
      if (isRefusal(error, 'ResourceConflictException')) await lookup()
      throw error
    }
  })
}

/** The function that came to be meanwhile, if there is one, and if its tags say that it is ours. */
async function readOwn(aws: Aws, service: ServiceId, FunctionName: string): Promise<FunctionConfiguration | undefined> {
  const found = await orUndefined(aws.lambda(new GetFunctionCommand({ FunctionName })))
  if (found !== undefined) refuseUnlessOurs(found.Tags, service, { thing: `function ${FunctionName}` })
  return found?.Configuration
}

/** Leads $LATEST to the goal once more, whatever another run has made of it; what this run has no package for stays the other's. */
async function writeAgain(context: ApplyContext, goal: FunctionGoal): Promise<void> {
  const latest = await waitUntilSettled(context.aws, goal.spec.name)
  if (codeDiffers(goal.spec, goal.code, latest)) {
    if (goal.code.path === undefined) {
      // It was not built, because what is live has this code.
      throw new OtherRunWon(context.service, `${goal.spec.name} has the code of another run now.`, { beginsAgain: true })
    }
    await leftToPublication(() => updateCode(context, goal, latest))
  }
  await leftToPublication(() => updateConfiguration(context, goal))
}

/** @param latest $LATEST as it was read, where nothing has been written since */
async function updateCode({ aws }: ApplyContext, goal: FunctionGoal, latest: FunctionConfiguration | undefined): Promise<void> {
  const { spec, code } = goal
  const FunctionName = spec.name
  const before = latest ?? (await waitUntilSettled(aws, FunctionName))
  await limitUploads(code, async () => {
    const input = { FunctionName, ...(await codeInput(goal)), Architectures: [spec.code.architecture] }
    const lookup = () => settledIf(aws, FunctionName, (now) => now.CodeSha256 === code.sha256)
    const send = (RevisionId: string | undefined) => aws.lambda(new UpdateFunctionCodeCommand({ ...input, RevisionId }), { lookup })
    await withRevision(before.RevisionId, send, () => settledIf(aws, FunctionName, (now) => isUntouched(before, now)))
  })
}

/** Whether nobody has written code or settings in between; tags and permissions leave the time of the last change as it is. */
function isUntouched(before: FunctionConfiguration, now: FunctionConfiguration): boolean {
  return now.LastModified === before.LastModified && now.CodeSha256 === before.CodeSha256
}

/**
 * Why all settings are sent although none may differ. Only another update repairs one that failed. And a role that was deleted and made
 * again under its old name must be given to the function again, because Lambda's grant on its encryption key names the id of the old one
 * (Last Week in AWS, "The sneaky weakness behind AWS' managed KMS keys"; not in AWS's own documentation that we know of).
 */
function whyAllAgain(latest: FunctionConfiguration, roleArn: string | undefined): string | undefined {
  if (latest.LastUpdateStatus === 'Failed') return 'the last update failed'
  return roleArn === undefined ? 'its role is new' : undefined
}

async function updateConfiguration({ aws, ids }: ApplyContext, { spec, roleArn: roleBefore, isRoleFresh }: FunctionGoal): Promise<void> {
  const FunctionName = spec.name
  const roleArn = known(ids.roleArns.get(FunctionName), `the role of ${FunctionName}`)
  const latest = await waitUntilSettled(aws, FunctionName)
  const isWhole = whyAllAgain(latest, roleBefore) !== undefined
  const input = isWhole ? allSettingsAgain(spec, roleArn, latest) : updateInput(spec, roleArn, latest)
  if (input === undefined) return
  const lookup = () => settledIf(aws, FunctionName, (now) => updateInput(spec, roleArn, now) === undefined)
  const send = (RevisionId: string | undefined) =>
    aws.lambda(new UpdateFunctionConfigurationCommand({ FunctionName, RevisionId, ...input }), { ...roleWait(spec, isRoleFresh), lookup })
  const look = () => settledIf(aws, FunctionName, (now) => isUntouched(latest, now))
  await handRole(spec, withRevision(latest.RevisionId, send, look))
}

/** After an answer was lost: the function's configuration where the write has had its effect. */
async function settledIf(
  aws: Aws, FunctionName: string, isDone: (now: FunctionConfiguration) => boolean,
): Promise<FunctionConfiguration | undefined> {
  const now = await waitUntilSettled(aws, FunctionName)
  return isDone(now) ? now : undefined
}

/** The package itself, or where it lies in S3 when it is too large for a request. */
async function codeInput(goal: FunctionGoal): Promise<{ ZipFile: Buffer } | { S3Bucket: string; S3Key: string }> {
  if (!goesThroughS3(goal.code)) return { ZipFile: await readFile(known(goal.code.path, 'the package')) }
  const { Bucket, Key } = packageObject(goal)
  return { S3Bucket: Bucket, S3Key: Key }
}
