import { GetFunctionUrlConfigCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { orUndefined } from '../../aws/refusal.ts'
import { readStatements, type Statement } from './state.ts'

export const callerActions = ['lambda:GetPolicy', 'lambda:ListEventSourceMappings', 'lambda:GetFunctionUrlConfig'] as const

/**
 * Who calls a function without an alias, in words that a list takes: they get what stands in $LATEST. Whoever is allowed to by an identity
 * policy alone is not known.
 */
export async function readCallers(aws: Aws, FunctionName: string): Promise<string[]> {
  const [statements, mappings, url] = await Promise.all([
    readStatements(aws, FunctionName, undefined),
    allPages(async (Marker) => {
      const { EventSourceMappings, NextMarker } = await aws.lambda(new ListEventSourceMappingsCommand({ FunctionName, Marker }))
      return { items: EventSourceMappings, next: NextMarker }
    }),
    orUndefined(aws.lambda(new GetFunctionUrlConfigCommand({ FunctionName }))),
  ])
  // A list by the function's name may have the mappings of its aliases, too.
  const own = mappings.filter(({ FunctionArn = '' }) => FunctionArn.endsWith(`:function:${FunctionName}`))
  return [
    ...statements.map(statementText),
    ...own.map(({ UUID, EventSourceArn }) => `event source ${EventSourceArn ?? UUID}`),
    ...(url?.FunctionUrl === undefined ? [] : [`function URL ${url.FunctionUrl}`]),
  ]
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
