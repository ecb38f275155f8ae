import type { PatchOperation, Stage } from '@aws-sdk/client-api-gateway'
import { foundVariable } from '../../service/names.ts'
import type { FoundSettings, Service, ServiceId } from '../../service/service.ts'
import { isJoinedStage, isJoiningStage } from './joined-stage.ts'
import { allMethods, settingsOf, type SettingsScope, type StageArns } from './stage-settings.ts'

/*
 * What settings of a stage were that others have made and that a config of ours changes: remembered in variables of the stage, which go
 * with the same write as the change itself. A value takes 512 characters of `[A-Za-z0-9-._~:/?#&=,]` (public service model), and a format
 * may be longer and have any, so it is JSON in Base64url, in pieces.
 */
const pieceLength = 512

type Variables = Readonly<Record<string, string>>

/** What a config asks for on a stage that others have made: what it does not name stays as it stands, the access log, too. */
export function withFoundStage(service: Service, stage: Stage | undefined): Service {
  const { joined } = service.api
  if (joined === undefined || stage === undefined || !(isJoinedStage(stage) || isJoiningStage(service, stage))) return service
  const isLogNamed = ['access-log', 'access-log-group'].some((name) => joined.named.has(name))
  const { cloudwatchRole } = service.accessLog
  const api = { ...service.api, joined: { ...joined, foundSettings: foundSettings(service, stage) } }
  return { ...service, api, accessLog: isLogNamed ? service.accessLog : { cloudwatchRole } }
}

/** What is remembered on a stage, by the names of the settings. */
export function foundSettings({ name }: Pick<ServiceId, 'name'>, { variables = {} }: Pick<Stage, 'variables'>): FoundSettings {
  const text = memoryNames(name, variables).map((each) => variables[each]).join('')
  return text === '' ? {} : (JSON.parse(Buffer.from(text, 'base64url').toString()) as FoundSettings)
}

/** The names of the variables that hold it. */
export function memoryNames(service: string, variables: Variables): string[] {
  const names: string[] = []
  for (let name = foundVariable(service); variables[name] !== undefined; name = foundVariable(service, names.length)) names.push(name)
  return names
}

/** What keeps the memory right when the settings of a scope are set: what is changed for the first time comes in, what is as found goes. */
export function memoryPatch(service: Service, stage: Stage, { arns, scope }: { arns: StageArns; scope: SettingsScope }): PatchOperation[] {
  const before = service.api.joined?.foundSettings
  if (before === undefined) return []
  const settings = settingsOf(scope, service).filter(({ isOfRelease }) => isOfRelease !== true)
  const changed = settings.filter(({ field, wanted, actual }) => !(field in before) && wanted(service, arns) !== actual(stage))
  const back = settings.filter(({ isReturning }) => isReturning === true).map(({ field }) => field)
  if (changed.length + back.length === 0) return []
  const kept = Object.entries(before).filter(([field]) => !back.includes(field))
  const memory = Object.fromEntries([...kept, ...changed.map(({ field, found }) => [field, found(stage) ?? null])]) as FoundSettings
  const wanted = memoryVariables(service.name, memory)
  const surplus = memoryNames(service.name, stage.variables ?? {}).filter((name) => !(name in wanted))
  return [
    ...Object.entries(wanted).map(([name, value]): PatchOperation => ({ op: 'replace', path: `/variables/${name}`, value })),
    ...surplus.map((name): PatchOperation => ({ op: 'remove', path: `/variables/${name}` })),
  ]
}

/** What leads the settings of a stage back to what is remembered of them. */
export function returnPatch(stage: Stage, memory: FoundSettings): PatchOperation[] {
  const settings = settingsOf('config')
  const changed = settings.filter(({ field, actual }) => field in memory && actual(stage) !== (memory[field] ?? actual({})))
  const [limits, others] = [changed.filter(isOfAllMethods), changed.filter((each) => !isOfAllMethods(each))]
  const patchesOf = (some: typeof changed): PatchOperation[] =>
    some.flatMap(({ field, actual, patch }) => patch(memory[field] ?? actual({})))
  const rest = settings.filter((each) => isOfAllMethods(each) && !limits.includes(each))
  const isAll = rest.every(({ actual }) => actual(stage) === actual({})) && limits.every(({ field }) => memory[field] === null)
  const isRemoved = limits.length > 0 && isAll && allMethods.isOnlyLimits(stage)
  return [...patchesOf(others), ...(isRemoved ? [allMethods.removal] : patchesOf(limits))]
}

function isOfAllMethods({ isOfAllMethods: is }: { readonly isOfAllMethods?: true }): boolean {
  return is === true
}

function memoryVariables(service: string, memory: FoundSettings): Variables {
  if (Object.keys(memory).length === 0) return {}
  const text = Buffer.from(JSON.stringify(memory)).toString('base64url')
  const pieces = Array.from({ length: Math.ceil(text.length / pieceLength) }, (_each, index) =>
    text.slice(index * pieceLength, (index + 1) * pieceLength))
  return Object.fromEntries(pieces.map((piece, index) => [foundVariable(service, index), piece]))
}
