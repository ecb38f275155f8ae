import type { PlannedChange } from '../change.ts'
import { defined } from '../defined.ts'
import { liveVersion, servedBy } from '../actual/served.ts'
import type { Step } from '../resources/step.ts'
import { functionArn } from '../service/arns.ts'
import { accessLogGroup } from '../service/access-log.ts'
import { invokeUrl } from '../service/invoke-url.ts'
import type { FunctionResult, Result } from '../service/result.ts'
import type { FunctionSpec } from '../service/service.ts'
import type { Prepared } from './prepare.ts'
import type { Run } from './run.ts'

/** What a deploy, or its plan, ended with. `done` is what was changed, or would be. */
export function deployResult(run: Run, prepared: Prepared, { command, done }: { command: string; done: readonly PlannedChange[] }): Result {
  const { service, aws, env, stopwatch } = run
  const { actual, ids } = prepared
  const served = servedBy(service, actual)
  const isNew = prepared.isNewRelease && done.some((change) => change.phase === 'go live')
  const release = (served.record[0]?.number ?? 0) + (isNew ? 1 : 0)
  const url = ids.apiId === undefined ? undefined : invokeUrl({ apiId: ids.apiId, stage: service.stage, region: aws.region, dnsSuffix: aws.dnsSuffix, env })
  const deploymentId = ids.deploymentId ?? actual.stage?.deploymentId
  return defined({
    command,
    service: service.name,
    stage: service.stage,
    changed: done.length > 0,
    invokeUrl: url,
    apiId: ids.apiId,
    deploymentId,
    release: release === 0 ? undefined : release,
    accessLogGroup: service.accessLog.format === undefined || ids.apiId === undefined ? undefined : accessLogGroup(service, ids.apiId),
    functions: service.functions.map((spec) => functionResult(run, prepared, spec)),
    routes: service.api.routes.map(({ method, path, functionName }) =>
      defined({ method, path, function: functionName, url: url === undefined ? undefined : url + path })),
    plan: prepared.steps.map(withoutApply),
    timings: stopwatch.timings,
    notes: [],
  })
}

function functionResult({ service }: Run, { actual, ids, code, packages }: Prepared, spec: FunctionSpec): FunctionResult {
  const state = actual.functions.get(spec.name)
  const live = liveVersion(service, actual, spec.name)?.Version
  const version = ids.versions.get(spec.name)
  const built = packages.get(spec.name)
  const size = built?.size ?? state?.versions.find((each) => each.Version === version)?.CodeSize
  const sha256 = code.get(spec.name)?.sha256
  return defined({
    name: spec.name,
    arn: state?.arn ?? functionArn(actual.account, spec.name),
    version,
    previousVersion: live === version ? undefined : live,
    packagePath: built?.path,
    packageSha256: sha256,
    packageSize: size,
  })
}

/** A step as a value: what it is, without how it is done. */
export function withoutApply({ id, kind, name, action, phase, reason, fields, count }: Step): PlannedChange {
  return { id, kind, name, action, phase, reason, fields, ...(count === undefined ? {} : { count }) }
}
