import { GetFunctionUrlConfigCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { orUndefined } from '../../aws/refusal.ts'
import { readStatements, type FunctionState, type Statement } from './state.ts'

export const callerActions = ['lambda:GetPolicy', 'lambda:ListEventSourceMappings', 'lambda:GetFunctionUrlConfig'] as const

/**
 * Who calls a function without an alias, or by one that leads to $LATEST, such as Claudia's `latest`, in words that a list takes: they get
 * what stands in $LATEST. Whoever is allowed to by an identity policy alone is not known.
 */
export async function readCallers(aws: Aws, { name: FunctionName, aliases }: Pick<FunctionState, 'name' | 'aliases'>): Promise<string[]> {
  const latest = aliases.flatMap(({ Name, FunctionVersion }) => (FunctionVersion === '$LATEST' && Name !== undefined ? [Name] : []))
  const [mappings, ...callers] = await Promise.all([
    allPages(async (Marker) => {
      const { EventSourceMappings, NextMarker } = await aws.lambda(new ListEventSourceMappingsCommand({ FunctionName, Marker }))
      return { items: EventSourceMappings, next: NextMarker }
    }),
    ...[undefined, ...latest].map((qualifier) => readCallersOf(aws, FunctionName, qualifier)),
  ])
  // A list by the function's name may have the mappings of its aliases, too.
  const ends = ['', ...latest.map((alias) => `:${alias}`)].map((end) => `:function:${FunctionName}${end}`)
  const own = mappings.filter(({ FunctionArn = '' }) => ends.some((end) => FunctionArn.endsWith(end)))
  return [...callers.flat(), ...own.map(({ UUID, EventSourceArn }) => `event source ${EventSourceArn ?? UUID}`)]
}

async function readCallersOf(aws: Aws, FunctionName: string, Qualifier: string | undefined): Promise<string[]> {
  const [statements, url] = await Promise.all([
    readStatements(aws, FunctionName, Qualifier),
    orUndefined(aws.lambda(new GetFunctionUrlConfigCommand({ FunctionName, Qualifier }))),
  ])
  const by = Qualifier === undefined ? '' : ` by alias ${Qualifier}`
  const urls = url?.FunctionUrl === undefined ? [] : [`function URL ${url.FunctionUrl}`]
  return [...statements.map(statementText), ...urls].map((each) => each + by)
}

/** `API a1b2c3, prod/GET/hello (statement 5d7e…)`, or whoever else a statement lets in. */
function statementText({ Sid, Principal, Condition }: Statement): string {
  const source = Object.values((Condition ?? {}) as Readonly<Record<string, Readonly<Record<string, string>>>>)
    .flatMap((members) => Object.entries(members))
    .find(([key]) => key.toLowerCase() === 'aws:sourcearn')?.[1]
  const [, api, rest] = /:execute-api:[^:]*:[^:]*:([^/]+)\/(.*)$/.exec(source ?? '') ?? []
  const who = api === undefined ? source ?? principalText(Principal) : `API ${api}, ${rest}`
  return `${who} (statement ${Sid})`
}

function principalText(principal: unknown): string {
  if (typeof principal !== 'object' || principal === null) return String(principal)
  return Object.values(principal).flat().join(', ')
}
