import {
  ListEventSourceMappingsCommand, ListFunctionUrlConfigsCommand, type EventSourceMappingConfiguration, type FunctionUrlConfig,
} from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { isOwnStatement } from './permission.ts'
import { readStatements, type FunctionState } from './state.ts'

export const userActions = ['lambda:GetPolicy', 'lambda:ListEventSourceMappings', 'lambda:ListFunctionUrlConfigs'] as const

/** What others have hung on a function, in words that a list takes; what no caller needs, such as a destination, is not among it. */
export interface FunctionUsers {
  /** On the function itself. */
  readonly direct: readonly string[]
  /** By the name of the alias. */
  readonly aliases: ReadonlyMap<string, readonly string[]>
  /** Numbers of the versions that are called as such; who does is among the direct ones. */
  readonly versions: ReadonlySet<string>
}

/** A function, and what of it may be called. */
export type CalledFunction = Pick<FunctionState, 'name' | 'aliases' | 'versions'>

/** Reads who else calls functions: by statements in their policies that are not ours, by event source mappings, by function URLs. */
export async function readUsers(aws: Aws, functions: readonly CalledFunction[]): Promise<ReadonlyMap<string, FunctionUsers>> {
  if (functions.length === 0) return new Map()
  const mappings = await listMappings(aws)
  const all = await Promise.all(functions.map(async ({ name, aliases, versions }) => {
    const urls = await listUrls(aws, name)
    const ask = (place: Place): Promise<string[]> => usersOf(aws, { name, ...place }, { mappings, urls })
    const askAll = async (kind: Place['kind'], names: readonly string[]): Promise<ReadonlyMap<string, string[]>> =>
      new Map(await Promise.all(names.map(async (qualifier) => [qualifier, await ask({ kind, qualifier })] as const)))
    const [itself, onAliases, onVersions] = await Promise.all([
      ask({ kind: 'function', qualifier: undefined }),
      askAll('alias', aliases.flatMap(({ Name }) => Name ?? [])),
      askAll('version', versions.flatMap(({ Version }) => Version ?? [])),
    ])
    const called = [...onVersions].filter(([, users]) => users.length > 0)
    // A version is no alias: what leads to one hangs on the function.
    const direct = [...itself, ...called.flatMap(([, users]) => users)]
    return [name, { direct, versions: new Set(called.map(([number]) => number)), aliases: onAliases }] as const
  }))
  return new Map(all)
}

/** Whether somebody calls a version by its number; a function URL cannot lead to one (developer guide, "Function URLs"). */
export async function isCalled(aws: Aws, name: string, version: string): Promise<boolean> {
  // A list by a qualified name has the mappings of just that (API reference, ListEventSourceMappings: "Version or Alias ARN").
  const [statements, mappings] = await Promise.all([readStatements(aws, name, version), listMappings(aws, `${name}:${version}`)])
  return statements.some((each) => !isOwnStatement(each)) || mappings.length > 0
}

/** All of them in one list. */
export function allUsers(users: FunctionUsers | undefined): string[] {
  return users === undefined ? [] : [...users.direct, ...[...users.aliases.values()].flat()]
}

/** A part of a function that may be called. */
interface Place {
  readonly kind: 'function' | 'alias' | 'version'
  /** Undefined for the function itself. */
  readonly qualifier: string | undefined
}

/** What leads to functions without a word in their policies. */
interface Callers {
  readonly mappings: readonly EventSourceMappingConfiguration[]
  readonly urls: readonly FunctionUrlConfig[]
}

async function usersOf(
  aws: Aws, { name, kind, qualifier }: Place & { readonly name: string }, { mappings, urls }: Callers,
): Promise<string[]> {
  const end = `:function:${qualifier === undefined ? name : `${name}:${qualifier}`}`
  const leadsHere = ({ FunctionArn = '' }: { readonly FunctionArn?: string | undefined }): boolean => FunctionArn.endsWith(end)
  const place = qualifier === undefined ? '' : ` on ${kind} ${qualifier}`
  const statements = (await readStatements(aws, name, qualifier)).filter((each) => !isOwnStatement(each))
  return [
    ...statements.map(({ Sid }) => `policy statement ${Sid}${place}`),
    ...mappings.filter(leadsHere).map(({ UUID, EventSourceArn: from }) =>
      `event source mapping ${UUID}${place}${from === undefined ? '' : ` from ${from}`}`),
    ...urls.filter(leadsHere).map(() => `function URL${place}`),
  ]
}

/** Those of the function and of its aliases (test_url_config_list_paging); one with AWS_IAM needs no statement in a policy. */
async function listUrls(aws: Aws, FunctionName: string): Promise<FunctionUrlConfig[]> {
  return allPages(async (Marker) => {
    const { FunctionUrlConfigs, NextMarker } = await aws.lambda(new ListFunctionUrlConfigsCommand({ FunctionName, Marker }))
    return { items: FunctionUrlConfigs, next: NextMarker }
  })
}

/**
 * All of the Region, where no version is named: a mapping may lead to a function, a version or an alias, and whether a list by a function's
 * name has those of its aliases is not documented (API reference, ListEventSourceMappings).
 */
async function listMappings(aws: Aws, FunctionName?: string): Promise<EventSourceMappingConfiguration[]> {
  return allPages(async (Marker) => {
    const { EventSourceMappings, NextMarker } = await aws.lambda(new ListEventSourceMappingsCommand({ FunctionName, Marker }))
    return { items: EventSourceMappings, next: NextMarker }
  })
}
