import type { Place } from '../errors.ts'
import type { FunctionSpec, Service } from '../service/service.ts'
import { compare } from '../service/route-order.ts'
import { composeApi } from './api.ts'
import { functionHome } from './function-keys.ts'
import { composeFunction, defaultFolder } from './functions.ts'
import type { FunctionDraft } from './functions.ts'
import { readValues } from './group.ts'
import type { Inputs } from './inputs.ts'
import type { Context } from './kinds/kind.ts'
import type { FileConfig } from './layers.ts'
import { at, mergeGiven } from './node.ts'
import { composeRelease } from './release.ts'
import { releaseTable } from './settings/release.ts'
import { didYouMean, nearest } from '../suggest.ts'
import { serviceTable } from './settings/run.ts'
import { functionTable } from './settings/function.ts'
import { defined } from '../defined.ts'

/** All that a service is made from. */
export interface ServiceDraft {
  readonly inputs: Inputs
  readonly file: FileConfig
  /** The file's path from the workspace; missing where there is none. */
  readonly fileName?: string
  readonly stage: string
  readonly builds: boolean
  readonly repository: string
  readonly commit?: string
  readonly isPreview: boolean
}

/** The service on one stage: inputs over the stage's values over the file's. Complaints go to the context's findings. */
export function composeService(draft: ServiceDraft, context: Context): Service {
  const { inputs, file } = draft
  const name = serviceName(draft, context)
  const layer = file.stages.get(draft.stage)
  const functions = composeFunctions(name, draft, context)
  const api = mergeGiven(file.base.api, layer?.api ?? new Map(), inputs.api)
  const release = mergeGiven(file.base.release, layer?.release ?? new Map(), inputs.release)
  const composed = composeApi({ service: name, given: api, functions, ...placeOf(draft) }, context)
  return {
    ...defined({ name, stage: draft.stage, repository: draft.repository, commit: draft.commit }),
    functions,
    ...composed,
    release: composeRelease(readValues(release, releaseTable, context), composed.api.routes, context),
  }
}

const toFile = 'write service: NAME at the top of lambda-api.yml.'
const noFile = 'put a lambda-api.yml at the top of the repository; where there is one, run actions/checkout before this step.'

/** Stands in for a name that could not be read, so that the other complaints are found, too. */
const unnamed = 'service'

/** Whether anything says how the service is named. */
export function hasName({ inputs, file }: Pick<ServiceDraft, 'inputs' | 'file'>): boolean {
  const isGiven = mergeGiven(file.service, inputs.service).has('service')
  return isGiven || inputs.function.has('function-name') || file.base.defaults.has('function-name')
}

function serviceName(draft: ServiceDraft, context: Context): string {
  const { inputs, file } = draft
  const given = mergeGiven(file.service, inputs.service)
  const { service } = readValues(given, serviceTable, context)
  if (service !== undefined) return service
  const own = inputs.function.get('function-name') ?? file.base.defaults.get('function-name')
  const functionName = own === undefined ? undefined : functionTable['function-name'].kind.read(own, context)
  if (functionName !== undefined) return functionName
  // Where a key was told to be a misspelt `service`, the name is there.
  const isMisspelt = context.findings.errors.some(({ cure }) => cure === 'Did you mean "service"?')
  if (!given.has('service') && own === undefined && !isMisspelt) {
    context.findings.error({
      what: 'The service has no name.',
      cure: `Give the input function-name or service, or ${draft.fileName === undefined ? noFile : toFile}`,
      ...placeOf(draft),
    })
  }
  return unnamed
}

function composeFunctions(service: string, draft: ServiceDraft, context: Context): readonly FunctionSpec[] {
  const { inputs, file, fileName, builds, isPreview } = draft
  const shared = { service, folder: defaultFolder(context.workspace, fileName), builds, isPreview }
  const own = file.stages.get(draft.stage)
  const layers = own === undefined ? [file.base] : [file.base, own]
  warnOfStage(file, draft, context)
  warnOfLoneFunctions(file, draft.stage, context)
  const keys = [...new Set(layers.flatMap((layer) => [...layer.functions.keys()]))]
  const defaults = layers.map((layer) => layer.defaults)
  if (keys.length === 0) {
    const given = mergeGiven(...defaults, inputs.function)
    return [composeFunction({ ...shared, given, label: 'The function' }, context)]
  }
  if (keys.length > 1) rejectInputs(inputs, keys, context)
  const described = keys.map((key): FunctionDraft & { readonly key: string } => {
    const told = layers.flatMap((layer) => layer.functions.get(key) ?? [])
    const given = mergeGiven(...defaults, ...told.map((one) => one.given), keys.length > 1 ? new Map() : inputs.function)
    return { ...shared, key, given, label: `functions.${key}`, ...at(told[0] ?? {}) }
  })
  const functions = described.map((one) => composeFunction(one, context))
  rejectSameNames(functions, described, context)
  return functions.sort((a, b) => compare(a.name, b.name))
}

/** A stage that the file does not name has the values of all stages; one that is named almost like another is meant as that one. */
function warnOfStage({ stages }: FileConfig, { stage, fileName = '' }: ServiceDraft, { findings }: Context): void {
  const names = [...stages.keys()]
  const short = names.find((name) => isShortFor(stage, name) || isShortFor(name, stage))
  const meant = stages.has(stage) ? undefined : (nearest(stage, names) ?? short)
  if (meant === undefined) return
  findings.warning({
    what: `The stage "${stage}" has no values of its own.`,
    why: `${fileName} describes the stages ${names.join(', ')}; whatever else it says holds for this one.`,
    cure: `Did you mean "${meant}"? Otherwise write stages: { ${stage}: {} }, and it is known.`,
    place: { file: fileName },
  })
}

/** `prod` for `production`. */
function isShortFor(short: string, long: string): boolean {
  return short.length >= 3 && /^[a-z]+$/i.test(long) && long.toLowerCase().startsWith(short.toLowerCase())
}

/** A stage may have functions of its own, but one that is named almost like another is a typing error more often than not. */
function warnOfLoneFunctions({ base, stages }: FileConfig, stage: string, { findings }: Context): void {
  for (const [key, layer] of stages.get(stage)?.functions ?? []) {
    const cure = base.functions.has(key) ? '' : didYouMean(key, [...base.functions.keys()])
    if (cure === '') continue
    const why = 'No function of that key is described for all stages.'
    findings.warning({ what: `stages.${stage}.functions.${key} is a function that only this stage has.`, why, cure, ...at(layer) })
  }
}

function rejectInputs(inputs: Inputs, keys: readonly string[], { findings }: Context): void {
  const names = [...inputs.function.keys(), ...(inputs.api.has('routes') ? ['routes'] : [])]
  for (const name of names) {
    const why = `The config file describes ${keys.length} functions: ${keys.join(', ')}. An input cannot say which of them it means.`
    const cure = name === 'routes' ? 'Write the routes into the file.' : `Write ${name} into the file, ${functionHome(keys)}.`
    findings.error({ what: `input "${name}" describes a service with one function.`, why, cure })
  }
}

const onlyCapitals = {
  what: 'have names in AWS that differ in capitals alone.',
  why: 'The roles that are made for them are named after them, and IAM does not tell names apart by case.',
  cure: 'Rename one of the two, or give one a role.',
} as const

/** "Names are not distinguished by case" (IAM API reference, CreateRole), and the roles that we make are named after the functions. */
function rejectSameNames(functions: readonly FunctionSpec[], described: readonly FunctionDraft[], { findings }: Context): void {
  for (const [index, { key, name, role }] of functions.entries()) {
    const before = functions.slice(0, index)
    const same = before.find((one) => one.name === name)
    const made = role.kind === 'create' ? before.filter((one) => one.role.kind === 'create') : []
    const twin = same ?? made.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (twin === undefined) continue
    const node = described[index]?.given.get('function-name') ?? described[index] ?? {}
    const sameName = { what: `are both named ${name} in AWS.`, cure: 'Give each its own function-name, or none.' }
    const text = same === undefined ? onlyCapitals : sameName
    findings.error({ ...text, what: `The functions ${twin.key} and ${key} ${text.what}`, ...at(node) })
  }
}

function placeOf({ fileName }: ServiceDraft): { readonly place?: Place } {
  return at({ place: fileName === undefined ? undefined : { file: fileName } })
}
