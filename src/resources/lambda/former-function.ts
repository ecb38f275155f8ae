import { GetFunctionCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { orUndefined } from '../../aws/refusal.ts'
import { roleName } from '../../service/names.ts'
import type { ServiceId } from '../../service/service.ts'
import { ownership } from '../../service/tags.ts'
import { parseCodeMark } from '../code.ts'
import { planExecutionRoleDelete } from '../iam/execution-role.ts'
import { readRole, type RoleState } from '../iam/role.ts'
import type { Step } from '../step.ts'
import { planFunctionDelete } from './function.ts'
import { listAliases } from './state.ts'

export const formerFunctionActions = ['lambda:ListFunctions'] as const

/** A function of ours that the config no longer describes, and the role that we made for it. */
export interface FormerFunction {
  readonly name: string
  readonly role: RoleState | undefined
}

/**
 * Finds them by their names, which begin with the service's, and by our tags, which decide.
 * @param described the names of the functions that the config describes
 */
export async function readFormerFunctions(aws: Aws, service: ServiceId, described: ReadonlySet<string>): Promise<FormerFunction[]> {
  // Names that grow too long keep their first half; the tags decide in any case.
  const beginning = `${service.name}-`.slice(0, 27)
  const names = (await functionNames(aws)).filter((name) => name.startsWith(beginning) && !described.has(name))
  return (await Promise.all(names.map((name) => readFormerFunction(aws, service, name)))).flat()
}

/** Deletes such a function and its role. */
export function planFormerDelete({ name, role }: FormerFunction, reason: string): Step[] {
  const roleSteps = role === undefined ? [] : [planExecutionRoleDelete(role, [])]
  // The role goes first: nothing calls the function any more, and a function is what the next run finds after an interruption.
  return [...roleSteps, { ...planFunctionDelete(name), reason, needs: roleSteps }]
}

async function readFormerFunction(aws: Aws, service: ServiceId, name: string): Promise<FormerFunction[]> {
  const found = await orUndefined(aws.lambda(new GetFunctionCommand({ FunctionName: name })))
  if (ownership(found?.Tags, service) !== 'ours' || (await hasForeignAlias(aws, name))) return []
  const made = roleName(name, aws.region)
  // Only a function that runs with the role which we would have made has one of ours.
  const role = found?.Configuration?.Role?.endsWith(`/${made}`) === true ? await readRole(aws, made) : undefined
  return [{ name, role: ownership(role?.tags, service) === 'ours' ? role : undefined }]
}

/** An alias without our mark is somebody else's, and so is the function then, in part. */
async function hasForeignAlias(aws: Aws, name: string): Promise<boolean> {
  return (await listAliases(aws, name)).some((alias) => parseCodeMark(alias.Description) === undefined)
}

async function functionNames(aws: Aws): Promise<string[]> {
  const functions = await allPages(async (Marker) => {
    const { Functions, NextMarker } = await aws.lambda(new ListFunctionsCommand({ Marker }))
    return { items: Functions, next: NextMarker }
  })
  return functions.map((each) => each.FunctionName ?? '')
}
