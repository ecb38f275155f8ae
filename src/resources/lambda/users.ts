import { ListEventSourceMappingsCommand, type EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { isOwnStatement } from './permission.ts'
import { readStatements, type FunctionState } from './state.ts'

export const userActions = ['lambda:GetPolicy', 'lambda:ListEventSourceMappings'] as const

/** What others have hung on a function, in words that a list takes; what no caller needs, such as a destination, is not among it. */
export interface FunctionUsers {
  /** On the function itself. */
  readonly direct: readonly string[]
  /** By the name of the alias. */
  readonly aliases: ReadonlyMap<string, readonly string[]>
  /** Numbers of the versions that are called as such; who does is among the direct ones. */
  readonly versions: ReadonlySet<string>
}

/** Reads who else calls functions: by statements in their policies that are not ours, and by event source mappings. */
export async function readUsers(
  aws: Aws, functions: readonly Pick<FunctionState, 'name' | 'aliases'>[],
): Promise<ReadonlyMap<string, FunctionUsers>> {
  if (functions.length === 0) return new Map()
  const mappings = await listMappings(aws)
  const all = await Promise.all(functions.map(async ({ name, aliases }) => {
    const names = aliases.flatMap(({ Name }) => Name ?? [])
    const ask = (qualifier?: string) => usersOf(aws, { name, qualifier }, mappings)
    const [direct, onAliases] = await Promise.all([ask(), Promise.all(names.map((each) => ask(each)))])
    const versions = new Set(mappings.flatMap(({ FunctionArn }) => versionIn(FunctionArn, name) ?? []))
    return [name, { direct, versions, aliases: new Map(names.map((alias, index) => [alias, onAliases[index] ?? []])) }] as const
  }))
  return new Map(all)
}

/** All of them in one list. */
export function allUsers(users: FunctionUsers | undefined): string[] {
  return users === undefined ? [] : [...users.direct, ...[...users.aliases.values()].flat()]
}

async function usersOf(
  aws: Aws,
  { name, qualifier }: { readonly name: string; readonly qualifier: string | undefined },
  mappings: readonly EventSourceMappingConfiguration[],
): Promise<string[]> {
  const end = `:function:${qualifier === undefined ? name : `${name}:${qualifier}`}`
  const place = qualifier === undefined ? '' : ` on alias ${qualifier}`
  const statements = (await readStatements(aws, name, qualifier)).filter((each) => !isOwnStatement(each))
  // A version is no alias: what leads to one hangs on the function.
  const isOfVersion = (arn: string): boolean => qualifier === undefined && versionIn(arn, name) !== undefined
  const own = mappings.filter(({ FunctionArn: arn = '' }) => arn.endsWith(end) || isOfVersion(arn))
  return [
    ...statements.map(({ Sid }) => `policy statement ${Sid}${place}`),
    ...own.map(({ UUID, EventSourceArn: from }) => `event source mapping ${UUID}${place}${from === undefined ? '' : ` from ${from}`}`),
  ]
}

/** The number of the version in an ARN of a function; undefined in those of others, of aliases and of the function itself. */
function versionIn(arn: string | undefined, name: string): string | undefined {
  const qualifier = arn?.split(`:function:${name}:`)[1]
  return qualifier !== undefined && /^\d+$/.test(qualifier) ? qualifier : undefined
}

/**
 * All of the Region: a mapping may lead to a function, a version or an alias, and whether a list by a function's name has those of its
 * aliases is not documented (API reference, ListEventSourceMappings).
 */
async function listMappings(aws: Aws): Promise<EventSourceMappingConfiguration[]> {
  return allPages(async (Marker) => {
    const { EventSourceMappings, NextMarker } = await aws.lambda(new ListEventSourceMappingsCommand({ Marker }))
    return { items: EventSourceMappings, next: NextMarker }
  })
}
