import { TagResourceCommand, type FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { FieldDiff } from '../../change.ts'
import type { Aws } from '../../aws/clients.ts'
import { joinedTag, ownTags } from '../../service/tags.ts'
import type { FunctionCode } from '../code.ts'
import { keep, step, type ApplyContext, type Step, type Task } from '../step.ts'
import { formerTags } from '../former-tags.ts'
import { markedDescription } from './joined.ts'
import { waitUntilReady } from './readiness.ts'
import { withRevision } from './revision.ts'
import type { FunctionState } from './state.ts'
import { publish } from './version.ts'

/** Who calls a function without an alias, in words that a list takes. */
export type Callers = readonly string[]

/**
 * Takes over a function that this service did not make: publishes it as it stands, so that the slots can lead to that, and marks it as
 * taken over. Nothing of what callers get changes by that. A run that is stopped between the two gets the same version again: "Lambda
 * doesn't publish a version if the function's configuration and code haven't changed since the last version" (API reference).
 */
export function planJoin(state: FunctionState, callers: Callers, needs: readonly Task[]): Step {
  const { name } = state
  return step({
    id: `function/${name}/join`, kind: 'function', name, action: 'adopt', phase: 'prepare',
    reason: 'was not made by this service; it is published as found, and that is served first',
    fields: fieldsOf(callers), needs,
    apply: (context) => join(context, state),
  })
}

/** The same where a run was stopped after that: what was found is yet to be served. */
export function planJoined({ name }: FunctionState): Step {
  const reason = 'is taken over, and is served as found first'
  return keep({ id: `function/${name}/join`, kind: 'function', name, reason, leftover: true })
}

function fieldsOf(callers: Callers): FieldDiff[] {
  return callers.map((caller) => ({ field: 'calls $LATEST and gets new code as soon as it is written', to: caller }))
}

/** The code of a function as it was found. */
export function foundCode({ latest }: FunctionState): FunctionCode {
  return { sha256: latest.CodeSha256 ?? '', inputDigest: 'unknown' }
}

async function join({ aws, ids, service }: ApplyContext, state: FunctionState): Promise<void> {
  const { name, arn, tags } = state
  const number = await publishFound(aws, name)
  const own = { ...ownTags(service), [joinedTag]: number }
  await aws.lambda(new TagResourceCommand({ Resource: arn, Tags: { ...formerTags(tags, own, () => false), ...own } }))
  ids.versions.set(name, number)
}

async function publishFound(aws: Aws, name: string): Promise<string> {
  const latest = await waitUntilReady(aws, name)
  const publication = { sha256: latest.CodeSha256 ?? '', description: markedDescription(latest.Description) }
  const look = async (): Promise<FunctionConfiguration | undefined> => {
    const now = await waitUntilReady(aws, name)
    return now.CodeSha256 === latest.CodeSha256 && now.LastModified === latest.LastModified ? now : undefined
  }
  return withRevision(latest.RevisionId, (revisionId) => publish(aws, name, { ...publication, revisionId }), look)
}
