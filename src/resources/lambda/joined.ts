import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { joinedTag, managedBy } from '../../service/tags.ts'
import type { FunctionSpec } from '../../service/service.ts'
import type { FunctionState } from './state.ts'

/*
 * A function that this service did not make, and that it has taken over. Only what the config names is written; what stands in its tags
 * tells the runs to come what is ours, so that it can be given back.
 */

/** Begins the keys of the tags in which the names of the variables that we have set stand, as many as they take. */
const variablesTag = 'lambda-api-deploy:variables'

/** A tag's value takes 256 characters (Lambda API reference, TagResource; AWS general reference, "Tagging your AWS resources"). */
const valueLimit = 256

/** Stands between names; tags may hold it, and names of variables may not. */
const separator = ':'

/** Stands at the end of the description of a version that we have published of such a function. */
const versionMark = ' [lambda-api-deploy]'

/** Description in Lambda's service model. */
const descriptionLimit = 256

type Tagged = Pick<FunctionState, 'tags'>

/** Whether this or another run has taken the function over. */
export function isJoined({ tags }: Tagged): boolean {
  return tags[joinedTag] !== undefined
}

/** Whether all that a function has is ours: we have made it. */
export function isWhollyOurs({ tags }: Tagged): boolean {
  return tags[managedBy.key] === managedBy.value && !isJoined({ tags })
}

/** The tags that hold the names of variables. */
export function variableTags(names: readonly string[]): Record<string, string> {
  const text = [...names].sort().join(separator)
  const pieces = Array.from({ length: Math.ceil(text.length / valueLimit) }, (_each, index) =>
    text.slice(index * valueLimit, (index + 1) * valueLimit))
  return Object.fromEntries(pieces.map((piece, index) => [variablesKey(index), piece]))
}

/** Whether a tag is one of {@link variableTags}. */
export function isVariablesTag(key: string): boolean {
  return key.startsWith(variablesTag)
}

/** The names that an earlier run has put into the tags. */
export function rememberedVariables({ tags }: Tagged): readonly string[] {
  const pieces: string[] = []
  for (let index = 0; tags[variablesKey(index)] !== undefined; index++) pieces.push(tags[variablesKey(index)] ?? '')
  return pieces.join('').split(separator).filter((name) => name !== '')
}

function variablesKey(index: number): string {
  return index === 0 ? variablesTag : `${variablesTag}-${index + 1}`
}

/** Settings that make the role. */
const roleSettings = ['role', 'role-policies', 'role-statements', 'role-permissions-boundary']

/**
 * What a config asks for of a function that stands there and that we have not made: what it does not name is as it stands. The same where
 * there is no such function, or where it is wholly ours.
 */
export function asFound(spec: FunctionSpec, state: FunctionState | undefined): FunctionSpec {
  if (spec.join === undefined || state === undefined || isWhollyOurs(state)) return spec
  const { named } = spec.join
  const reserved = named.has('reserved-concurrency') ? spec.reservedConcurrency : state.reservedConcurrency
  const { reservedConcurrency: _config, ...rest } = spec
  return {
    ...rest,
    ...(reserved === undefined ? {} : { reservedConcurrency: reserved }),
    role: namesRole(spec) ? spec.role : { kind: 'given', arn: state.latest.Role ?? '' },
    found: { named, variables: rememberedVariables(state), environment: foundEnvironment(state) },
  }
}

/** Whether the config says with which role a function that is taken over runs. */
export function namesRole({ join }: Pick<FunctionSpec, 'join'>): boolean {
  return join === undefined || roleSettings.some((name) => join.named.has(name))
}

/** The variables of a function that is taken over: those of others, those of the config, and what stood there before one of ours. */
export function mergedVariables(
  { found, settings }: FunctionSpec, { Environment }: Pick<FunctionConfiguration, 'Environment'>,
): Readonly<Record<string, string>> {
  const own = settings.environmentVariables
  if (found === undefined) return own
  const gone = found.variables.filter((name) => !(name in own))
  return { ...restored(Environment?.Variables ?? {}, gone, found.environment), ...own }
}

/** Variables without some of them, or with what these were before. */
export function restored(
  standing: Readonly<Record<string, string>>, names: readonly string[], before: Readonly<Record<string, string>>,
): Record<string, string> {
  const rest = Object.entries(standing).filter(([name]) => !names.includes(name))
  const back = names.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]] as const]))
  return Object.fromEntries([...rest, ...back])
}

/** The version in which a function was published as found; undefined before that is done. */
export function foundVersion(state: FunctionState): FunctionConfiguration | undefined {
  const number = state.tags[joinedTag]
  return number === undefined ? undefined : state.versions.find(({ Version }) => Version === number)
}

/** The environment of that version; that of $LATEST before there is one. */
export function foundEnvironment(state: FunctionState): Readonly<Record<string, string>> {
  const version = isJoined(state) ? foundVersion(state) : state.latest
  return version?.Environment?.Variables ?? {}
}

/** The description with which a version of such a function is published, so that it is told from those that others publish. */
export function markedDescription(description: string | undefined): string {
  return `${(description ?? '').slice(0, descriptionLimit - versionMark.length)}${versionMark}`
}

/** Whether we have published a version of such a function. */
export function isOwnVersion({ Description }: Pick<FunctionConfiguration, 'Description'>): boolean {
  return Description?.endsWith(versionMark) === true
}
