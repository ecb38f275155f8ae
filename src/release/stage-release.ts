import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Actual } from '../actual/actual.ts'
import { isTorn } from '../actual/consistent.ts'
import { asSeenFrom } from '../actual/other-stage.ts'
import { SeveralErrors, UserError, type ErrorText } from '../errors.ts'
import { parseCodeMark, type FunctionCode } from '../resources/code.ts'
import { architectureOf } from '../resources/lambda/goal.ts'
import { known } from '../resources/step.ts'
import { namesIn, type Release } from '../service/release-record.ts'
import type { Service, ServiceId } from '../service/service.ts'
import { canaryWords } from './canary.ts'
import { isLiveUnverified } from './smoke/verified.ts'

/** A release that another stage of the service serves, and that this one is to get. */
export interface StageRelease {
  /** The service with that stage. */
  readonly from: ServiceId
  readonly release: Release
  /** By function name: the version that serves there. */
  readonly versions: ReadonlyMap<string, FunctionConfiguration>
  /** By function name: the code of that version. */
  readonly code: ReadonlyMap<string, FunctionCode>
}

/**
 * What another stage serves to all its callers.
 * @throws UserError where it serves nothing, or nothing that is decided yet, or functions that the config does not describe
 */
export function releaseOn(from: ServiceId, service: Service, actual: Actual): StageRelease {
  const seen = asSeenFrom(from, actual)
  if (seen === undefined) throw noStage(from, actual)
  const release = decidedRelease(from, seen)
  const names = service.functions.map(({ name }) => name)
  refuseOtherFunctions(from, release, names)
  const { versions, weighted } = seen.served
  if (isTorn(seen) || weighted.size > 0) {
    throw refusal(from, release, {
      what: `serves versions that its record does not tell: somebody has moved an alias of ${from.stage} by hand.`,
      cure: `Deploy ${from.stage} again, and then promote.`,
    })
  }
  const code = new Map(names.map((name) => [name, codeOf(known(versions.get(name), `the version of ${name}`), name, seen)]))
  return { from, release, versions, code }
}

/** The live release, where all callers of the stage get it and its smoke tests have passed. */
function decidedRelease(from: ServiceId, { served }: Actual): Release {
  const { record: [release], digest, canary } = served
  if (release === undefined || digest === undefined) {
    throw new UserError({
      what: `Stage ${from.stage} of ${from.name} serves no release of its record, so nothing can be promoted from it.`,
      why: release === undefined ? 'Its record is empty.' : 'Somebody has put another deployment on it.',
      cure: `Deploy ${from.stage} first.`, docs,
    })
  }
  if (canary?.kind === 'ours') {
    throw new UserError({
      what: `${canaryWords(from, canary)}: which of the two releases is to be promoted is not decided.`,
      cure: `Run \`command: promote\` or \`command: rollback\` for \`stage: ${from.stage}\` first.`, docs,
    })
  }
  if (canary !== undefined) {
    throw refusal(from, release, {
      what: `has a canary beside it that this service did not make (${canary.percent} % of the requests).`,
      cure: `End it on ${from.stage} first, or deploy this stage from the commit.`,
    })
  }
  if (isLiveUnverified({ served })) {
    throw refusal(from, release, {
      what: 'is not verified: the run that put it live was stopped before its smoke tests had passed there.',
      cure: `Deploy ${from.stage} again: that asks them once more. Then promote.`,
    })
  }
  return release
}

/** The config says how each function is set up here, so it must describe just those that the release is made of. */
function refuseOtherFunctions(from: ServiceId, release: Release, described: readonly string[]): void {
  const names = namesIn(release, described)
  if (names?.length === described.length) return
  const commit = release.commit === '' ? 'the commit that it was deployed from' : `commit ${release.commit}`
  const more = names === undefined ? [] : described.filter((name) => !names.includes(name))
  throw refusal(from, release, {
    what: names === undefined
      ? `is made of functions of which the config does not describe all: it has ${release.versions.length}.`
      : `has no code for ${more.join(', ')}, which the config describes.`,
    cure: `Check out ${commit}, so that the config fits the release; or deploy ${from.stage} first.`,
  })
}

/**
 * Makes sure that packages fit the functions that are to run them here: what was installed for one runtime or processor runs on no other.
 * @throws UserError, or SeveralErrors where several do not fit
 */
export function refuseUnfit({ functions }: Service, { from, release, versions }: StageRelease): void {
  const errors = functions.flatMap(({ name, code }) => {
    const version = known(versions.get(name), `the version of ${name}`)
    const pairs = [['runtime', version.Runtime, code.runtime], ['architecture', architectureOf(version), code.architecture]] as const
    return pairs.flatMap(([word, built, wanted]) => (wanted === undefined || built === wanted ? [] : [refusal(from, release, {
      what: `has a package of ${name} that was made for ${built}; the config says \`${word}: ${wanted}\` for this stage.`,
      why: 'A promotion takes the package as it is, byte for byte.',
      cure: `Give both stages the same ${word}, or deploy this stage from the commit, which makes a package of its own.`,
    })]))
  })
  if (errors[0] !== undefined) throw errors.length === 1 ? errors[0] : new SeveralErrors(errors)
}

/** The code of a version, with the digest of its inputs where the alias tells it. */
function codeOf(version: FunctionConfiguration, name: string, { functions, served }: Actual): FunctionCode {
  const { CodeSha256: sha256 = '', CodeSize: size } = version
  const mark = parseCodeMark(functions.get(name)?.state?.slots[served.liveSlot].alias?.Description)
  const inputDigest = mark?.sha256 === sha256 ? mark.inputDigest : 'unknown'
  return size === undefined ? { sha256, inputDigest } : { sha256, inputDigest, size }
}

function refusal({ name, stage }: ServiceId, { number }: Release, { what, ...rest }: ErrorText): UserError {
  return new UserError({ what: `Release ${number} of ${name} on ${stage} ${what}`, ...rest, docs })
}

function noStage({ name, stage }: ServiceId, { api, otherStages }: Actual): UserError {
  const others = otherStages.map(({ stageName }) => stageName).join(', ')
  return new UserError({
    what: `There is no stage ${stage} of ${name}, so nothing can be promoted from it.`,
    why: api === undefined ? `No API of this account and Region bears the tags of the service ${name}.`
      : `Its API ${api.id} has ${others === '' ? 'no other stage' : `besides this one ${others}`}.`,
    cure:
      'Check the inputs `from-stage`, `service` and `aws-region`. A stage of another account or Region gets the same by a deploy of the ' +
      'same commit: the zip comes out the same, byte for byte.',
    docs,
  })
}

const docs = 'releases.md#promote-from-another-stage'
