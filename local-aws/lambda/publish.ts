import type { Call, Output } from '../kernel/call.ts'
import { checkChangeable } from './change.ts'
import { describe, fingerprint } from './describe.ts'
import { invalid } from './errors.ts'
import { existing, named } from './names.ts'
import { newRevision, newVersion, type LambdaFunction, type Version } from './state.ts'

interface PublishParams {
  readonly CodeSha256?: string
  readonly Description?: string
  readonly RevisionId?: string
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
  const until = call.now + call.account.settings.windows.versionPending
  const version = publish(call, fn, { until, description: params.Description })
  return describe(call, version, { name: fn.name, qualifier: version.number })
}

/**
 * The version that stands for `$LATEST` as it is now. A new one is Pending until `until`: recorded so for Publish=true
 * (test_publish_with_update) and documented for SnapStart; a plain PublishVersion was recorded Active at once
 * (test_version_lifecycle), as it is here with a window of 0.
 */
export function publish(call: Call, fn: LambdaFunction, { until, description }: { until: number; description?: string | undefined }): Version {
  const { configuration, code } = fn.latest
  const print = fingerprint(fn.latest)
  const last = fn.lastPublished?.fingerprint === print ? fn.versions.get(fn.lastPublished.number) : undefined
  if (last !== undefined) return last
  const number = String(fn.nextVersion++)
  const version = newVersion({
    number,
    configuration: description === undefined ? configuration : { ...configuration, Description: description },
    code,
    lastModified: call.now,
    transition: until > call.now ? { kind: 'create', until } : undefined,
  })
  fn.versions.set(number, version)
  fn.lastPublished = { fingerprint: print, number }
  // Publishing changes the revision of $LATEST, too (test_function_revisions_version_and_alias, get_function_latest_rev3).
  fn.latest.revisionId = newRevision()
  return version
}

/** test_publish_with_wrong_sha256 */
function checkHash({ latest }: LambdaFunction, expected: string | undefined): void {
  if (expected === undefined || expected === latest.code.sha256) return
  const found = `CodeSHA256 (${expected}) is different from current CodeSHA256 in $LATEST (${latest.code.sha256}).`
  throw invalid(`${found} Please try again with the CodeSHA256 in $LATEST.`)
}
