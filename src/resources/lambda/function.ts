import { readFile } from 'node:fs/promises'
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionCommandInput,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { orUndefined } from '../../aws/refusal.ts'
import type { Account } from '../../service/arns.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import { inUploadLane } from '../lanes.ts'
import { OtherRunWon } from '../other-run.ts'
import { allSettings, settingDiffs, updateInput } from './configuration.ts'
import type { WantedCode } from '../code.ts'
import type { FunctionState } from './state.ts'
import { goesThroughS3, packageObject, planUpload, planUploadPrune } from '../s3/package-object.ts'
import { handRole, roleWait } from './role-wait.ts'
import { functionTags } from './tags.ts'
import { isReady, isSettled, waitUntilReady, waitUntilSettled } from './wait.ts'

export const functionActions = [
  'lambda:CreateFunction',
  'lambda:GetFunctionConfiguration',
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration',
  'lambda:PublishVersion',
  'iam:PassRole',
] as const

interface Wanted {
  readonly service: ServiceId
  readonly spec: FunctionSpec
  readonly code: WantedCode
  readonly state: FunctionState | undefined
  /** Undefined where the role is made in this run. */
  readonly roleArn: string | undefined
  /** What must come first: the role's step. */
  readonly needs: readonly Step[]
  /** Whether Lambda may not know the role yet, because somebody has made it a short while ago. */
  readonly isRoleFresh: boolean
  readonly account: Account
}

/** Whether a version has the wanted code and settings. */
export function isWanted({ spec, code, roleArn }: Pick<Wanted, 'spec' | 'code' | 'roleArn'>, version: FunctionConfiguration): boolean {
  return !codeDiffers(spec, code, version) && settingDiffs(spec, roleArn, version).length === 0
}

/** Whether a version, or $LATEST, has other code; the architecture goes with it, because UpdateFunctionCode is what sets it. */
export function codeDiffers(spec: FunctionSpec, code: WantedCode, configuration: FunctionConfiguration): boolean {
  return configuration.CodeSha256 !== code.sha256 || architecture(configuration) !== spec.code.architecture
}

/** How a function gets a version that it does not have yet. */
interface NewVersion {
  /** Where the function does not exist yet. */
  readonly create: Step | undefined
  readonly publish: Step
  /** These two, and what stands before and after them. */
  readonly steps: readonly Step[]
}

/** The changes that lead $LATEST to the wanted code and settings and publish it; its number is known after apply, in `ids.versions`. */
export function planNewVersion(wanted: Wanted): NewVersion {
  const { spec, code, state, roleArn } = wanted
  const id = `function/${spec.name}`
  if (state === undefined) {
    const upload = planUpload(wanted)
    const create = step({
      id, kind: 'function', name: spec.name, action: 'create', phase: 'prepare', reason: 'does not exist yet', needs: [...wanted.needs, ...upload],
      apply: (context) => createFunction(context, wanted),
    })
    const publish = publishStep(wanted, [create])
    return { create, publish, steps: [...upload, create, publish, ...planUploadPrune(wanted)] }
  }
  const steps: Step[] = []
  const isUploaded = codeDiffers(spec, code, state.latest)
  if (isUploaded) {
    const upload = planUpload(wanted)
    steps.push(...upload, step({
      id: `${id}/code`, kind: 'function code', name: spec.name, action: 'update', phase: 'prepare', reason: 'the code differs', needs: [...wanted.needs, ...upload],
      fields: architecture(state.latest) === spec.code.architecture ? [] : [{ field: 'architecture', from: architecture(state.latest), to: spec.code.architecture }],
      apply: (context) => updateCode(context, wanted),
    }))
  }
  const fields = settingDiffs(spec, roleArn, state.latest)
  const again = mustSendAgain(state.latest, roleArn)
  if (fields.length > 0 || again !== undefined) {
    steps.push(step({
      id: `${id}/configuration`, kind: 'function configuration', name: spec.name, action: 'update', phase: 'prepare', reason: again ?? 'settings differ', fields,
      needs: [...wanted.needs, ...steps],
      apply: (context) => updateConfiguration(context, wanted),
    }))
  }
  const publish = publishStep(wanted, [...wanted.needs, ...steps])
  return { create: undefined, publish, steps: [...steps, publish, ...(isUploaded ? planUploadPrune(wanted) : [])] }
}

function publishStep(wanted: Wanted, needs: readonly Step[]): Step {
  const { spec, code } = wanted
  return step({
    id: `function/${spec.name}/version`, kind: 'function version', name: spec.name, action: 'create', phase: 'prepare', needs,
    reason: 'what goes live is a published version',
    apply: async ({ aws, ids, service }) => {
      const latest = await waitUntilReady(aws, spec.name)
      const roleArn = known(ids.roleArns.get(spec.name), `the role of ${spec.name}`)
      // CodeSha256 guards the code alone; somebody else's settings must not go live as ours.
      if (!isWanted({ spec, code, roleArn }, latest)) throw new OtherRunWon(service, `What stands in $LATEST of ${spec.name} now is not what this run has written.`)
      ids.versions.set(spec.name, await publish(aws, spec.name, { sha256: code.sha256, latest }))
    },
  })
}

/** PublishVersion with CodeSha256 and RevisionId, so that nobody else's write gets published as ours. */
async function publish(aws: Aws, name: string, { sha256, latest }: { sha256: string; latest: FunctionConfiguration }): Promise<string> {
  const send = (RevisionId: string | undefined, lookups: number): Promise<FunctionConfiguration> =>
    aws.lambda(new PublishVersionCommand({ FunctionName: name, CodeSha256: sha256, RevisionId }), lookups === 0 ? {} : {
      // An answer that was lost may have published; the number does not change by publishing the same again, but the RevisionId does.
      lookup: async () => send((await aws.lambda(new GetFunctionConfigurationCommand({ FunctionName: name }))).RevisionId, lookups - 1),
    })
  const version = await send(latest.RevisionId, 3)
  const number = known(version.Version, `the version of ${name}`)
  if (!isReady(version)) await waitUntilReady(aws, name, number)
  return number
}

async function createFunction({ aws, ids, service }: ApplyContext, wanted: Wanted): Promise<void> {
  const { spec, isRoleFresh } = wanted
  const Role = known(ids.roleArns.get(spec.name), `the role of ${spec.name}`)
  const { Runtime, Handler, ...rest } = allSettings(spec, Role)
  const input: Omit<CreateFunctionCommandInput, 'Code'> = {
    ...rest,
    FunctionName: spec.name,
    Role,
    Runtime: Runtime,
    Handler,
    Architectures: [spec.code.architecture],
    PackageType: 'Zip',
    Tags: functionTags(service, spec),
  }
  const existing = (): Promise<FunctionConfiguration | undefined> => orUndefined(aws.lambda(new GetFunctionConfigurationCommand({ FunctionName: spec.name })))
  await inUploadLane(wanted.code, async () => {
    const command = new CreateFunctionCommand({ ...input, Code: await codeInput(wanted) })
    await handRole(spec, aws.lambda(command, { ...roleWait(spec, isRoleFresh), lookup: existing }))
  })
}

async function updateCode({ aws }: ApplyContext, wanted: Wanted): Promise<void> {
  const { spec, code, state } = wanted
  const FunctionName = spec.name
  const latest = known(state, FunctionName).latest
  const { RevisionId } = isSettled(latest) ? latest : await waitUntilSettled(aws, FunctionName)
  await inUploadLane(code, async () => {
    const command = new UpdateFunctionCodeCommand({ FunctionName, RevisionId, ...(await codeInput(wanted)), Architectures: [spec.code.architecture] })
    await aws.lambda(command, { lookup: () => unlessOther(aws, FunctionName, (now) => now.CodeSha256 === code.sha256) })
  })
}

/**
 * Why all settings are sent although none may differ: an update that failed is only mended by another one, and a role that is made anew
 * under an old name must be handed over anew, because Lambda's grant on its encryption key names the old one's id
 * (Last Week in AWS, "The sneaky weakness behind AWS' managed KMS keys"; not in AWS's own documentation that we know of).
 */
function mustSendAgain(latest: FunctionConfiguration, roleArn: string | undefined): string | undefined {
  if (latest.LastUpdateStatus === 'Failed') return 'the last update failed'
  return roleArn === undefined ? 'its role is new' : undefined
}

async function updateConfiguration({ aws, ids }: ApplyContext, { spec, roleArn: roleBefore, isRoleFresh }: Wanted): Promise<void> {
  const FunctionName = spec.name
  const roleArn = known(ids.roleArns.get(FunctionName), `the role of ${FunctionName}`)
  const latest = await waitUntilSettled(aws, FunctionName)
  const input = mustSendAgain(latest, roleBefore) === undefined ? updateInput(spec, roleArn, latest) : allSettings(spec, roleArn)
  if (input === undefined) return
  await handRole(spec, aws.lambda(new UpdateFunctionConfigurationCommand({ FunctionName, RevisionId: latest.RevisionId, ...input }), {
    ...roleWait(spec, isRoleFresh),
    lookup: () => unlessOther(aws, FunctionName, (now) => updateInput(spec, roleArn, now) === undefined),
  }))
}

/** After an answer was lost: the function's configuration where the write has had its effect. */
async function unlessOther(aws: Aws, FunctionName: string, done: (now: FunctionConfiguration) => boolean): Promise<FunctionConfiguration | undefined> {
  const now = await waitUntilSettled(aws, FunctionName)
  return done(now) ? now : undefined
}

/** The package itself, or where it lies in S3 when it is too large for a request. */
async function codeInput(wanted: Wanted): Promise<{ ZipFile: Buffer } | { S3Bucket: string; S3Key: string }> {
  if (!goesThroughS3(wanted.code)) return { ZipFile: await readFile(known(wanted.code.path, 'the package')) }
  const { Bucket, Key } = packageObject(wanted)
  return { S3Bucket: Bucket, S3Key: Key }
}

function architecture(configuration: FunctionConfiguration): string {
  return configuration.Architectures?.[0] ?? 'x86_64'
}
