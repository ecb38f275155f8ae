import { readFile } from 'node:fs/promises'
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { orUndefined } from '../../aws/refusal.ts'
import { inUploadLane } from '../lanes.ts'
import { goesThroughS3, packageObject, planUpload, planUploadPrune } from '../s3/package-object.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import { allSettings, settingDiffs, updateInput } from './configuration.ts'
import { architectureOf, codeDiffers, type FunctionGoal } from './goal.ts'
import { isSettled, waitUntilSettled } from './readiness.ts'
import { handRole, roleWait } from './role-wait.ts'
import { functionTags } from './tags.ts'
import { planPublish } from './version.ts'

export const functionActions = [
  'lambda:CreateFunction',
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

/** The changes that lead $LATEST to the wanted code and settings and publish it. */
export function planNewVersion(goal: FunctionGoal, needs: readonly Step[]): NewVersion {
  const { spec, state } = goal
  if (state === undefined) {
    const upload = planUpload(goal)
    const create = step({
      id: `function/${spec.name}`, kind: 'function', name: spec.name, action: 'create', phase: 'prepare', reason: 'does not exist yet',
      needs: [...needs, ...upload],
      apply: (context) => createFunction(context, goal),
    })
    const publish = planPublish(goal, [create])
    return { create, publish, steps: [...upload, create, publish, ...planUploadPrune(goal)] }
  }
  const code = planCode(goal, state.latest, needs)
  const configuration = planConfiguration(goal, state.latest, [...needs, ...code])
  const publish = planPublish(goal, [...needs, ...code, ...configuration])
  return { create: undefined, publish, steps: [...code, ...configuration, publish, ...(code.length === 0 ? [] : planUploadPrune(goal))] }
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

function planCode(goal: FunctionGoal, latest: FunctionConfiguration, needs: readonly Step[]): Step[] {
  const { spec, code } = goal
  if (!codeDiffers(spec, code, latest)) return []
  const upload = planUpload(goal)
  const [from, to] = [architectureOf(latest), spec.code.architecture]
  return [...upload, step({
    id: `function/${spec.name}/code`, kind: 'function code', name: spec.name, action: 'update', phase: 'prepare',
    reason: 'the code differs',
    fields: from === to ? [] : [{ field: 'architecture', from, to }],
    needs: [...needs, ...upload],
    apply: (context) => updateCode(context, goal, latest),
  })]
}

function planConfiguration(goal: FunctionGoal, latest: FunctionConfiguration, needs: readonly Step[]): Step[] {
  const { spec, roleArn } = goal
  const fields = settingDiffs(spec, roleArn, latest)
  const again = whyAllAgain(latest, roleArn)
  if (fields.length === 0 && again === undefined) return []
  return [step({
    id: `function/${spec.name}/configuration`, kind: 'function configuration', name: spec.name, action: 'update', phase: 'prepare',
    reason: again ?? 'settings differ', fields, needs,
    apply: (context) => updateConfiguration(context, goal),
  })]
}

async function createFunction({ aws, ids, service }: ApplyContext, goal: FunctionGoal): Promise<void> {
  const { spec, code, isRoleFresh } = goal
  const FunctionName = spec.name
  const Role = known(ids.roleArns.get(FunctionName), `the role of ${FunctionName}`)
  const lookup = () => orUndefined<FunctionConfiguration>(aws.lambda(new GetFunctionConfigurationCommand({ FunctionName })))
  await inUploadLane(code, async () => {
    const command = new CreateFunctionCommand({
      ...allSettings(spec, Role),
      FunctionName, Role,
      Code: await codeInput(goal),
      Architectures: [spec.code.architecture],
      PackageType: 'Zip',
      Tags: functionTags(service, spec),
    })
    await handRole(spec, aws.lambda(command, { ...roleWait(spec, isRoleFresh), lookup }))
  })
}

async function updateCode({ aws }: ApplyContext, goal: FunctionGoal, latest: FunctionConfiguration): Promise<void> {
  const { spec, code } = goal
  const FunctionName = spec.name
  const { RevisionId } = isSettled(latest) ? latest : await waitUntilSettled(aws, FunctionName)
  await inUploadLane(code, async () => {
    const input = { FunctionName, RevisionId, ...(await codeInput(goal)), Architectures: [spec.code.architecture] }
    const command = new UpdateFunctionCodeCommand(input)
    await aws.lambda(command, { lookup: () => settledIf(aws, FunctionName, (now) => now.CodeSha256 === code.sha256) })
  })
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
  const input = whyAllAgain(latest, roleBefore) === undefined ? updateInput(spec, roleArn, latest) : allSettings(spec, roleArn)
  if (input === undefined) return
  await handRole(spec, aws.lambda(new UpdateFunctionConfigurationCommand({ FunctionName, RevisionId: latest.RevisionId, ...input }), {
    ...roleWait(spec, isRoleFresh),
    lookup: () => settledIf(aws, FunctionName, (now) => updateInput(spec, roleArn, now) === undefined),
  }))
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
