import { UserError } from '../../errors.ts'
import { slotAlias, slots } from '../../service/names.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { managedBy, ownership, serviceTag } from '../../service/tags.ts'
import { parseCodeMark } from '../code.ts'
import { refuseOtherRepository, refuseUnlessOurs } from '../ownership.ts'
import { architectureOf } from './goal.ts'
import { isJoined, rememberedVariables } from './joined.ts'
import type { FunctionState } from './state.ts'

/**
 * Refuses a function that stands and that the config may not be led to.
 * @throws UserError
 */
export function refuseFunction(service: ServiceId, spec: FunctionSpec, state: FunctionState): void {
  const { name, tags } = state
  refuseOtherRepository(tags, service, `The function ${name}`)
  refuseHiddenVariables(spec, state)
  if (ownership(tags, service) === 'ours') return refuseSilentOwner(spec, state)
  const wayOut = { another: '`function-name`', join: `function ${spec.key}` }
  if (spec.join === undefined) return refuseUnlessOurs(tags, service, { thing: `function ${name}`, ...wayOut })
  if (tags[managedBy.key] === managedBy.value) throw othersFunction(state)
  refuseImage(spec, state)
  refuseUnsaid(spec, state)
  refuseTakenAliases(service, state)
}

/** Of a function that was taken over a config without `join` would reset all that it does not name. */
function refuseSilentOwner({ key, join, places }: FunctionSpec, state: FunctionState): void {
  if (join !== undefined || !isJoined(state)) return
  throw new UserError({
    what: `The function ${state.name} was taken over, and the config of ${key} does not say \`join: true\` any more.`,
    why: 'Without it every setting that the config does not name would go back to its default.',
    cure: 'Write `join: true` again. To part with the function, run `destroy`, which gives it back, or take it out of the config.',
    place: places?.['handler'],
    docs: 'ownership.md#join',
  })
}

function othersFunction({ name, tags }: FunctionState): UserError {
  return new UserError({
    what: `The function ${name} belongs to the service ${tags[serviceTag] ?? '(unnamed)'}, so it is not taken over.`,
    why: 'Two services of lambda-api-deploy would overwrite each other.',
    cure: 'Choose another `function-name`, or `destroy` that service first.',
    docs: 'ownership.md',
  })
}

/** A function's package type is for good (Lambda developer guide, "Create a Lambda function using a container image"). */
function refuseImage({ places }: FunctionSpec, { name, latest }: FunctionState): void {
  if (latest.PackageType !== 'Image') return
  throw new UserError({
    what: `The function ${name} runs a container image, so it cannot be taken over.`,
    why: 'Lambda does not change an existing function from an image to a zip.',
    cure: 'Choose another `function-name`.',
    place: places?.['function-name'],
  })
}

/** For which handler and processor a package is made must be said where the function has others than the defaults. */
function refuseUnsaid({ key, join, code, places }: FunctionSpec, { name, latest }: FunctionState): void {
  const rows = [
    { setting: 'handler', wanted: code.handler, found: latest.Handler },
    { setting: 'architecture', wanted: code.architecture, found: architectureOf(latest) },
  ]
  const unsaid = rows.filter(({ setting, wanted, found }) => join?.named.has(setting) === false && wanted !== found)
  if (unsaid.length === 0) return
  const has = unsaid.map(({ setting, found }) => `the ${setting} ${found}`).join(' and ')
  const lines = unsaid.map(({ setting, found }) => `\`${setting}: ${found}\``).join(' and ')
  throw new UserError({
    what: `The function ${name} has ${has}, and the config of ${key} does not say so.`,
    why: `The package would be made for ${unsaid.map(({ wanted }) => wanted).join(' and ')}.`,
    cure: `Write ${lines}; or another value, if the code is for that.`,
    place: places?.['function-name'],
  })
}

/**
 * Variables of others cannot be kept where they cannot be read: an update sends all of them. "Error messages for environment variables
 * that couldn't be applied" stand in their place, as where a key may not be used (Lambda API reference, EnvironmentResponse).
 */
function refuseHiddenVariables({ join, settings, places }: FunctionSpec, state: FunctionState): void {
  const { Environment, KMSKeyArn } = state.latest
  const isSet = Object.keys(settings.environmentVariables).length > 0 || rememberedVariables(state).length > 0
  if (join === undefined || Environment?.Error === undefined || !isSet) return
  const key = KMSKeyArn === undefined ? 'its key' : `the key ${KMSKeyArn}`
  throw new UserError({
    what: `The environment variables of the function ${state.name} cannot be read: ${Environment.Error.Message ?? 'no reason given'}`,
    why: 'Those of others are kept, and an update sends all of them.',
    cure: `Allow kms:Decrypt on ${key}, or take \`environment-variables\` out of the config.`,
    place: places?.['environment-variables'],
    docs: 'ownership.md#join',
  })
}

/** An alias that the slots would need, and that somebody else has made. */
function refuseTakenAliases({ stage }: ServiceId, { name, aliases }: FunctionState): void {
  const names = slots.map((slot) => slotAlias(stage, slot))
  const taken = aliases.find(({ Name = '', Description }) => names.includes(Name) && parseCodeMark(Description) === undefined)
  if (taken === undefined) return
  throw new UserError({
    what: `The function ${name} has an alias ${taken.Name} that this service did not make.`,
    why: `The stage ${stage} needs the aliases ${names.join(' and ')} for itself.`,
    cure: 'Choose another `stage`, or rename that alias.',
    docs: 'ownership.md#join',
  })
}
