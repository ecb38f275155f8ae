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
    return [name, { direct, aliases: new Map(names.map((alias, index) => [alias, onAliases[index] ?? []])) }] as const
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
  const own = mappings.filter(({ FunctionArn }) => FunctionArn?.endsWith(end) === true)
  return [
    ...statements.map(({ Sid }) => `policy statement ${Sid}${place}`),
    ...own.map(({ UUID, EventSourceArn: from }) => `event source mapping ${UUID}${place}${from === undefined ? '' : ` from ${from}`}`),
  ]
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
