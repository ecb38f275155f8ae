import { GetFunctionCommand, ListFunctionsCommand, type GetFunctionCommandOutput } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { previewSuffix, roleName } from '../../service/names.ts'
import type { ServiceId } from '../../service/service.ts'
import { ownership } from '../../service/tags.ts'
import { parseCodeMark } from '../code.ts'
import { planExecutionRoleDelete } from '../iam/execution-role.ts'
import { readRole, type RoleState } from '../iam/role.ts'
import { keep, type Step } from '../step.ts'
import { planFunctionDelete } from './function.ts'
import { planGiveBackWhole } from './give-back.ts'
import { isJoined } from './joined.ts'
import { listAliases, listVersions, readFunction, type FunctionState } from './state.ts'
import { allUsers, readUsers } from './users.ts'

export const formerFunctionActions = ['lambda:ListFunctions'] as const

/** A function of ours that the config no longer describes, and the role that we made for it. */
export interface FormerFunction {
  readonly name: string
  readonly role: RoleState | undefined
  /** What others have hung on it, in words that a list takes. */
  readonly users: readonly string[]
  /** What stands of it, where it was taken over: then it is given back. */
  readonly joined?: FunctionState
}

/** Where to look for them. */
export interface FormerSearch {
  /** The names of the functions that the config describes. */
  readonly described: ReadonlySet<string>
  /** Whether to ask every function of the account and Region whose it is; else only those whose names begin with the service's. */
  readonly everywhere: boolean
}

/** Finds them by our tags, whatever their names are. */
export async function readFormerFunctions(
  aws: Aws, service: ServiceId, { described, everywhere }: FormerSearch,
): Promise<FormerFunction[]> {
  const names = (await functionNames(aws)).filter((name) => !described.has(name))
  const searched = names.filter((name) => everywhere || isNamedAlike(service, name))
  return (await Promise.all(searched.map((name) => readFormerFunction(aws, service, name)))).flat()
}

/** Names that grow too long keep their first half; those of a preview keep its number, and nothing else of it has that. */
function isNamedAlike({ name: service, preview }: ServiceId, name: string): boolean {
  if (preview !== undefined) return name.endsWith(previewSuffix(preview))
  return name === service || name.startsWith(`${service}-`.slice(0, 27))
}

/** Names of the functions that may be the service's, by how they begin; their tags decide. */
export async function functionsNamedAlike(aws: Aws, service: ServiceId): Promise<string[]> {
  return (await functionNames(aws)).filter((name) => isNamedAlike(service, name))
}

/** Whose a function is, as its tags say; none where there is no such function, or where the credentials may not look. */
export async function readFunctionTags(aws: Aws, FunctionName: string): Promise<Readonly<Record<string, string>>> {
  try {
    return (await orUndefined(aws.lambda(new GetFunctionCommand({ FunctionName }))))?.Tags ?? {}
  } catch (error) {
    if (isRefusal(error, 'AccessDeniedException')) return {}
    throw error
  }
}

/**
 * Deletes such a function and its role, unless somebody else needs it.
 * @param logs deletions of logs, which go first: a log group is found by its function
 */
export function planFormerDelete({ name, role, users, joined }: FormerFunction, reason: string, logs: readonly Step[] = []): Step[] {
  if (joined !== undefined) return planGiveBackWhole(joined)
  if (users.length > 0) {
    const why = `${reason}, but what this service did not make hangs on it: ${users.join(', ')}`
    return [keep({ id: `function/${name}`, kind: 'function', name, reason: why, leftover: true })]
  }
  const roleSteps = role === undefined ? [] : [planExecutionRoleDelete(role, [])]
  // The role goes first: nothing calls the function any more, and a function is what the next run finds after an interruption.
  return [...roleSteps, { ...planFunctionDelete(name), reason, needs: [...roleSteps, ...logs] }]
}

/** Says that such a function stays for now. */
export function planFormerKeep({ name }: FormerFunction): Step[] {
  const reason = 'is no longer in the config, but a release that is live or kept has it'
  return [keep({ id: `function/${name}`, kind: 'function', name, reason, leftover: true })]
}

async function readFormerFunction(aws: Aws, service: ServiceId, name: string): Promise<FormerFunction[]> {
  const found = await look(aws, service, name)
  if (ownership(found?.Tags, service) !== 'ours') return []
  const joined = isJoined({ tags: found?.Tags ?? {} }) ? await readFunction(aws, name, service) : undefined
  if (joined !== undefined) return [{ name, role: undefined, users: [], joined }]
  const made = roleName(name, aws.region)
  // Only a function that runs with the role which we would have made has one of ours.
  const role = found?.Configuration?.Role?.endsWith(`/${made}`) === true ? await readRole(aws, made) : undefined
  return [{ name, role: ownership(role?.tags, service) === 'ours' ? role : undefined, users: await usersOf(aws, name) }]
}

/** A function that the credentials may not look at is somebody else's, unless it has a name that they need for this service anyway. */
async function look(aws: Aws, service: ServiceId, name: string): Promise<GetFunctionCommandOutput | undefined> {
  try {
    return await orUndefined(aws.lambda(new GetFunctionCommand({ FunctionName: name })))
  } catch (error) {
    if (isRefusal(error, 'AccessDeniedException') && !isNamedAlike(service, name)) return undefined
    throw error
  }
}

/** An alias without our mark is somebody else's, and so is the function then, in part. */
async function usersOf(aws: Aws, name: string): Promise<string[]> {
  const [aliases, versions] = await Promise.all([listAliases(aws, name), listVersions(aws, name)])
  const foreign = aliases.filter(({ Description }) => parseCodeMark(Description) === undefined)
  const users = await readUsers(aws, [{ name, aliases, versions }])
  return [...foreign.map(({ Name }) => `alias ${Name}`), ...allUsers(users.get(name))]
}

/** The names of all functions of the account and Region. */
export async function functionNames(aws: Aws): Promise<string[]> {
  const functions = await allPages(async (Marker) => {
    const { Functions, NextMarker } = await aws.lambda(new ListFunctionsCommand({ Marker }))
    return { items: Functions, next: NextMarker }
  })
  return functions.map((each) => each.FunctionName ?? '')
}
