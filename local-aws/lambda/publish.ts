import type { Call, Output } from '../kernel/call.ts'
import { visibleAfter } from '../kernel/visibility.ts'
import { checkChangeable } from './change.ts'
import { describe, fingerprint } from './describe.ts'
import { invalid } from './errors.ts'
import { failureOf } from './failures.ts'
import { existing, named } from './names.ts'
import { newRevision, newVersion, type LambdaFunction, type Version } from './state.ts'

interface PublishParams {
  readonly CodeSha256?: string
  readonly Description?: string
  readonly RevisionId?: string
  readonly PublishTo?: string
}

/**
 * Publishes `$LATEST`, or answers the last version where neither code nor configuration changed since (201 both times, old
 * description and all: test_version_lifecycle, third_publish_response).
 */
export function publishVersion(call: Call): Output {
  const params = call.params as PublishParams
  const fn = existing(call, named(call).name)
  checkChangeable(call, fn, params.RevisionId)
  checkHash(fn, params.CodeSha256)
  const { versionPending, snapshotPending } = call.account.settings.windows
  const isSnapshot = fn.latest.configuration.SnapStart.ApplyOn === 'PublishedVersions'
  const until = call.now + (isSnapshot ? snapshotPending : versionPending)
  const version =
    params.PublishTo === undefined ? publish(call, fn, { until, description: params.Description }) : republish(call, fn, until)
  return describe(call, version, { name: fn.name, qualifier: version.number })
}

/**
 * The version that stands for `$LATEST` as it is now. A new one is Pending until `until`: recorded so for Publish=true
 * (test_publish_with_update) and documented for SnapStart; a plain PublishVersion was recorded Active at once
 * (test_version_lifecycle), as it is here with a window of 0.
 */
export function publish(
  call: Call,
  fn: LambdaFunction,
  { until, description }: { until: number; description?: string | undefined },
): Version {
  const { configuration, code } = fn.latest
  const print = fingerprint(fn.latest)
  const last = fn.lastPublished?.fingerprint === print ? fn.versions.get(fn.lastPublished.number) : undefined
  if (last !== undefined) return last
  const failure = failureOf(call)
  const number = String(fn.nextVersion++)
  const version = newVersion({
    number,
    configuration: description === undefined ? configuration : { ...configuration, Description: description },
    code,
    lastModified: call.now,
    transition: until > call.now || failure !== undefined ? { kind: 'create', until, failure } : undefined,
    visibility: visibleAfter(call.now, call.account.settings.windows.lambdaVisible),
  })
  fn.versions.set(number, version)
  fn.lastPublished = { fingerprint: print, number }
  // Publishing changes the revision of $LATEST, too (test_function_revisions_version_and_alias, get_function_latest_rev3).
  fn.latest.revisionId = newRevision()
  return version
}

/**
 * Makes or renews the version `$LATEST.PUBLISHED` (developer guide, "$LATEST.PUBLISHED version in Lambda Managed Instances"). Local AWS
 * has no
 * capacity providers, so any function takes it.
 */
function republish(call: Call, fn: LambdaFunction, until: number): Version {
  const { configuration, code } = fn.latest
  const transition = until > call.now ? ({ kind: 'create', until } as const) : undefined
  const version = newVersion({
    number: '$LATEST.PUBLISHED',
    configuration,
    code,
    lastModified: call.now,
    transition,
    visibility: visibleAfter(call.now, 0),
  })
  fn.versions.set(version.number, version)
  return version
}

/** test_publish_with_wrong_sha256 */
function checkHash({ latest }: LambdaFunction, expected: string | undefined): void {
  if (expected === undefined || expected === latest.code.sha256) return
  const found = `CodeSHA256 (${expected}) is different from current CodeSHA256 in $LATEST (${latest.code.sha256}).`
  throw invalid(`${found} Please try again with the CodeSHA256 in $LATEST.`)
}
